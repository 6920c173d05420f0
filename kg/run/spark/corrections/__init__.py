"""What people decided, replayed on the tables of a job."""
