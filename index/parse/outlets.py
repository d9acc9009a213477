"""What the outlet is called where the tags meant for it do not tell.

Strategy: sites put their name before or behind the headline in the title element. A part
of the title is that name if the rest of the title is the headline, as another place of
the page has it, or if the page's host is named after it. Microdata names the publisher in
an element of its own, and the titles of feeds begin with it. All come before the bare
host, which is spelled without spaces, capitals and scripts; where it is all there is, the
visible text shows how it is written.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

from index.parse.head import one_line
from index.parse.sections import HOME
from index.parse.titles import BARE_SIGN, SEPARATOR, folded
from index.parse.wordlists import AnyCase

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = [
    "abbreviates",
    "copyright_owner",
    "has_letters",
    "headline_in_lines",
    "is_named_after",
    "names_in_titles",
    "outlet_in_title",
    "owner_in_text",
    "owners_in_text",
    "publishers_in_microdata",
    "spelled_in_text",
]

MAX_NAME_CHARS = 50
MAX_NAME_WORDS = 4  # of a name that no host confirms; longer ones are headlines
ADDRESS = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)
MAX_TITLE_CHARS = 1000  # a longer title is no title, and may have a separator at each word
MIN_LABEL_LETTERS = 4  # a shorter label of a host is found inside too many words
MIN_HEADLINE_LETTERS = 8
PUBLISHERS = ':is([itemprop~="publisher" i],[property~="publisher" i],.source-org):not(meta)'
NAMES = ':is([itemprop~="name" i],[property~="name" i],.org)'
MAX_MARKS = 20
EDGE_CHARS = 20_000
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})
COPYRIGHT_SIGNS = re.compile(r"^(?:copyright|©|\(c\)|by\b|\d{4}|[\s,.:–—-]){1,12}", re.IGNORECASE)
NOTICE = re.compile(r"(?:copyright|©)[^\n]{0,100}", re.IGNORECASE)
BYLINE = re.compile(r"(?:by|von|par|por)\s")  # "Floods in the valley - by Jane Roe"
EDGE_SIGNS = " :|_–—-"  # between a name and a headline
TRAIL = re.compile("[<>]")  # "Floods in the valley - News > Region": rubrics, not the outlet
GLUED = re.compile(r"[-–—:]\s")  # "Floods in the valley- Example Times"
ARTICLE = re.compile(r"the\s+", re.IGNORECASE)
OWNER_END = re.compile(r"\s*(?:[|,;]|\.(?:\s|$)|\s[–—-]\s|\d{4}|\ball rights\b)", re.IGNORECASE)


def headline_in_lines(
    title: str | None, lines: Iterable[str], mastheads: Sequence[str] = ()
) -> str | None:
    """Return the part of the title element that stands as a line of the page.

    It takes the place of the h1 on pages that mark their headline by its size alone. Where
    the outlet's name is a line as well, the longer part is the headline.

    Args:
        title: The text of the title element.
        lines: The visible lines of the page.
        mastheads: What the outlet is called for sure; behind it stands the headline.

    Example:
        >>> headline_in_lines("Example Times - Floods in the valley", ["Floods in the valley"])
        'Floods in the valley'
    """
    title = (title or "")[:MAX_TITLE_CHARS]
    splits = _splits(title)
    splits += [(title[: sign.start()], title[sign.end() :]) for sign in BARE_SIGN.finditer(title)]
    splits += [(name, title[len(name) :]) for name in mastheads if title.startswith(name)]
    if not splits:
        return None
    known = {folded(one_line(line)) for line in lines}
    own = {folded(name) for name in mastheads}
    sides = [side for split in splits for side in split if folded(side) in known - own]
    best = max(sides, key=len, default="").strip(EDGE_SIGNS)
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
        # The longer side is the headline, unless another place says which one is.
        longest = MAX_NAME_CHARS if folded(rest) in known else min(MAX_NAME_CHARS, len(rest))
        fit = [part for part in parts if 0 < len(part) <= longest]
        if named := next((part for part in fit if is_named_after(label, part)), None):
            return named
        is_outer = fit[:1] == parts[:1] and not TRAIL.search(title or "")
        if fit and folded(rest) in known and is_outer and _looks_like_name(parts):
            return parts[0]
    return None


def _looks_like_name(parts: Sequence[str]) -> bool:
    """Whether the part farthest from the headline is a name; no rubric behind an address."""
    outer, others = parts[0], parts[1:]
    return len(outer.split()) <= MAX_NAME_WORDS and not any(map(ADDRESS.fullmatch, others))


def _splits(title: str) -> list[tuple[str, str]]:
    """Return what stands left and right of each separator; a colon parts sentences, too."""
    title = title[:MAX_TITLE_CHARS]
    found = (match for match in SEPARATOR.finditer(title) if match[0][0] != ":")
    return [(title[: match.start()], title[match.end() :]) for match in found]


def _parts(text: str) -> list[str]:
    return [part.strip() for part in SEPARATOR.split(text) if part.strip()]


def is_named_after(label: str | None, name: str) -> bool:
    """Whether a name has the letters of a host, or those and some more."""
    key = folded(label or "")
    return has_letters(name, key) or (
        len(key) >= MIN_LABEL_LETTERS
        and any(key in text and len(text) < 2 * len(key) + 8 for text in _spellings(name))
    )


def has_letters(name: str, label: str) -> bool:
    """Whether a name has the very letters of a host, but for accents.

    Example:
        >>> has_letters("Éxample-Times", "exampletimes")
        True
    """
    key = folded(label)
    return bool(key) and key in _spellings(name)


def _spellings(name: str) -> tuple[str, ...]:
    """Return the letters of a name as hosts spell them, which know no accents."""
    if name.isascii():
        return (folded(name),)
    plain = unicodedata.normalize("NFKD", name)
    german = unicodedata.normalize("NFKD", name.casefold().translate(UMLAUTS))
    return folded(plain), folded(german), folded(name)


def names_in_titles(
    titles: Iterable[str | None], headlines: Iterable[str], label: str
) -> list[str]:
    """Return the outlet's names that stand before or behind the headline.

    Args:
        titles: What stands in the title element and in its likes.
        headlines: The headline as other places of the page have it.
        label: The part of the page's host that names the outlet; empty: not known.
    """
    known = tuple(headlines)
    parted = (_with_spaces(title or "", known) for title in titles)
    names = (outlet_in_title(title, known, label) for title in parted)
    fit = (name for name in names if name and not BYLINE.match(name))
    return [name for name in fit if folded(name) not in HOME]


def _with_spaces(title: str, headlines: Iterable[str]) -> str:
    """Return a title with a blank before the sign that stands right behind the headline."""
    for headline in headlines:
        if title.startswith(headline) and GLUED.match(title, len(headline)):
            return f"{headline} {title[len(headline) :]}"
    return title


def spelled_in_text(tree: LexborHTMLParser, label: str) -> str | None:
    """Return the name that is spelled like a host, as the visible text mostly writes it.

    Args:
        tree: The parsed page.
        label: The part of its host that names the outlet.

    Example:
        The host "theexamplenews.example" and a page with "© 2026 The Example News".
    """
    letters = folded(label)
    if not MIN_LABEL_LETTERS < len(letters) <= MAX_NAME_CHARS:
        return None
    edges = _edges(tree)
    # In one set with the others, the sign beyond Latin-1 makes compiling four times as slow. The
    # pattern begins with a letter, which `re` finds fast, and only then looks whether a word does.
    signs = r"[ '.&-]?’?"
    first, rest = letters[0], letters[1:]
    name = AnyCase(rf"{first}(?<!\w{first}){signs}{signs.join(rest)}\b")
    found = Counter(edges[match.start() : match.end()] for match in name.finditer(edges))
    cased = [(count, word) for word, count in found.items() if _is_cased(word)]
    return max(cased, key=itemgetter(0))[1] if cased else None


def owner_in_text(tree: LexborHTMLParser, short: str) -> str | None:
    """Return the owner in a visible copyright notice whose name an abbreviation stands for.

    Args:
        tree: The parsed page.
        short: The abbreviation.

    Example:
        The abbreviation "ET" and a page with "© 2026 The Example Times. All rights reserved."
    """
    owners = (ARTICLE.sub("", owner) for owner in owners_in_text(tree))
    return next((owner for owner in owners if abbreviates(short, owner)), None)


def owners_in_text(tree: LexborHTMLParser) -> list[str]:
    """Return whom the visible copyright notices name, in their order."""
    notices = (match[0] for match in NOTICE.finditer(_edges(tree)))
    owners = (copyright_owner(one_line(notice)) for notice in notices)
    return [owner for owner in owners if owner]


def _edges(tree: LexborHTMLParser) -> str:
    """Return the text at both ends of a page, where outlets name themselves."""
    text = tree.body.text(separator="\n") if tree.body is not None else ""
    return text if len(text) < 2 * EDGE_CHARS else f"{text[:EDGE_CHARS]}\n{text[-EDGE_CHARS:]}"


def _is_cased(name: str) -> bool:
    return all(word[:1].isupper() or word.isdecimal() for word in name.split())


def publishers_in_microdata(tree: LexborHTMLParser) -> list[str]:
    """Return the names in elements that microdata, RDFa or hNews mark as the publisher."""
    names = map(_name_of, tree.css(PUBLISHERS)[:MAX_MARKS])
    return [name for name in names if name]


def _name_of(node: LexborNode) -> str | None:
    inner = node.css_first(NAMES)
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


def abbreviates(short: str, name: str) -> bool:
    """Whether a name of several words can be cut to these letters.

    Example:
        >>> abbreviates("ENT", "Example News Times"), abbreviates("ENT", "Entire")
        (True, False)
    """
    key, letters = folded(short), folded(name)
    initials = "".join(word[0] for word in re.findall(r"\w+", name.casefold()))
    return (
        1 < len(initials) <= len(key) < len(letters)
        and key[0] == letters[0]
        and _holds_in_order(key, initials)
        and _holds_in_order(letters, key)
    )


def _holds_in_order(text: str, letters: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
