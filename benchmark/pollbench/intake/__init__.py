"""How data of others come in: importers, one a file, and the election folder that they write."""
