"""What a sum is said of, and what it is the sum of."""
