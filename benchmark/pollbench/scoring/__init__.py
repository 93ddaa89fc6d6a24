"""Comparisons of a data set under a policy, scored by measures."""
