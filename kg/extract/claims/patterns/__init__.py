"""Rules of kind ``pattern``: expressions over masked sentences."""
