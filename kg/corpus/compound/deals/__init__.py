"""Agreements: who agrees on what, for how much, where, when and at which event."""
