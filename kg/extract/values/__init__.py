"""Find amounts of money and dates in a text, and the day it was written on."""
