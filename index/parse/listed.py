"""Find the article in data that lists its paragraphs one by one, as editors of pages store them.

    {"content_elements": [{"type": "text", "content": "The river rose."}, ...]}
    {"children": [{"type": "paragraph", "children": [{"text": "The river "}, {"text": "rose."}]}]}

Strategy: the script is read as JSON, and of all lists in it that one is the article whose items
hold the most running text, whatever it and its keys are called.

Rule 1: an item is a paragraph if it is a text, or has one under a usual key; headlines and
    descriptions of other pages stand under other keys.
Rule 2: nothing recurses, and what is looked at is bounded.
"""

from __future__ import annotations

import json
import re
from typing import Any

__all__ = ["listed_article"]

START = re.compile(r"[\[{]")
TEXT_KEYS = ("text", "content", "html", "value", "body", "children", "nodes")
FEWEST, SHORTEST_PARAGRAPH = 3, 40
SHORTEST_TEXT = 300
MAX_CHARS = 4_000_000
MAX_VALUES = 100_000
MAX_STARTS = 3  # "window.state = window.state || {}; window.state.story = {"
MAX_PIECES, MAX_LEVELS = 400, 6


def listed_article(script: str) -> str:
    """Return the paragraphs that a script lists, as markup; empty: it lists none."""
    lists = (_paragraphs(value) for value in _lists(_data(script)))
    best = max(lists, key=lambda texts: sum(map(len, texts)), default=[])
    if sum(map(len, best)) < SHORTEST_TEXT:
        return ""
    return "".join(f"<p>{text}</p>" for text in best)


def _data(script: str) -> list[Any]:
    """Return the first JSON values in a script that are more than a word."""
    decoder = json.JSONDecoder(strict=False)
    found: list[Any] = []
    place = 0
    for _ in range(MAX_STARTS):
        start = START.search(script, place) if len(script) <= MAX_CHARS else None
        if start is None:
            break
        try:
            value, place = decoder.raw_decode(script, start.start())
        except (ValueError, RecursionError):
            break
        found.append(value)
    return found


def _lists(data: list[Any]) -> list[list[Any]]:
    found: list[list[Any]] = []
    waiting: list[Any] = [data]
    for _ in range(MAX_VALUES):
        if not waiting:
            break
        value = waiting.pop()
        if isinstance(value, list):
            if len(value) >= FEWEST:
                found.append(value)
            waiting += [item for item in value if isinstance(item, list | dict)]
        elif isinstance(value, dict):
            waiting += [item for item in value.values() if isinstance(item, list | dict)]
    return found


def _paragraphs(items: list[Any]) -> list[str]:
    texts = [text for item in items if (text := _text(item))]
    running = sum(len(text) >= SHORTEST_PARAGRAPH and " " in text for text in texts)
    return texts if running >= FEWEST else []


def _text(item: Any) -> str:
    """Return the text of one item, its pieces joined."""
    pieces: list[str] = []
    waiting = [(item, 0)]
    for _ in range(MAX_PIECES):
        if not waiting:
            break
        value, level = waiting.pop()
        if isinstance(value, str):
            pieces.append(value)
        elif isinstance(value, dict) and level < MAX_LEVELS:
            inner = next((value[key] for key in TEXT_KEYS if value.get(key)), None)
            waiting.append((inner, level + 1))
        elif isinstance(value, list) and level:
            waiting += [(piece, level + 1) for piece in reversed(value[:MAX_PIECES])]
    return "".join(pieces).strip()
