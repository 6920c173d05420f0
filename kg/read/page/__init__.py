"""Files of printed pages (PDF, OFD): fragments with places in, text in reading order out."""
