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

from collections.abc import Iterable, Mapping, Sequence

from index.parse.head import Head
from index.parse.slugs import plain_letters, spelled_headline
from index.parse.titles import MAX_TITLE_CHARS, SEPARATOR, folded, from_spelled, without_outlet

__all__ = ["choose_title"]

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
    "articletitle",
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
        else without_outlet(from_spelled(text, spelled), names, whole)
        for text in {*offers.values()}
    }
    cleaned = {place: bare[text] for place, text in offers.items()}
    if h1 := _best_heading([h1 for h1 in h1s if folded(h1) not in names], cleaned):
        cleaned["h1"] = without_outlet(h1[:MAX_TITLE_CHARS], names, whole)
    if headline := _below_two_kickers(cleaned):
        return headline
    return _elected(cleaned, spelled, lone=len(h1s) == 1)


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
    if by_hand := _written_by_hand(offers, spelled):
        votes[by_hand] += BY_HAND
    elif spelled and len(votes) > 1:
        _count_address(votes, offers, spelled)
    return texts[max(votes, key=lambda key: votes[key])] if votes else None


def _count_address(votes: dict[str, float], offers: Mapping[str, str], spelled: str) -> None:
    """Add what the address says about a headline and about the kicker in front of it."""
    linked = offers.get("json-ld", "")
    if (key := folded(linked)) in votes and plain_letters(linked) == spelled:
        votes[key] += SPELLED
    for longer, bare in _without_kicker(offers, spelled):
        votes[bare] += votes[longer]


def _written_by_hand(offers: Mapping[str, str], spelled: str) -> str | None:
    """Return og:title, folded, where it differs from an h1 and the address tells them apart.

    It does so if it spells the h1, or stands in one of both as words among others. So does
    twitter:title where it is the h1: a program that had filled both would have filled them alike.
    Not where another headline that is for readers is the h1, nor where JSON-LD has the h1 and
    the title element has not: that is og:title's then, made for search engines.
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
    is_copied = folded(offers.get("twitter", "")) == h1
    return og if is_spelled or is_part or is_copied else None


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
