"""Files of office programs: DOCX, XLSX, XLS, ODS, CSV."""
