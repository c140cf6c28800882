"""The coder's bench: drafts of new texts, and workbooks of coded tables."""
