"""Manipulation sensitivity of the forecasters of a data set: what moves each figure, at what cost, under which threat model.

Built on the pure formulas; every number carries a threat model and the parameters it rests on.
Nothing here says that a figure was manipulated: a budget "would suffice".
"""
