"""News invented from templates and lists of names: the kinds of text that open corpora lack."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from importlib.resources import files

from index.people.train.corpus import Document, labelled
from index.people.train.wordlists import word_classes

__all__ = ["invented_documents"]

SEED = 1987
DOCUMENTS = 900
PERSONS = frozenset("PSFI")
SLOT = re.compile(r"\{(\w)(\d?)\}")
CREDITED = 0.4
LISTS = {"R": "titles", "r": "roles", "D": "days"}
# Shares of names: listed as common, listed at all, else made up of syllables; what some have.
COMMON, LISTED, INITIAL = 0.6, 0.85, 0.06
COMMON_FAMILY, DOUBLE, WITH_PARTICLE = 0.6, 0.82, 0.92


def invented_documents() -> list[Document]:
    """Return documents that are the same at each call."""
    maker = _Maker(random.Random(SEED))  # noqa: S311 (no secret)
    return [maker.document() for _ in range(DOCUMENTS)]


class _Maker:
    """Fills templates; what a number stands for is the same within a document."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        classes = word_classes()
        self.given = [word for word, own in classes.items() if "G" in own and "P" not in own]
        self.rare = [word for word, own in classes.items() if own == "g"]
        self.family = [word for word, own in classes.items() if "S" in own or own == "s"]
        self.places = [word for word, own in classes.items() if own in {"P", "p"}]
        self.templates = _templates()
        self.known: dict[str, str] = {}

    def document(self) -> Document:
        """Return a document of one kind of news."""
        self.known = {}
        english = self._list("english")
        kind = self.chance.choice([*english, *english, *self._list("others")])
        lines = [self._headline()] if kind in english else []
        own = self.templates[kind]
        if kind == "results":
            lines += [line for _ in range(2) for line in self.chance.choices(own, k=4)]
            lines += self.chance.choices(self.templates["wire"], k=2)
        else:
            lines += self.chance.sample(own, min(len(own), self.chance.randint(4, 9)))
        if kind in {"wire", "court"}:
            lines += self.chance.sample(self.templates["places"], 2)
        if kind in english and self.chance.random() < CREDITED:
            credit = self.chance.choice(self.templates["credit"])
            lines.insert(self.chance.choice([1, len(lines)]), credit)
        return self._filled(lines)

    def _headline(self) -> str:
        line = self.chance.choice(self.templates["headline"])
        # Slots are filled later: the case is a mark in front.
        return self.chance.choice(["", "^", "~"]) + line

    def _filled(self, lines: Sequence[str]) -> Document:
        text: list[str] = []
        spans: list[tuple[int, int]] = []
        size = 0
        for marked in lines:
            case, line = (marked[0], marked[1:]) if marked[0] in "^~" else ("", marked)
            at = 0
            for slot in SLOT.finditer(line):
                before, value = _cased(line[at : slot.start()], case), self._value(slot[1], slot[2])
                text += [before, value.upper() if case == "^" else value]
                size += len(before)
                if slot[1] in PERSONS:
                    spans.append((size, size + len(value)))
                size += len(value)
                at = slot.end()
            text.append(_cased(line[at:], case) + "\n")
            size += len(text[-1])
        return labelled("".join(text), spans)

    def _value(self, kind: str, number: str) -> str:
        if kind == "n":
            return str(self.chance.randint(1, 99))
        if kind == "P":
            return f"{self._value('F', number)} {self._value('S', number)}"
        if kind == "I":
            return f"{self._value('F', number)[0]}. {self._value('S', number)}"
        key = kind + number
        if key not in self.known or not number:
            self.known[key] = self._made(kind)
        return self.known[key]

    def _made(self, kind: str) -> str:
        choice = self.chance.choice
        match kind:
            case "F":
                made = self._first()
            case "S":
                made = self._last()
            case "C":
                stem = choice([self._word(), choice(self.family).capitalize()])
                made = choice([stem, f"{stem} {choice(self._list('firms'))}", self._word()])
            case "L":
                stem = choice([self._word(), choice(self.family).capitalize(), self._first()])
                made = choice([f"{stem} {choice(self._list('landmarks'))}", f"St {self._first()}"])
            case "T" | "N":
                made = choice(self.places).capitalize()
            case "G":
                made = f"{choice(self.places).capitalize()} {choice(self._list('groups'))}"
            case _:
                made = choice(self._list(LISTS[kind]))
        return made

    def _list(self, name: str) -> list[str]:
        return "".join(self.templates[name]).split("|")

    def _first(self) -> str:
        kind = self.chance.random()
        if kind < COMMON:
            name = self.chance.choice(self.given).capitalize()
        elif kind < LISTED:
            name = self.chance.choice(self.rare).capitalize()
        else:
            name = self._word()
        with_initial = self.chance.random() < INITIAL
        return f"{name} {self.chance.choice('ABCDEJKLMRST')}." if with_initial else name

    def _last(self) -> str:
        kind = self.chance.random()
        common = kind < COMMON_FAMILY
        name = self.chance.choice(self.family).capitalize() if common else self._word()
        if kind > WITH_PARTICLE:
            return self.chance.choice(self._list("particles")) + name
        if kind <= DOUBLE:
            return name
        return f"{self.chance.choice(self.family).capitalize()}-{name}"

    def _word(self) -> str:
        syllables = (
            self.chance.choice(self._list("onsets"))
            + self.chance.choice(self._list("vowels"))
            + self.chance.choice(self._list("codas"))
            for _ in range(self.chance.choice([1, 2, 2, 3]))
        )
        return "".join(syllables).capitalize()


def _cased(text: str, case: str) -> str:
    if case == "^":
        return text.upper()
    return text.title() if case == "~" else text


def _templates() -> dict[str, list[str]]:
    text = files("index.people.train").joinpath("templates.txt").read_text("utf-8")
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("["):
            lines = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return sections
