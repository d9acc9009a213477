"""Builds what the people reader knows: the name lists and the weights."""
