"""Find the article in the scripts of a page that loads its text by program.

Strategy: such pages hand their text to the program as data: a JSON object, or a call with
a string that is JSON in turn. What all have in common is a string literal that holds
paragraphs as markup. Of these literals, and those within them, the longest is the
article: teasers are shorter.

What has no such literal may have the paragraphs one by one (`listed`).

Rule 1: only for pages that show hardly any paragraph; elsewhere the tree tells more.
Rule 2: nothing is run, and each character is looked at no more than once a level.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser

from index.parse.listed import listed_article

__all__ = ["script_texts", "scripted_article"]

# The search ends where it finds some, so that pages with text cost next to nothing.
SHOWN = "p ~ p ~ p"
SHORTEST_MARKUP = 400
# Two paragraphs at least; "<" is escaped by programs that write JSON into HTML. A run of
# backslashes is tried from its first one only.
PARAGRAPH = re.compile(r"(?:<|(?<!\\)\\++u003c)p[ >\\]", re.IGNORECASE)
MARKS = ("<p", "u003cp", "u003Cp")
FEWEST_PARAGRAPHS = 2
# One without an end is taken to the end of the script, so that no other is begun within it.
LITERAL = re.compile(r'"((?:[^"\\]++|\\.)*+)"?', re.DOTALL)
# JSON within a string within a script; deeper was never seen.
LEVELS = 3


def script_texts(tree: LexborHTMLParser) -> list[str]:
    """Return the scripts of a page that shows no three paragraphs in a row, else none."""
    if tree.css_first(SHOWN) is not None:
        return []
    return [script.text_lexbor() for script in tree.css("script")]


def scripted_article(scripts: Sequence[str]) -> str | None:
    """Return the markup of the article that scripts hold, if there is one."""
    found = [markup for script in scripts for markup in _markups(script, LEVELS)]
    data = [] if found else [*scripts, *(text for script in scripts for text in _data_in(script))]
    return max(found or map(listed_article, data), key=len, default=None) or None


def _markups(text: str, levels: int) -> Iterator[str]:
    """Yield the literals with paragraphs in a text, of those within each other the inner."""
    if len(text) < SHORTEST_MARKUP or not any(mark in text for mark in MARKS):
        return
    for match in LITERAL.finditer(text):
        if len(match[1]) < SHORTEST_MARKUP or not PARAGRAPH.search(match[1]):
            continue
        if (value := _decoded(match[0])) is None:
            continue
        inner = list(_markups(value, levels - 1)) if levels > 1 else []
        if inner:
            yield from inner
        elif _is_data(value):
            yield from filter(None, [listed_article(value)])
        elif len(PARAGRAPH.findall(value)) >= FEWEST_PARAGRAPHS:
            yield value


def _data_in(script: str) -> Iterator[str]:
    """Yield the data that literals of a script hold, such as `JSON.parse("{...}")` is given."""
    for match in LITERAL.finditer(script):
        if len(match[1]) >= SHORTEST_MARKUP and _is_data(match[1]) and (data := _decoded(match[0])):
            yield data


def _is_data(text: str) -> bool:
    return text.lstrip()[:1] in {"{", "["}


def _decoded(literal: str) -> str | None:
    try:
        value = json.loads(literal, strict=False)
    except ValueError:
        return None
    return value if isinstance(value, str) else None
