"""Values that are cheap to define: for those that every search from the command line defines anew.

A frozen dataclass is written as text and compiled when its module is loaded, which takes seventy
times as long as a class whose methods are compiled already. Where a search defines many it is seen.
"""

from __future__ import annotations

from copy import copy
from typing import Self

__all__ = ["Value"]


class Value:
    """What is equal to others of its class that have the same attributes. Never changed."""

    def replaced(self, **changes: object) -> Self:
        """Return the same with other values of some attributes."""
        changed = copy(self)
        vars(changed).update(changes)
        return changed

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({values})"
