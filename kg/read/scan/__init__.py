"""Scans and pictures in, their text out: read once by ``kg ocr``, and kept beside them."""
