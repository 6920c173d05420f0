"""Who holds which post at which body."""
