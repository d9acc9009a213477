"""What is the title? A vote among the places where a page names its article.

Strategy: each place offers a text; what names the outlet in front or behind is cut off;
texts that are the same but for punctuation and spaces add up their weights; the heaviest
wins. Measured, no place is right more often than 5 times in 6, but where they err they
err differently: JSON-LD and og:title carry lines made for search engines and social
networks, h1 the name of the blog. A h1 like no other text of the page is such a name.
The address often spells out the headline, and then tells which of two texts it is, and
whether the words in front of it are a kicker, or those behind it the outlet's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from index.parse.head import Head, one_line
from index.parse.slugs import plain_letters, spelled_headline

__all__ = ["SEPARATOR", "choose_title", "folded", "folded_lines", "headlines"]

# Weight of each place. An h1 counts most when the others confirm it.
WEIGHTS = {
    "h1": 3.5,
    "json-ld": 3.3,
    "og": 2.0,
    "meta": 1.1,
    "twitter": 0.4,
    "title": 0.9,
}
# "headline" is that of microdata.
META_NAMES = (
    "parsely-title",
    "sailthru.title",
    "headline",
    "citation_title",
    "dc.title",
    "dcterms.title",
)
# An h1 that shares less than this part of its letter pairs with every other place is the
# name of a blog, a rubric or a menu; it wins only where nothing else is there.
LIKENESS = 0.4
STRANGER = 0.1
LONE_LETTERS = 18

# What the address adds to a JSON-LD headline that it spells out: enough against all other
# places together, which then have what was written later. Between h1 and og:title it speaks
# for the other: what it spells was made for search engines, or of the h1 by a program, and
# the other by hand.
SPELLED = 4.0
BY_HAND = 7.0  # enough against all others, which then are copies of the h1
MOST_LETTERS = 0.85  # of a headline; short words and the end may be missing in its address
# Where a headline stands without its kicker, if anywhere.
HEADLINES = ("h1", "json-ld", "og")
KICKER_LETTERS = 4  # shorter words are left out of addresses

SEPARATOR = re.compile(r"\s+(?:[|·•»«›‹:–—-]|::|//|ǀ|&raquo;)\s+|\s*[|｜ㅣ]\s*|:\s+|\s+[»«]\s*")
BARE_DASH = re.compile(r"[–—-]+")
SIGNS = re.compile(r"[\W_]+")
ASCII_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
LOWER_CASE = bytes(range(256)).lower()
# In UTF-8 quotation marks, dashes and others up to U+203F, which are no letters, begin so.
PUNCTUATION = "“".encode()[:2]
NO_BREAK_SPACE = "\xa0".encode()
NAME_LETTERS = 4  # a shorter name of an outlet is found inside too many words
RUBRIC_LETTERS = 12  # of what stands with the name: "News", "Magazine", "online"
MAX_TITLE_CHARS = 400
MAX_HEADING_CHARS = 4000  # before spaces are taken out; an unclosed h1 holds the page
MAX_PARTS = 5


def folded(text: str) -> str:
    """Return the letters and digits of a text, by which titles are compared."""
    return _folded(text) if len(text) <= MAX_TITLE_CHARS else _fold(text)


def folded_lines(lines: Sequence[str]) -> list[str]:
    """Return the letters and digits of each line of a text; faster than line by line."""
    whole = _without_frequent_signs("\n".join(lines), ASCII_SIGNS.replace(b"\n", b""))
    keys = whole.split("\n")
    if not whole.isascii():
        keys = [key if key.isascii() or key.isalnum() else SIGNS.sub("", key) for key in keys]
    return keys if len(keys) == len(lines) else [*map(folded, lines)]


def _fold(text: str) -> str:
    letters = _without_frequent_signs(text, ASCII_SIGNS)
    return letters if letters.isascii() else SIGNS.sub("", letters)


def _without_frequent_signs(text: str, ascii_signs: bytes) -> str:
    """Return a text in lower case without these signs and those frequent beyond ASCII.

    In bytes they go fastest, and most texts are ASCII by then, whose case is a table's.
    """
    utf8 = text.encode("utf-8", "surrogatepass").translate(LOWER_CASE, ascii_signs)
    if utf8.isascii():
        return utf8.decode("ascii")
    first, *rest = utf8.replace(NO_BREAK_SPACE, b"").split(PUNCTUATION)
    letters = b"".join([first, *[part[1:] for part in rest]]).decode("utf-8", "surrogatepass")
    return letters if letters.isascii() else letters.casefold()


# The same names and headlines are compared again and again.
_folded = lru_cache(maxsize=1 << 10)(_fold)


def headlines(head: Head) -> list[str]:
    """Return the texts of the page's h1 elements, at most ten, empty ones left out."""
    texts = (one_line(node.text(separator=" ")[:MAX_HEADING_CHARS]) for node in head.headings[:10])
    return [text for text in texts if text]


def choose_title(
    head: Head, h1s: Sequence[str], linked: str | None, outlets: Iterable[str]
) -> str | None:
    """Return the title of the page's article, without the outlet's name.

    Args:
        head: The page's tags.
        h1s: Its level one headings.
        linked: The headline that its JSON-LD gives.
        outlets: What the outlet may be called: og:site_name, publisher, host.
    """
    names = {name for outlet in outlets if (name := folded(outlet))}
    places = {
        "json-ld": linked,
        "og": head.first("og:title"),
        "meta": head.first(*META_NAMES),
        "twitter": head.first("twitter:title"),
        "title": head.title,
    }
    offers = {place: text[:MAX_TITLE_CHARS] for place, text in places.items() if text}
    whole = {folded(text) for text in (*offers.values(), *h1s)}
    spelled = spelled_headline(head.canonical) or spelled_headline(head.first("og:url"))
    bare = {
        # What the address spells to the end has no part that names the outlet.
        text: text
        if spelled and plain_letters(text) == spelled
        else without_outlet(_from_spelled(text, spelled), names, whole)
        for text in {*offers.values()}
    }
    cleaned = {place: bare[text] for place, text in offers.items()}
    if h1 := _best_heading([h1 for h1 in h1s if folded(h1) not in names], cleaned):
        cleaned["h1"] = without_outlet(h1[:MAX_TITLE_CHARS], names, whole)
    if headline := _below_two_kickers(cleaned):
        return headline
    return _elected(cleaned, spelled, lone=len(h1s) == 1)


def without_outlet(title: str, names: set[str], whole: set[str]) -> str:
    """Return a title without the parts in front or behind that name the outlet.

    A part goes if it is the outlet's name, or if what is left is, as it stands, the text
    of another place.

    Example:
        >>> without_outlet("Flood | Sport | The Example", {"example"}, {"flood"})
        'Flood'
    """
    separators, others = list(SEPARATOR.finditer(title)), whole - names
    # What stands before it is known to be a headline: a dash without spaces will do.
    for found in (*separators, *BARE_DASH.finditer(title)):
        if ":" not in found[0] and folded(title[: found.start()]) in others:
            return title[: found.start()]
    for found in separators:
        if folded(title[found.end() :]) in whole and folded(title[: found.start()]) in names:
            return title[found.end() :]
    for found in separators[:1]:
        if folded(title[: found.start()]) in names and ":" not in found[0]:
            title, separators = title[found.end() :], []
    for _ in range(MAX_PARTS):
        if not separators or not _is_outlet(title[separators[-1].end() :], names):
            break
        title = title[: separators.pop().start()]
    return title


def _from_spelled(title: str, spelled: str) -> str:
    """Return a title from where the address spells the rest: "Example » Blog Archive » Flood"."""
    ends = (found.end() for found in SEPARATOR.finditer(title) if ":" not in found[0])
    own = (title[end:] for end in ends if spelled and plain_letters(title[end:]) == spelled)
    return next(own, title)


def _is_outlet(part: str, names: set[str]) -> bool:
    name = folded(part)
    return not name or any(
        name in known
        or (
            len(known) >= NAME_LETTERS and known in name and len(name) < len(known) + RUBRIC_LETTERS
        )
        for known in names
    )


def _best_heading(h1s: Sequence[str], others: Mapping[str, str]) -> str | None:
    """Return the h1 that is most like the other places, the first among equals."""
    if len(h1s) <= 1:
        return next(iter(h1s), None)
    return max(
        h1s,
        key=lambda h1: sum(WEIGHTS[place] * _likeness(h1, text) for place, text in others.items()),
        default=None,
    )


def _likeness(one: str, other: str) -> float:
    """Return the share of letter pairs that two texts have in common (Dice, 1945)."""
    one, other = folded(one), folded(other)
    if one == other:
        return 1.0
    pairs, more = _pairs(one), _pairs(other)
    return 2 * len(pairs & more) / (len(pairs) + len(more))


def _pairs(text: str) -> set[str]:
    return set(map(str.__add__, text, text[1:])) or {text}


def _below_two_kickers(offers: Mapping[str, str]) -> str | None:
    """Return what h1 and og:title end with, where each sets other words in front of it."""
    h1, og = (SEPARATOR.split(offers.get(place, ""), maxsplit=1) for place in ("h1", "og"))
    headline = folded(h1[-1])
    if not len(h1) == len(og) > 1 or len(headline) < LONE_LETTERS or folded(og[-1]) != headline:
        return None
    return h1[-1] if _likeness(h1[0], og[0]) < LIKENESS else None


def _elected(offers: Mapping[str, str], spelled: str, *, lone: bool) -> str | None:
    votes: dict[str, float] = {}
    texts: dict[str, str] = {}
    for place, text in offers.items():
        key = folded(text)
        if not key:
            continue
        votes[key] = votes.get(key, 0.0) + _weight(place, text, offers, lone=lone)
        texts.setdefault(key, text)
    if spelled and len(votes) > 1:
        _count_address(votes, offers, spelled)
    return texts[max(votes, key=lambda key: votes[key])] if votes else None


def _count_address(votes: dict[str, float], offers: Mapping[str, str], spelled: str) -> None:
    """Add what the address says about a headline and about the kicker in front of it."""
    linked = offers.get("json-ld", "")
    if by_hand := _beside_spelled_heading(offers, spelled):
        votes[by_hand] += BY_HAND
    elif (key := folded(linked)) in votes and plain_letters(linked) == spelled:
        votes[key] += SPELLED
    for longer, bare in _without_kicker(offers, spelled):
        votes[bare] += votes[longer]


def _beside_spelled_heading(offers: Mapping[str, str], spelled: str) -> str | None:
    """Return og:title, folded, where it differs from an h1 and the address tells them apart.

    It does so if it spells the h1, or stands in one of both as words among others. Not where
    another headline that is for readers is the h1, nor where JSON-LD has the h1 and the title
    element has not: that is og:title's then, made for search engines.
    """
    h1, og, linked, title = (folded(offers.get(k, "")) for k in ("h1", "og", "json-ld", "title"))
    if not h1 or not og or h1.endswith(og) or og.endswith(h1):
        return None
    if h1 == folded(offers.get("meta", "")) or linked == h1 != title:
        return None
    rest = iter(letters := plain_letters(offers["h1"]))
    is_spelled = len(spelled) >= MOST_LETTERS * len(letters) and all(c in rest for c in spelled)
    others = plain_letters(offers["og"])
    is_part = spelled != others and (spelled in letters) != (spelled in others)
    return og if is_spelled or is_part else None


def _without_kicker(offers: Mapping[str, str], spelled: str) -> Iterable[tuple[str, str]]:
    """Return each text with a kicker that the address leaves out, and its headline, folded.

    Who says "The harbour: Ferry sinks" also says "Ferry sinks". That this alone is the
    headline needs two witnesses: another place that has it so, and the address.
    """
    headlines = {folded(offers[place]): offers[place] for place in HEADLINES if place in offers}
    longer = {folded(text): text for text in offers.values()}
    return [
        (key, bare)
        for key, text in longer.items()
        for bare, headline in headlines.items()
        if bare and key != bare and key.endswith(bare)
        if _is_left_out(text.split()[: -len(headline.split())], headline, spelled)
    ]


def _is_left_out(kicker: Sequence[str], headline: str, spelled: str) -> bool:
    """Whether these words are set off from the headline, and the address has none of them."""
    words = [word for part in kicker if len(word := plain_letters(part)) >= KICKER_LETTERS]
    apart = bool(words) and (not kicker[-1][-1].isalnum() or plain_letters(headline) == spelled)
    return apart and not any(word in spelled for word in words)


def _weight(place: str, text: str, offers: Mapping[str, str], *, lone: bool) -> float:
    if place != "h1":
        return WEIGHTS[place]
    others = [offer for name, offer in offers.items() if name != "h1"]
    confirmed = any(_likeness(text, other) >= LIKENESS for other in others)
    trusted = confirmed or not others or (lone and len(folded(text)) >= LONE_LETTERS)
    return WEIGHTS[place] if trusted else STRANGER
