"""JSON-LD: what a page tells search engines about its article.

Strategy: each script is read as JSON, with repairs for the mistakes that sites make; all
objects are gathered into one graph, so that references by `@id` can be followed; of the
articles in it the one that fits the page's address and headlines is taken. A list of
other articles (a section front, "most read") is no article of this page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from html import unescape
from typing import Any

import orjson

from index.identity import url_key
from index.parse.head import one_line
from index.parse.titles import folded

__all__ = ["LinkedData", "names", "read_linked_data", "text_of", "types_of"]

MAX_OBJECTS = 5000  # a page about one article has some dozens
MAX_VALUES = 20  # JSON values one after the other in one script
MAX_DEPTH = 40
# More articles than these, none of which is this page's, are a list of other pages.
MAX_UNFIT = 2

# Keys under which the objects of the page itself stand. Lists of other pages, pictures,
# comments and reviews stand under other keys and are passed over.
OWN_KEYS = ("@graph", "mainEntity", "mainEntityOfPage", "liveBlog", "article")
ARTICLE_TYPE = re.compile(r"(?:\w*article|\w*posting|report|newsarticle)", re.IGNORECASE)
# What stands for an article where there is none: more specific first.
STAND_INS = (
    "review",
    "recipe",
    "imagegallery",
    "videoobject",
    "podcastepisode",
    "creativework",
    "itempage",
    "webpage",
)

LISTING_TYPES = frozenset({"collectionpage", "profilepage", "qapage", "searchresultspage"})

# A comment has no `/*` in it: where many are begun, each would be searched for its end.
COMMENT = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>|/\*(?:[^*/]|\*(?!/)|/(?!\*)){0,5000}+\*/")
LINE_COMMENT = re.compile(r"^[ \t]{0,40}//.*$", re.MULTILINE)
TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
# What JavaScript allows and JSON does not: strings in single quotes and keys without any. Strings
# in double quotes are passed over whole. One without an end goes to the end of the script, so
# that each character is read once. A comment may also stand behind a value.
SCRIPT_TOKEN = re.compile(
    r"""//[^\n]*+|"(?:[^"\\]|\\.?)*+"?|'((?:[^'\\]|\\.?)*+)'?|(?<![\w$])([A-Za-z_$][\w$]*+)(?=\s{0,20}:)""",
    re.DOTALL,
)
QUOTE = re.compile(r"\\(.)|\"", re.DOTALL)
# What can be read from a script that is beyond repair: the plain members of its objects.
LOOSE_MEMBER = re.compile(
    r'"(headline|datePublished|dateCreated|articleSection|inLanguage)"\s*:\s*"((?:[^"\\\n]|\\.)*)"'
)
LOOSE_AUTHOR = re.compile(
    r'"author"\s*:\s*(?:\[\s*)?(?:\{\s*(?:"@type"\s*:\s*"Person"\s*,\s*)?"name"\s*:\s*)?'
    r'"([^"\\\n]*)"(?!\s*:)'
)

# Some scripts have line breaks within strings, which JSON does not allow.
_loads_with_breaks = partial(json.loads, strict=False)

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The JSON-LD of a page.

    Attributes:
        article: The object that describes the page's article; empty: there is none.
        page: The object that describes the page around it; empty: there is none.
        nodes: All objects, in order.
        by_id: The objects that have an `@id` and something to say.
    """

    article: Node
    page: Node
    nodes: tuple[Node, ...]
    by_id: Mapping[str, Node]

    def get(self, *keys: str) -> Any:
        """Return the first value that says something, of the article, then of the page."""
        for node in (self.article, self.page):
            for key in keys:
                if value := node.get(key):
                    return value
        return None

    @property
    def listing(self) -> str | None:
        """The type of a page that is a list of pages or answers, or a profile, if it says so."""
        kinds = (kind for node in self.nodes for kind in types_of(node))
        return next((kind for kind in kinds if kind in LISTING_TYPES), None)

    def resolve(self, value: Any) -> Any:
        """Return the object that a reference `{"@id": ...}` stands for, else the value."""
        if isinstance(value, dict) and "name" not in value:
            return self.by_id.get(str(value.get("@id")), value)
        return value

    def objects(self, *keys: str) -> list[Any]:
        """Return the values of the article under a key as a list, references resolved."""
        value = self.get(*keys)
        return [self.resolve(item) for item in (value if isinstance(value, list) else [value])]


def read_linked_data(
    scripts: Iterable[str], addresses: Iterable[str | None] = (), headlines: Iterable[str] = ()
) -> LinkedData:
    """Return the JSON-LD of a page.

    Args:
        scripts: The texts of its scripts of type application/ld+json, in order.
        addresses: The addresses that the page is known under.
        headlines: Texts that name the page: og:title, h1, title.
    """
    nodes = tuple(_nodes([value for script in scripts for value in _values(script)]))
    keys = {key for address in addresses if (key := url_key(address))}
    plain = [key for headline in headlines if (key := folded(headline))]
    return LinkedData(
        article=_article(nodes, keys, plain),
        page=next((node for node in nodes if "webpage" in types_of(node)), {}),
        nodes=nodes,
        by_id={str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1},
    )


def types_of(node: Any) -> tuple[str, ...]:
    """Return the types of an object in lower case, without the vocabulary's address."""
    value = node.get("@type") if isinstance(node, dict) else None
    values = value if isinstance(value, list) else [value]
    return tuple(
        item.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower()
        for item in values
        if isinstance(item, str)
    )


def text_of(value: Any) -> str | None:
    """Return a value as one line of text, whichever way it is written; None: it has none."""
    for _ in range(MAX_DEPTH):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = value.get("@value") or value.get("name") or value.get("headline")
        else:
            break
    return (one_line(value) or None) if isinstance(value, str) else None


def names(values: Iterable[Any]) -> list[str]:
    """Return the names in a list of texts and objects, nested or not, in order."""
    found: list[str] = []
    for value in values:
        name = value.get("name") if isinstance(value, dict) else value
        items = name if isinstance(name, list) else [name]
        found += [text for item in items if (text := text_of(item))]
    return found


def _values(script: str) -> list[Any]:
    for loads in (orjson.loads, _loads_with_breaks):
        try:
            return [loads(script)]
        except (ValueError, RecursionError):
            continue
    return _repaired(script)


def _repaired(script: str) -> list[Any]:
    """Return the values of a script with comments, stray commas or several values."""
    text = COMMENT.sub("", LINE_COMMENT.sub("", script))
    if '"' not in text and "&quot;" in text:
        text = unescape(text)
    text = TRAILING_COMMA.sub("", text).strip().strip(";")
    return (
        _decoded(text)
        or _decoded(TRAILING_COMMA.sub("", SCRIPT_TOKEN.sub(_as_json, text)))
        or _loose(text)
    )


def _as_json(found: re.Match[str]) -> str:
    """Return a string or a key of JavaScript as JSON has it."""
    text, key = found.groups()
    if text is not None:
        return f'"{QUOTE.sub(_requoted, text)}"'
    if key:
        return f'"{key}"'
    return "" if found[0].startswith("//") else found[0]


def _requoted(sign: re.Match[str]) -> str:
    """Return an escaped character, or a quote, as a string in double quotes has it."""
    return '\\"' if sign[0] == '"' else "'" if sign[1] == "'" else sign[0]


def _decoded(text: str) -> list[Any]:
    """Return the values that stand one after the other, up to what is no JSON."""
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    try:
        while text and len(values) < MAX_VALUES:
            value, end = decoder.raw_decode(text)
            values.append(value)
            text = text[end:].lstrip("; ,\r\n\t")
    except (ValueError, RecursionError):
        pass
    return values


def _loose(text: str) -> list[Any]:
    if not re.search(r'"(?:\w*Article|\w*Posting)"', text):
        return []
    node: dict[str, Any] = {"@type": "Article"}
    for key, value in LOOSE_MEMBER.findall(text):
        node.setdefault(key, value)
    node["author"] = LOOSE_AUTHOR.findall(text)
    return [node]


def _nodes(values: list[Any]) -> Iterator[Node]:
    """Yield the objects of the page itself, outer ones first, within bounds."""
    queue = list(reversed([(value, 0) for value in values]))
    for _ in range(MAX_OBJECTS):
        if not queue:
            return
        value, depth = queue.pop()
        if depth > MAX_DEPTH:
            continue
        if isinstance(value, list):
            queue += [(item, depth + 1) for item in reversed(value[:MAX_OBJECTS])]
        elif isinstance(value, dict):
            yield value
            queue += [(value[key], depth + 1) for key in reversed(OWN_KEYS) if key in value]


def _article(nodes: tuple[Node, ...], keys: set[str], headlines: list[str]) -> Node:
    articles = [node for node in nodes if any(map(ARTICLE_TYPE.fullmatch, types_of(node)))]
    if articles:
        fits = [_fit(node, keys, headlines) for node in articles]
        best = max(range(len(articles)), key=lambda place: (fits[place], -place))
        return articles[best] if fits[best] > 1 or len(articles) <= MAX_UNFIT else {}
    for stand_in in STAND_INS:
        for node in nodes:
            if stand_in in types_of(node):
                return node
    return {}


def _fit(node: Node, keys: set[str], headlines: list[str]) -> int:
    """Return how well an article fits the page: address 4, headline 2, a date 1."""
    addresses = (node.get("url"), node.get("mainEntityOfPage"), node.get("@id"))
    texts = (item.get("@id") if isinstance(item, dict) else item for item in addresses)
    at_address = any(isinstance(text, str) and url_key(text) in keys for text in texts)
    headline = folded(text_of(node.get("headline") or node.get("name")) or "")
    named = bool(headline) and any(headline in text or text in headline for text in headlines)
    return 4 * at_address + 2 * named + bool(node.get("datePublished"))
