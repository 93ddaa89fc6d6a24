"""From files to an opened, verified Bench: the only room that knows CSV and DuckDB."""
