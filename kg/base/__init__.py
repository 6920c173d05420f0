"""What every other folder leans on: errors, settings, records, locks, processes."""
