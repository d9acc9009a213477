"""Where articles are written to: the port in `base`, one module for each engine."""
