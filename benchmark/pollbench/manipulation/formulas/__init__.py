"""Pure functions of arrays: shifts, costs, detection, minimal attacks."""
