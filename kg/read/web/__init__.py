"""Pages and messages: HTML, MHTML, EML."""
