"""What the model sees of a token: features as short texts, each with a letter for its kind.

They come in groups by what they depend on, so that the sum of the weights of a group can be
kept: a token itself, a token as the one before or behind, a pair of neighbours, the classes of
three in a row, the frame (line, place in the segment), the evidence of the whole document.
"""

from __future__ import annotations

from typing import NamedTuple

from index.people.segments import Line, Segment
from index.people.tokens import Token

__all__ = [
    "MAX_PLACE",
    "OFFSETS",
    "Evidence",
    "Frame",
    "evidence_features",
    "frame_features",
    "neighbour_features",
    "own_features",
    "pair_feature",
    "token_features",
    "triple_features",
]

MAX_PLACE = 3  # words before or behind one in its segment are counted up to this
OFFSETS = (-2, -1, 1, 2)  # of the neighbours that are looked at

ENDINGS = (2, 3, 4)  # letters


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


def own_features(token: Token) -> list[str]:
    """Return the features of a token itself."""
    key, classes = token.key, token.classes
    features = ["1", f"w{key}", f"s{token.shape}", f"c{token.kind}"]
    features += [f"l{letter}" for letter in classes]
    features += [f"e{key[-size:]}" for size in ENDINGS if len(key) > size]
    features += [f"b{key[:size]}" for size in ENDINGS[1:] if len(key) > size]
    if "-" in key:
        features += [f"h{part}" for part in key.split("-")]
    return features


def neighbour_features(token: Token, offset: int) -> list[str]:
    """Return the features of a token that stands `offset` tokens behind the one in question."""
    features = [f"{offset}w{token.key}"]
    if offset in {-1, 1}:
        features += [f"{offset}s{token.shape}", f"{offset}c{token.kind}"]
        features += [f"{offset}l{letter}" for letter in token.classes]
        features += [f"{offset}e{token.key[-3:]}"]
    else:
        features += [f"{offset}l{letter}" for letter in token.classes]
    return features


def pair_feature(first: Token, second: Token, *, second_is_own: bool) -> str:
    """Return the feature of two tokens in a row, of which one is in question."""
    return f"<{first.key}|{second.key}" if second_is_own else f">{first.key}|{second.key}"


def triple_features(first: str, own: str, last: str) -> list[str]:
    """Return the features of the kinds of a token and its neighbours together."""
    return [f"{first}<{own}", f"{own}>{last}", f"{first}<{own}>{last}"]


class Frame(NamedTuple):
    """Where a token stands.

    Attributes:
        line: The kind of the line.
        before: Tokens before it in its segment, up to `MAX_PLACE`.
        behind: Tokens behind it there, up to `MAX_PLACE`.
        lower: The document has the word in small letters.
        kind: The kind of the token.
    """

    line: str
    before: int
    behind: int
    lower: bool
    kind: str


def frame_features(frame: Frame) -> list[str]:
    """Return the features of where a token stands."""
    line, before, behind, lower, kind = frame
    return [
        f"F{line}{before}{behind}",
        f"F{line}{before}{behind}{lower:d}",
        f"Fs{line}{kind.partition(' ')[0]}",
        f"Fl{lower:d}{line}{before}",
        f"Fk{lower:d}{kind}",
        f"Fk{line}{before}{kind}",
    ]


def evidence_features(evidence: Evidence) -> list[str]:
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


def token_features(line: Line, segment: Segment, at: int, lower: frozenset[str]) -> list[str]:
    """Return all features of a token but those of the evidence, for training.

    Args:
        line: The line.
        segment: A segment of it.
        at: Index of the token in the line, inside the segment.
        lower: Words that the document has in small letters.
    """
    tokens = line.tokens
    token = tokens[at]
    return [
        *own_features(token),
        *(text for offset in OFFSETS for text in neighbour_features(tokens[at + offset], offset)),
        pair_feature(tokens[at - 1], token, second_is_own=True),
        pair_feature(token, tokens[at + 1], second_is_own=False),
        *triple_features(tokens[at - 1].kind, token.kind, tokens[at + 1].kind),
        *frame_features(
            Frame(
                line.kind,
                min(at - segment.start, MAX_PLACE),
                min(segment.end - 1 - at, MAX_PLACE),
                token.key in lower,
                token.kind,
            )
        ),
    ]
