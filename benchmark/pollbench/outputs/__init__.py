"""The tables of a run, declared once, with the published ones and their gate."""
