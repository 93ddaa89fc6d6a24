"""Pure functions of arrays for what one vote can prove: sampling distributions, ties, paired tests, multiplicity."""
