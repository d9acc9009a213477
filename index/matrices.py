"""NumPy kept from starting threads for matrices, of which this project has none.

They cost more than a search. It is for a program to say so before it loads NumPy: in one that
searches as a part of what it does, matrices may be the point.
"""

from __future__ import annotations

import os

__all__ = ["use_one_thread"]


def use_one_thread() -> None:
    """Have this program do linear algebra in one thread, unless it was told otherwise."""
    for variable in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
