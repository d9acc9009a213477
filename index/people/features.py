"""What the model sees of a token: features as short texts, each with a letter for its kind.

They come in groups by what they depend on, so that the sum of the weights of a group can be
kept: a token, a pair of neighbours, the classes of three in a row, the frame (line, place in the
segment), the evidence of the whole document. What a token says of its neighbours begins with
how far behind them it stands ("-1wmayor": the word before is "mayor").
"""

from __future__ import annotations

import re
from typing import NamedTuple

from index.people.segments import Line, Segment

__all__ = [
    "NEAR",
    "PAIR_MARKS",
    "Evidence",
    "EvidenceValues",
    "evidence_features",
    "frame_features",
    "kind_features",
    "near_features",
    "near_word_features",
    "pair_feature",
    "part_features",
    "place",
    "standing",
    "token_features",
    "triple_features",
    "word_features",
    "words_of_pair",
]

MAX_PLACE = 3  # words before or behind one in its segment are counted up to this
# Which features of the neighbours are looked at, by how far behind a token they stand.
NEAR = {-2: "wl", -1: "wnlsc", 1: "wnlsc", 2: "wl"}
PAIR_MARKS = (">", "<")  # of pairs whose first word is in question, whose second one is
STANDING = re.compile(r"(-?[12])([wnlsc].*)")
ENDINGS, NEAR_ENDING = (2, 3, 4), 3  # letters
EvidenceValues = tuple[int, int, int, int, int, int, int, int]  # as an `Evidence`, made faster


class Evidence(NamedTuple):
    """What a document says of the word of a token, by the first stage; small numbers.

    Attributes:
        own: How likely this token is in a name, in tenths.
        others: How often the word stands elsewhere, up to 3.
        mean: How likely it is in a name there, in fifths; 9: it stands nowhere else.
        best: The same for the likeliest.
        ends: Names of several words elsewhere that end with it, up to 2.
        begins: Those that begin with it, up to 2.
        alone: Names elsewhere that are this word alone, up to 2.
        outside: Segments of several words elsewhere that have it and no name, up to 2.
    """

    own: int
    others: int
    mean: int
    best: int
    ends: int
    begins: int
    alone: int
    outside: int


def word_features(key: str) -> list[str]:
    """Return the features of the word of a token itself."""
    return [f"w{key}", *part_features(key)]


def part_features(key: str) -> list[str]:
    """Return those of the parts of the word."""
    features = [f"e{key[-size:]}" for size in ENDINGS if len(key) > size]
    features += [f"b{key[:size]}" for size in ENDINGS[1:] if len(key) > size]
    if "-" in key:
        features += [f"h{part}" for part in key.split("-")]
    return features


def kind_features(kind: str) -> list[str]:
    """Return the features of the kind of a token itself."""
    shape, _, classes = kind.partition(" ")
    return ["1", f"s{shape}", f"c{kind}", *(f"l{letter}" for letter in classes)]


def near_features(key: str, kind: str) -> list[str]:
    """Return the features of a token as a neighbour, without where it stands."""
    shape, _, classes = kind.partition(" ")
    return [
        *near_word_features(key),
        *(f"l{letter}" for letter in classes),
        f"s{shape}",
        f"c{kind}",
    ]


def near_word_features(key: str) -> list[str]:
    """Return those of its word."""
    return [f"w{key}", f"n{key[-NEAR_ENDING:]}"]


def standing(text: str) -> tuple[int, str]:
    """Return where the token that a feature is of stands by the one in question, and the rest.

    Example:
        >>> standing("-1wmayor"), standing("wruiz"), standing("1")
        ((-1, 'wmayor'), (0, 'wruiz'), (0, '1'))
    """
    near = STANDING.match(text)
    return (int(near[1]), near[2]) if near else (0, text)


def pair_feature(first: str, second: str, *, second_is_own: bool) -> str:
    """Return the feature of two words in a row, of which one is in question."""
    return f"{PAIR_MARKS[second_is_own]}{first}|{second}"


def words_of_pair(feature: str) -> tuple[str, str]:
    """Return the two words of such a feature.

    Example:
        >>> words_of_pair("<mayor|ruiz"), words_of_pair(">ruiz|"), words_of_pair("<||ruiz")
        (('mayor', 'ruiz'), ('ruiz', ''), ('|', 'ruiz'))
    """
    at = max(feature.find("|", 2), 1)  # a sign is a word by itself
    return feature[1:at], feature[at + 1 :]


def triple_features(first: str, own: str, last: str) -> list[str]:
    """Return the features of the kinds of a token and its neighbours together."""
    return [f"{first}<{own}", f"{own}>{last}", f"{first}<{own}>{last}"]


def place(line: str, before: int, behind: int) -> str:
    """Return the kind of a line, and how many tokens of its segment stand around one."""
    return f"{line}{min(before, MAX_PLACE)}{min(behind, MAX_PLACE)}"


def frame_features(place: str, kind: str, *, lower: bool) -> list[str]:
    """Return the features of where a token stands.

    Args:
        place: See `place`.
        kind: The kind of the token.
        lower: Whether the document has the word in small letters.
    """
    line, before = place[0], place[1]
    return [
        f"F{place}",
        f"F{place}{lower:d}",
        f"Fs{line}{kind.partition(' ')[0]}",
        f"Fl{lower:d}{line}{before}",
        f"Fk{lower:d}{kind}",
        f"Fk{line}{before}{kind}",
    ]


def evidence_features(evidence: EvidenceValues) -> list[str]:
    """Return the features of what the rest of the document says of the word of a token."""
    own, others, mean, best, ends, begins, alone, outside = evidence
    return [
        f"Eo{own}",
        f"En{others}",
        f"Em{mean}",
        f"Eb{best}",
        f"Er{ends}{begins}{alone}{outside}",
        f"Em{mean}o{own}",
        f"Eb{best}o{own}",
        f"Em{mean}r{ends > 0:d}{outside > 0:d}",
        f"Eo{own}r{ends > 0:d}{begins > 0:d}{alone > 0:d}{outside > 0:d}",
    ]


def token_features(line: Line, segment: Segment, at: int, lower: set[str]) -> list[str]:
    """Return all features of a token but those of the evidence, for training.

    Args:
        line: The line.
        segment: A segment of it.
        at: Index of the token in the line, inside the segment.
        lower: Words that the document has in small letters.
    """
    tokens, (start, end) = line.tokens, segment
    token, before, behind = tokens[at], tokens[at - 1], tokens[at + 1]
    features = [*word_features(token.key), *kind_features(token.kind)]
    for offset, looked_at in NEAR.items():
        near = near_features(tokens[at + offset].key, tokens[at + offset].kind)
        features += [f"{offset}{text}" for text in near if text[0] in looked_at]
    return [
        *features,
        pair_feature(before.key, token.key, second_is_own=True),
        pair_feature(token.key, behind.key, second_is_own=False),
        *triple_features(before.kind, token.kind, behind.kind),
        *frame_features(
            place(line.kind, at - start, end - 1 - at),
            token.kind,
            lower=token.key in lower,
        ),
    ]
