"""Whether a claim is denied, planned, signed, started, completed or cancelled."""
