"""Which day does a page show as that of publication, where its tags are silent?

Strategy: `mark_date` looks at elements whose names say that they hold a date, then `line_date`
at the lines by the title. What is close to the title and says "published" comes first. The day
of the last change counts only where a page shows no other (`shown_change`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from index.parse.dates import find_date, is_plausible, parse_moment
from index.parse.marks import PUBLISHED_LABEL
from index.parse.wordlists import AnyCase

if TYPE_CHECKING:
    from index.parse.marks import Mark

__all__ = ["line_date", "mark_date", "shown_change"]

# "status-publish" is in the class of every WordPress post, teasers as well.
PUBLISHED_MARK = re.compile(r"(?<!status-)publish|pubdate|posted|created|issued|entry-date")
# Themes print one element for both days if they are the same, "entry-date updated" alone as well.
PUBLISHED_CLASSES = frozenset({"published", "entry-date"})
DATE_MARK = re.compile(r"date|datum|fecha|time|byline")
MODIFIED = AnyCase(
    r"modif|updat|aktualis|actualiz|mis à jour|aggiornat|bijgewerkt|oppdater|uppdater|atualiz|"
    r"обновл|更新|수정|copyright|©"
)
# Keys under which a moment is kept for the scripts of a page.
DATA_NAMES = ("data-published-at", "data-datetime", "data-timestamp", "data-date", "data-time")
# Microformats have the moment in the title of what is shown.
ABBREVIATED = {"abbr": ("title",)}
Day = TypeVar("Day", bound=date)
OTHER_ORDERS = ("en-gb", "en-us")  # of day and month
CLOSE = 2  # paragraphs between a title and what belongs to it
FAR, OTHER_DAYS = 20, 3  # so many days so far from the title are those of other articles
MAX_DATELINE = 50  # characters; in a longer line the day is a part of a sentence
DIGIT = re.compile(r"\d")
MAX_LABEL, MAX_LABEL_END = 25, 3  # "Last updated on"; ": "


def mark_date(
    marks: Sequence[Mark], locale: str | None, today: date | None
) -> date | datetime | None:
    """Return the date in the elements whose names say that they hold one.

    Those whose names say "published" come before time elements and the others, of which
    those whose text says so come first. Those that say "modified" are passed over.
    """
    marks = [mark for mark in _by_title(marks) if not _is_modified(mark)]
    found = _first(marks, locale, today)
    if not found:
        return None
    mark, moment = found
    if abs(mark.paragraph) <= FAR or not _is_list(marks, mark.names, locale):
        return moment
    return None


def _is_modified(mark: Mark) -> bool:
    """Return whether an element holds the day of the last change; not if of both days in one."""
    return bool(MODIFIED.search(mark.names)) and PUBLISHED_CLASSES.isdisjoint(mark.names.split())


def _first(
    marks: list[Mark], locale: str | None, today: date | None
) -> tuple[Mark, date | datetime] | None:
    for wanted in (PUBLISHED_MARK, None, DATE_MARK):
        fits = [
            mark
            for mark in marks
            if (wanted.search(mark.names) if wanted else mark.node.tag == "time")
        ]
        if wanted is DATE_MARK:
            fits.sort(key=lambda mark: not PUBLISHED_LABEL.search(mark.text))
        for mark in fits:
            moment = _past(partial(_moment_of, mark), locale, today)
            if moment and not mark.is_elsewhere:
                return mark, moment
    return None


def _is_list(marks: Sequence[Mark], names: str, locale: str | None) -> bool:
    """Return whether marks of these names, far from the title, are those of other articles."""
    far = (mark for mark in marks if mark.names == names and abs(mark.paragraph) > FAR)
    moments = {moment for mark in far if (moment := _moment_of(mark, locale))}
    return len(moments) >= OTHER_DAYS


def _by_title(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks; those close to the title come first, then those behind it."""
    return sorted(marks, key=lambda mark: (abs(mark.paragraph) > CLOSE, not mark.after_title))


def _moment_of(mark: Mark, locale: str | None) -> date | datetime | None:
    attributes = mark.node.attributes
    for name in ("datetime", "content", *ABBREVIATED.get(mark.node.tag or "", ())):
        if (value := attributes.get(name)) and (moment := parse_moment(value, locale)):
            return moment
    lines = mark.text.splitlines()
    for text in _labelled_days(lines):
        if moment := parse_moment(text, locale):
            return moment
    if lines and MODIFIED.match(lines[0]):
        return None
    return parse_moment(" ".join(lines), locale) or _data_moment(attributes)


def _data_moment(attributes: Mapping[str, str | None]) -> date | datetime | None:
    """Return what programs that print "2 hours ago" keep beside it."""
    values = (attributes.get(name) for name in DATA_NAMES)
    return next((moment for value in values if value and (moment := parse_moment(value))), None)


def line_date(lines: Sequence[str], locale: str | None, today: date | None) -> date | None:
    """Return the day in the lines by the title.

    What says "published" comes first, then what is little more than a day, then a day in
    a sentence.
    """
    others = [_without_update(lines, at) for at in range(len(lines))]
    ranks: tuple[Iterable[str], ...] = (
        _labelled_days(lines),
        (line for line in others if len(line) <= MAX_DATELINE),
        others,
    )
    for rank in ranks:
        for line in rank:
            if day := _past_day(line, locale, today):
                return day
    return None


def shown_change(lines: Sequence[str], locale: str | None, today: date | None) -> date | None:
    """Return the day of the last change in the lines by the title: "Updated: 3 January 2026"."""
    for at, line in enumerate(lines):
        if len(line) <= MAX_DATELINE and (label := MODIFIED.search(line)):
            for text in _behind_label(lines, at, label.end()):
                if day := _past_day(text, locale, today):
                    return day
    return None


def _past_day(text: str, locale: str | None, today: date | None) -> date | None:
    return _past(partial(find_date, text), locale, today)


def _past(
    read: Callable[[str | None], Day | None], locale: str | None, today: date | None
) -> Day | None:
    """Return the day that is read; if it is to come, as other countries order day and month."""
    first = read(locale)
    if first is None or is_plausible(first, today):
        return first
    others = filter(None, map(read, OTHER_ORDERS))
    return next((day for day in others if is_plausible(day, today)), None)


def _without_update(lines: Sequence[str], at: int) -> str:
    """Return what a line says but for when the page was updated.

    "3 January 2026 (updated 5 January)" has a day before; a line under the label "Last
    updated" has nothing.
    """
    line, label = lines[at], lines[at - 1] if at else ""
    if len(label) <= MAX_LABEL and not DIGIT.search(label) and MODIFIED.search(label):
        return ""
    if update := MODIFIED.search(line):
        if DIGIT.search(line, update.end()):
            return line[: update.start()]
        before, bracket, _ = line.partition("(")  # "1月14日 (1月15日更新)": the word stands last
        return before if bracket else ""
    return line


def _labelled_days(lines: Sequence[str]) -> Iterator[str]:
    """Yield what stands behind, below or before a word for "published"."""
    for at, line in enumerate(lines):
        if len(line) <= MAX_DATELINE and (label := PUBLISHED_LABEL.search(line)):
            yield from _behind_label(lines, at, label.end())
            before = line[: label.start()]
            if not MODIFIED.search(before):
                yield before


def _behind_label(lines: Sequence[str], at: int, end: int) -> Iterator[str]:
    """Yield what stands behind a label that ends there in a line, and below if that is all."""
    behind = lines[at][end:]
    yield behind
    if len(behind) <= MAX_LABEL_END:
        yield from lines[at + 1 : at + 2]
