"""What is part of what, by names and places that lie in each other."""
