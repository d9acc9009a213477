r"""Regular expressions as automata: the part of Python's syntax that needs no memory.

    a  .  [a-z]  [^\w-]  \d \w \s \D \W \S  \n \t \x41 \u0041  \.
    (a|b)  (?:a)  (?P<name>a)  * + ? {2} {2,} {2,5}  ^ $ \A \Z

Strategy: Thompson's construction (CACM 1968). What looks back or around (`\1`, `(?=a)`, `\b`) has
no automaton and is refused, as is an expression that repeats itself into a huge one. Which
characters a class has is asked of `re`, one character at a time, so it is what Python says.
Lazy quantifiers find the same terms as greedy ones, and are read as such.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from searcher.errors import SearchError

__all__ = ["Automaton", "compile_expression"]

MAX_STATES = 2000  # of a{1000} and the like
MAX_DEPTH = 50
MAX_BOUNDS = 20  # characters; Python reads no numbers of many thousand digits
REPEATED = re.compile(r"\{(?!\})([0-9]*)(?:(,)([0-9]*))?\}")
GROUP = re.compile(r"\((?:\?(?::|P<\w+>))?")
ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[dDwWsSnrtfva]|[^a-zA-Z0-9])", re.DOTALL)
ANCHORS = {"^": "start", "\\A": "start", "$": "end", "\\Z": "end"}


@dataclass(slots=True)
class Automaton:
    """States with steps between them; state 0 accepts.

    Attributes:
        steps: From each state by one character: the expression of the characters, and where to.
        free: From each state without a character: where to, and whether that is allowed always
            (""), only where a term starts ("start") or only where it ends ("end").
        first: The state where a term starts.
    """

    steps: list[tuple[str, int] | None] = field(default_factory=lambda: [None])
    free: list[list[tuple[int, str]]] = field(default_factory=lambda: [[]])
    first: int = 0

    def add(self) -> int:
        """Return a new state."""
        if len(self.steps) >= MAX_STATES:
            raise SearchError("the regular expression is too long, or repeats too much; shorten it")
        self.steps.append(None)
        self.free.append([])
        return len(self.steps) - 1

    def beginning(self) -> str:
        """Return characters that all terms begin with which are accepted."""
        states = self.reached(frozenset((self.first,)), frozenset(("", "start", "end")))
        characters: list[str] = []
        while 0 not in states:
            ways = [way for state in states if (way := self.steps[state])]
            expressions = {expression for expression, _ in ways}
            character = _literal(expressions.pop()) if len(expressions) == 1 else ""
            if not character or len(characters) == MAX_STATES:
                break
            characters.append(character)
            after = frozenset(target for _, target in ways)
            states = self.reached(after, frozenset(("", "end")))
        return "".join(characters)

    def reached(self, states: frozenset[int], allowed: frozenset[str]) -> frozenset[int]:
        """Return the states, and those that are reached from them without a character."""
        found, todo = set(states), list(states)
        while todo:
            for target, when in self.free[todo.pop()]:
                if target not in found and when in allowed:
                    found.add(target)
                    todo.append(target)
        return frozenset(found)


def compile_expression(text: str) -> Automaton:
    """Return the automaton of a regular expression.

    Raises:
        SearchError: It is none, or one that cannot be searched in bounded time.
    """
    parser = _Parser(text)
    tree = parser.alternatives(0)
    if parser.at < len(text):
        raise parser.refused("this parenthesis was not opened")
    automaton = Automaton()
    automaton.first = _build(automaton, tree, 0)
    return automaton


@dataclass(frozen=True, slots=True)
class _Character:
    """One character, of those that an expression matches."""

    expression: str


@dataclass(frozen=True, slots=True)
class _Anchor:
    when: str


@dataclass(frozen=True, slots=True)
class _Repeat:
    part: _Node
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class _Sequence:
    parts: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _Choice:
    parts: tuple[_Node, ...]


_Node = _Character | _Anchor | _Repeat | _Sequence | _Choice


def _literal(expression: str) -> str:
    """Return the character that an expression is for, or "" where there may be several."""
    is_plain = expression != "." and len(expression) == 1
    is_escaped = len(expression) == len(r"\.") and not expression[-1].isalnum()
    return expression[-1] if is_plain or (is_escaped and expression[0] == "\\") else ""


class _Parser:
    """Reads an expression from left to right; `at` is how far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def refused(self, reason: str) -> SearchError:
        place = f"{reason}, at character {self.at + 1}"
        return SearchError(f"cannot search the regular expression {self.text!r}: {place}")

    def alternatives(self, depth: int) -> _Node:
        if depth > MAX_DEPTH:
            raise self.refused("groups are nested too deep")
        parts = [self._sequence(depth)]
        while self._passes("|"):
            parts.append(self._sequence(depth))
        return _Choice(tuple(parts)) if len(parts) > 1 else parts[0]

    def _sequence(self, depth: int) -> _Node:
        parts: list[_Node] = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            parts.append(self._repeated(self._atom(depth)))
        return _Sequence(tuple(parts))

    def _repeated(self, part: _Node) -> _Node:
        bounds = self._bounds()
        if bounds is None:
            return part
        if isinstance(part, _Anchor):
            raise self.refused("an anchor cannot be repeated")
        self._passes("?")
        if self.text.startswith("+", self.at):
            raise self.refused("possessive repetition is not supported")
        if self._bounds() is not None:
            raise self.refused("a repetition cannot be repeated; put it in parentheses")
        least, most = bounds
        if most is not None and most < least:
            raise self.refused("the bounds of the repetition are in the wrong order")
        return _Repeat(part, least, most)

    def _bounds(self) -> tuple[int, int | None] | None:
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self._passes(sign):
                return bounds
        found = REPEATED.match(self.text, self.at)
        if not found or found[0] == "{}":
            return None
        self.at = found.end()
        if len(found[0]) > MAX_BOUNDS:
            raise self.refused("it repeats too much")
        most = found[3] if found[2] else found[1]
        return int(found[1] or 0), int(most) if most else None

    def _atom(self, depth: int) -> _Node:
        if self._bounds() is not None:
            raise self.refused("there is nothing to repeat")
        character = self.text[self.at]
        for sign, when in ANCHORS.items():
            if self._passes(sign):
                return _Anchor(when)
        match character:
            case "(":
                return self._group(depth)
            case "[":
                return _Character(self._class())
            case "\\":
                return _Character(self._escape())
            case _:
                self.at += 1
                return _Character("." if character == "." else re.escape(character))

    def _group(self, depth: int) -> _Node:
        opened = GROUP.match(self.text, self.at)
        start = self.at
        self.at = opened.end() if opened else self.at
        if self.text.startswith("?", self.at):
            raise self.refused("groups that look around or set options are not supported")
        inside = self.alternatives(depth + 1)
        if not self._passes(")"):
            self.at = start
            raise self.refused("this parenthesis is not closed")
        return inside

    def _class(self) -> str:
        start, self.at = self.at, self.at + 1
        items = ["^"] if self._passes("^") else []
        items.append(self._members(start))
        while not self._passes("]"):
            items.append(self._members(start))
        expression = f"[{''.join(items)}]"
        try:
            re.compile(expression)
        except re.error as error:
            self.at = start
            raise self.refused(f"the class is wrong: {error.msg}") from error
        return expression

    def _members(self, start: int) -> str:
        """Read a character or a range of a class, and return it so that `re` has no doubts."""
        low = self._member(start)
        if not self._passes("-"):
            return low
        if self.text.startswith("]", self.at):
            return low + r"\-"
        return f"{low}-{self._member(start)}"

    def _member(self, start: int) -> str:
        if self.at >= len(self.text):
            self.at = start
            raise self.refused("this bracket is not closed")
        if self.text[self.at] == "\\":
            return self._escape()
        self.at += 1
        return re.escape(self.text[self.at - 1])

    def _escape(self) -> str:
        found = ESCAPE.match(self.text, self.at)
        if not found:
            raise self.refused("this escape is not supported")
        self.at = found.end()
        return found[0]

    def _passes(self, sign: str) -> bool:
        """Step over a sign, if it is here."""
        is_here = self.text.startswith(sign, self.at)
        self.at += len(sign) * is_here
        return is_here


def _build(automaton: Automaton, node: _Node, target: int) -> int:
    """Add the states of a node that go on to a target, and return the one that it begins with.

    Each node adds a state at least, so that no repetition of nothing goes on for long.
    """
    match node:
        case _Character(expression):
            state = automaton.add()
            automaton.steps[state] = (expression, target)
            return state
        case _Anchor(when):
            return _fork(automaton, (target, when))
        case _Choice(parts):
            return _fork(automaton, *((_build(automaton, part, target), "") for part in parts))
        case _Sequence(parts):
            state = _fork(automaton, (target, ""))
            for part in reversed(parts):
                state = _build(automaton, part, state)
            return state
        case _Repeat():
            return _build_repeat(automaton, node, target)


def _build_repeat(automaton: Automaton, node: _Repeat, target: int) -> int:
    state = _fork(automaton, (target, ""))
    if node.most is None:
        automaton.free[state].append((_build(automaton, node.part, state), ""))
    else:
        for _ in range(node.most - node.least):
            state = _fork(automaton, (_build(automaton, node.part, state), ""), (target, ""))
    for _ in range(node.least):
        state = _build(automaton, node.part, state)
    return state


def _fork(automaton: Automaton, *ways: tuple[int, str]) -> int:
    state = automaton.add()
    automaton.free[state].extend(ways)
    return state
