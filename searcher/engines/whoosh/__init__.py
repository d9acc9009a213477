"""The engine on Whoosh's files: queries evaluated exactly, by our own evaluator."""

from searcher.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
