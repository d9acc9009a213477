"""Which terms a regular expression matches.

Strategy: the automaton of the expression reads all terms at once, one character of each in a
step. Which states it can be in after a character is looked up in a table, which is filled where
the terms first need it; so the time is that of reading the terms, and what filling the table may
cost is bounded. Before that, the characters that every match begins with narrow the terms.

As in Whoosh, and as `re.match`, an expression stands where the term begins and may end before the
term does; `$` stands for its end.
"""

from __future__ import annotations

from itertools import compress

import numpy as np

from index.codec.arrays import Array
from index.codec.dictionary import TermDictionary
from searcher.engines.whoosh.expression import Automaton, compile_expression
from searcher.engines.whoosh.spelling import BYTES, Spelling, merged, portions, spellings
from searcher.errors import SearchError

__all__ = ["regex"]

MAX_WORK = 400_000  # states looked at to fill the table: less than a second
MAX_ROWS = 4_000  # of the table: with 2,000 kinds of characters, 64 MB
DEAD = 0
ACCEPTED = 1
UNKNOWN = -1
ALWAYS = frozenset(("",))
START = frozenset(("", "start"))
END = frozenset(("", "end"))


def regex(dictionary: TermDictionary, expression: str) -> Array:
    """Return the numbers of the terms at whose beginning an expression matches.

    Args:
        dictionary: The terms.
        expression: In the part of Python's syntax that `searcher.engines.whoosh.expression` tells.

    Returns:
        Shape (terms found,), uint32, ascending.

    Raises:
        SearchError: The expression is wrong, or too complex to be searched in bounded time.
    """
    automaton = compile_expression(expression)
    beginning = automaton.beginning().encode("utf-8", "surrogatepass")
    first, last = dictionary.prefix(beginning)
    if first == last:
        return np.empty(0, np.uint32)
    return merged(
        kind.numbers[low:high][machine.accepted(low, high)]
        for kind in dictionary.derived(spellings)
        for machine in (_Machine(automaton, kind),)
        for low, high in portions(*kind.rows(first, last))
    )


class _Machine:
    """The automaton as a table from state and kind of character to state, filled as it is used.

    The last column is for the end of a term. Rows DEAD and ACCEPTED lead to themselves only.
    """

    def __init__(self, automaton: Automaton, spelling: Spelling) -> None:
        self._automaton = automaton
        self._spelling = spelling
        self._kinds, self._having = _kinds(automaton, spelling)
        self._end = len(self._having)
        self._table: Array = np.full((16, self._end + 1), UNKNOWN, np.int64)
        self._table[DEAD], self._table[ACCEPTED] = DEAD, ACCEPTED
        self._sets: list[frozenset[int]] = [frozenset()] * 2
        self._known: dict[frozenset[int], int] = {frozenset(): DEAD}
        self._work = 0
        start = automaton.reached(frozenset((automaton.first,)), START)
        self._first = self._append(start, START | END)

    def accepted(self, low: int, high: int) -> Array:
        """Return which of the rows of the spelling are accepted: shape (high - low,), bool."""
        result: Array = np.zeros(high - low, np.bool_)
        live = np.arange(high - low)
        at = self._spelling.starts[low:high].astype(np.int64)
        stops = self._spelling.stops[low:high].astype(np.int64)
        states: Array = np.full(len(live), self._first)
        while live.size:
            kinds = self._kinds[self._spelling.codes.take(at, mode="clip")]
            states = self._after(states, np.where(at < stops, kinds, self._end))
            at += 1
            undecided = states > ACCEPTED
            # Leaving rows out costs as much as a step: it is done where a quarter is decided.
            if 4 * np.count_nonzero(undecided) <= 3 * live.size:
                result[live[states == ACCEPTED]] = True
                live, at, stops = live[undecided], at[undecided], stops[undecided]
                states = states[undecided]
        return result

    def _after(self, states: Array, kinds: Array) -> Array:
        cells = states * (self._end + 1) + kinds
        following = self._table.take(cells)
        if following.min() != UNKNOWN:
            return following
        # Not with np.unique, which takes longer to load than most expressions to search.
        for cell in sorted(set(cells[following == UNKNOWN].tolist())):
            self._fill(*divmod(cell, self._end + 1))
        return self._table.take(cells)

    def _fill(self, state: int, kind: int) -> None:
        having = self._having[kind]
        ways = [way for part in self._sets[state] if (way := self._automaton.steps[part])]
        after = frozenset(target for expression, target in ways if expression in having)
        reached = self._automaton.reached(after, ALWAYS)
        self._work += len(self._sets[state]) + len(reached) + 1
        if self._work > MAX_WORK or len(self._sets) >= MAX_ROWS:
            raise SearchError("the regular expression has too many ways to match; make it simpler")
        if reached not in self._known:
            self._known[reached] = self._append(reached, END)
        self._table[state, kind] = self._known[reached]

    def _append(self, states: frozenset[int], at_end: frozenset[str]) -> int:
        """Return the number of a new row, or ACCEPTED if it needs none."""
        if 0 in states:
            return ACCEPTED
        number = len(self._sets)
        self._sets.append(states)
        if number == len(self._table):
            self._table = np.pad(self._table, ((0, number), (0, 0)), constant_values=UNKNOWN)
        is_accepted = 0 in self._automaton.reached(states, at_end)
        self._table[number, self._end] = ACCEPTED if is_accepted else DEAD
        return number


def _kinds(automaton: Automaton, spelling: Spelling) -> tuple[Array, list[frozenset[str]]]:
    """Sort characters by which expressions match them.

    Returns:
        The kind of each code point: shape (code points,), uint16; the expressions of each kind.
    """
    expressions = sorted({step[0] for step in automaton.steps if step})
    alphabet = np.frombuffer(spelling.alphabet.encode("utf-32-le"), np.uint32)
    matches: Array = np.zeros((len(alphabet), len(expressions)), np.bool_)
    for column, expression in enumerate(expressions):
        matches[:, column] = spelling.members(expression)[alphabet]
    rows = [row.tobytes() for row in matches]  # 0 or 1 for each expression
    numbers = {row: number for number, row in enumerate(dict.fromkeys(rows))}
    kinds: Array = np.zeros(max(int(alphabet[-1]) + 1, BYTES), np.uint16)
    kinds[alphabet] = [numbers[row] for row in rows]
    return kinds, [frozenset(compress(expressions, row)) for row in numbers]
