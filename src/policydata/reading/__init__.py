"""Reading the files that people type into: CSV and workbooks, as cells, with all that is odd."""
