"""What the outlet is called where no tag of the head tells: in the title, in microdata.

Strategy: sites put their name before or behind the headline in the title element. A part
of the title is that name if the rest of the title is the headline, as another place of
the page has it, or if the page's host is named after it. Microdata names the publisher in
an element of its own. Both come before the bare host, which is spelled without spaces,
capitals and scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from index.parse.head import one_line
from index.parse.titles import SEPARATOR, folded

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["copyright_owner", "headline_in_lines", "outlet_in_title", "publisher_in_microdata"]

MAX_NAME_CHARS = 50
MAX_NAME_WORDS = 4  # of a name that no host confirms; longer ones are headlines
ADDRESS = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)
MAX_TITLE_CHARS = 1000  # a longer title is no title, and may have a separator at each word
MIN_LABEL_LETTERS = 4  # a shorter label of a host is found inside too many words
MIN_HEADLINE_LETTERS = 8
COPYRIGHT_SIGNS = re.compile(r"^(?:copyright|©|\(c\)|by\b|\d{4}|[\s,.:–—-]){1,12}", re.IGNORECASE)
OWNER_END = re.compile(r"\s*(?:[|,;]|\.(?:\s|$)|\s[–—-]\s|\d{4}|\ball rights\b)", re.IGNORECASE)


def headline_in_lines(title: str | None, lines: Iterable[str]) -> str | None:
    """Return the part of the title element that stands as a line of the page.

    It takes the place of the h1 on pages that mark their headline by its size alone. Where
    the outlet's name is a line as well, the longer part is the headline.

    Args:
        title: The text of the title element.
        lines: The visible lines of the page.

    Example:
        >>> headline_in_lines("Example Times - Floods in the valley", ["Floods in the valley"])
        'Floods in the valley'
    """
    splits = _splits(title or "")
    if not splits:
        return None
    known = {folded(one_line(line)) for line in lines}
    sides = [side for split in splits for side in split if folded(side) in known]
    best = max(sides, key=len, default="")
    return best if len(folded(best)) >= MIN_HEADLINE_LETTERS else None


def outlet_in_title(
    title: str | None, headlines: Iterable[str], label: str | None = None
) -> str | None:
    """Return the outlet's name that stands before or behind the headline.

    Args:
        title: The text of the title element.
        headlines: The headline as other places of the page have it.
        label: The part of the page's host that names the outlet.

    Example:
        >>> outlet_in_title("Floods in the valley | News | Example Times", ["Floods in the valley"])
        'Example Times'
    """
    splits = _splits(title or "")
    sides = [(left, _parts(right)[::-1]) for left, right in splits]
    sides += [(right, _parts(left)) for left, right in splits]
    known = {folded(headline) for headline in headlines} - {""}
    beside = [(rest, parts) for rest, parts in sides if folded(rest) in known] or sides
    for rest, parts in sorted(beside, key=lambda side: -len(side[0])):
        fit = [part for part in parts if 0 < len(part) <= min(MAX_NAME_CHARS, len(rest))]
        if named := next((part for part in fit if _is_named_after(label, part)), None):
            return named
        if folded(rest) in known and fit[:1] == parts[:1] and _looks_like_name(parts):
            return parts[0]
    return None


def _looks_like_name(parts: Sequence[str]) -> bool:
    """Whether the part farthest from the headline is a name; no rubric behind an address."""
    outer, others = parts[0], parts[1:]
    return (
        len(outer.split()) <= MAX_NAME_WORDS
        and ">" not in outer
        and not any(map(ADDRESS.fullmatch, others))
    )


def _splits(title: str) -> list[tuple[str, str]]:
    """Return what stands left and right of each separator; a colon parts sentences, too."""
    title = title[:MAX_TITLE_CHARS]
    found = (match for match in SEPARATOR.finditer(title) if match[0][0] != ":")
    return [(title[: match.start()], title[match.end() :]) for match in found]


def _parts(text: str) -> list[str]:
    return [part.strip() for part in SEPARATOR.split(text) if part.strip()]


def _is_named_after(label: str | None, name: str) -> bool:
    key, letters = folded(label or ""), folded(name)
    return len(key) >= MIN_LABEL_LETTERS and key in letters and len(letters) < 2 * len(key) + 8


def publisher_in_microdata(tree: LexborHTMLParser) -> str | None:
    """Return the name in the element that microdata marks as the publisher."""
    for node in tree.css('[itemprop~="publisher" i]'):
        if name := _name_of(node):
            return name
    return None


def _name_of(node: LexborNode) -> str | None:
    inner = node.css_first('[itemprop~="name" i]')
    if inner is None and node.attributes.get("itemscope") is not None:
        return None  # an organisation without a name, such as a logo alone
    named = node if inner is None else inner
    name = one_line(named.attributes.get("content") or named.text())
    return name if 0 < len(name) <= MAX_NAME_CHARS else None


def copyright_owner(notice: str) -> str | None:
    """Return who a copyright notice names.

    Example:
        >>> copyright_owner("Copyright © 2026 Example Times. All rights reserved.")
        'Example Times'
    """
    owner = OWNER_END.split(COPYRIGHT_SIGNS.sub("", notice), maxsplit=1)[0].strip()
    return owner if 0 < len(owner) <= MAX_NAME_CHARS and not owner.isdecimal() else None
