"""Read files in processes that a bad file may end."""
