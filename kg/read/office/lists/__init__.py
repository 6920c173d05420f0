"""Documents in, the numbers of their lists out: those that programs count and no text holds."""
