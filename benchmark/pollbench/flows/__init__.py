"""Who moved between two rounds of an election: units, methods, errors where the truth is known, and polls in one table."""
