"""A text in, its amounts of money and its dates out, and the day it was written on."""
