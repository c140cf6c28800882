"""The pages of the site that are made from the tables, the figures and the notebooks."""
