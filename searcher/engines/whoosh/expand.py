"""The terms that a query leaf stands for: a prefix, pattern, fuzzy word or regular expression.

They are found in the term dictionary of one segment, before any posting is read. What Whoosh's
classes mean is kept (regular expressions need not reach the end of a term), but for fuzzy words:
of these, neighbours that changed places are one edit, as in Lucene and as people count, and not
two. What they cost is not: no leaf takes longer than reading the terms. Few searches have any, so
each way of finding is loaded when it is asked for.
"""

from __future__ import annotations

import numpy as np

from index.codec.arrays import Array
from index.codec.dictionary import TermDictionary
from searcher.tree import FuzzyTerm, Prefix, Regex, Wildcard, Word

__all__ = ["expand"]


def expand(dictionary: TermDictionary, leaf: Word) -> Array:
    """Return the numbers of the terms that a leaf matches.

    Returns:
        Shape (terms found,), uint32, ascending.

    Raises:
        SearchError: The leaf cannot be searched in bounded time, or is no regular expression.
        TypeError: It is of another class.
    """
    match leaf:
        case Prefix():
            beginning = leaf.text.encode("utf-8", "surrogatepass")
            return np.arange(*dictionary.prefix(beginning), dtype=np.uint32)
        case Wildcard():
            from searcher.engines.whoosh.wildcard import wildcard

            return wildcard(dictionary, leaf.text)
        case FuzzyTerm():
            from searcher.engines.whoosh.fuzzy import fuzzy

            return fuzzy(dictionary, leaf.text, leaf.maxdist, leaf.prefixlength)
        case Regex():
            from searcher.engines.whoosh.regex import regex

            return regex(dictionary, leaf.text)
        case _:
            raise TypeError(f"{type(leaf).__name__} is not a leaf that stands for several terms")
