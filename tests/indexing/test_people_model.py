import itertools
import json
import re
from functools import cache
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.people.decoder import Transitions, best_labels, least_scores, likelihoods
from index.people.evidence import (
    ALONE,
    FIRST,
    LAST,
    NONE,
    OUTSIDE,
    document_evidence,
    roles_alone,
    roles_of,
)
from index.people.features import Evidence, token_features
from index.people.lists import word_classes
from index.people.segments import CAPITALS, PLAIN, TITLE_CASE, lower_words, read_line
from index.people.tagger import shipped_tagger
from index.people.tokens import cut
from index.people.weights import (
    AROUND,
    HALF,
    MIDDLE,
    SCALE,
    apart,
    fields,
    pack,
    read_weights,
    write_weights,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ana Ruiz's dog", "Ana|Ruiz|'s|dog"),
        ("Sen. J.K. Roe, 51, left.", "Sen.|J.K.|Roe|,|51|,|left|."),
        ("T.O'Gorman and L.Oyun", "T.|O'Gorman|and|L.|Oyun"),
        ("Jean-Luc al-Assad", "Jean-Luc|al-Assad"),
        ("ANA RUIZ-LUND WINS", "Ana|Ruiz-Lund|Wins"),
        ("“No,” she said…", "“|No|,|”|she|said|…"),
        ("12-Ana Ruiz", "12|-|Ana|Ruiz"),
        ("", ""),
        (" \u2028 ", ""),
    ],
)
def test_a_line_is_cut_into_tokens(text: str, words: str) -> None:
    assert "|".join(token.word for token in read_line(text).tokens[2:-2]) == words


@given(st.text(max_size=60))
def test_the_pieces_of_a_line_are_the_line(text: str) -> None:
    assert "".join(cut(text)) == text.rstrip()


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("Then Ursula van der Molen met Bo Lund.", "Then Ursula van der Molen|Bo Lund"),
        ("a plan of de Brandt and Pliny the Elder", "de Brandt|Pliny the Elder"),
        ('Edna "Bo" Lund and "The Bay" in Rome', 'Edna " Bo " Lund|The Bay|Rome'),
        ("Tom and Ana Ruiz (Chile)", "Tom|Ana Ruiz|Chile"),
        ("no names here, van de la", ""),
    ],
)
def test_names_stand_in_segments(text: str, segments: str) -> None:
    line = read_line(text)
    found = [" ".join(t.word for t in line.tokens[start:end]) for start, end in line.segments]
    assert "|".join(found) == segments


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mayor Wins Vote In Harwick", TITLE_CASE),
        ("MAYOR WINS VOTE", CAPITALS),
        ("The mayor of Harwick wins", PLAIN),
        ("Tom Roe Met Ana Ruiz There.", PLAIN),
    ],
)
def test_a_line_has_a_kind(text: str, kind: str) -> None:
    assert read_line(text).kind == kind


SCORES = st.floats(-4, 4)
CHAINS = st.lists(st.tuples(SCORES, SCORES), min_size=1, max_size=5)
PAIRS = ("00", "01", "10", "11", "12", "20", "21", "22")


@given(CHAINS, st.tuples(*[SCORES] * 8))
def test_the_decoder_agrees_with_trying_all_labels(
    chain: list[tuple[float, float]], transitions: tuple[float, ...]
) -> None:
    way = dict(zip(PAIRS, transitions, strict=True))
    scores = {}
    for labels in itertools.product(range(3), repeat=len(chain)):
        pairs = [f"{a}{b}" for a, b in itertools.pairwise(labels)]
        if labels[0] != 2 and "02" not in pairs:
            own = sum((0.0, *chain[at])[label] for at, label in enumerate(labels))
            scores[labels] = own + sum(way[pair] for pair in pairs)
    begin, inside = [b for b, _ in chain], [i for _, i in chain]
    labels, margin = best_labels(begin, inside, Transitions(*transitions))
    assert scores[tuple(labels)] == pytest.approx(max(scores.values()))
    assert margin == pytest.approx(max(scores.values()) - scores[(0,) * len(chain)])
    total = sum(map(exp, scores.values()))
    odds = ([*map(exp, begin)], [*map(exp, inside)])
    likely = likelihoods(*odds, Transitions(*map(exp, transitions)))
    for at, found in enumerate(likely):
        named = sum(exp(score) for labels, score in scores.items() if labels[at])
        assert found == pytest.approx(named / total)


@given(CHAINS, st.tuples(*[SCORES] * 8))
def test_a_segment_below_the_least_scores_has_no_name(
    chain: list[tuple[float, float]], transitions: tuple[float, ...]
) -> None:
    way = Transitions(*transitions)
    begin, inside = least_scores(way)
    below = [(begin - abs(b) - 0.01, inside - abs(i) - 0.01) for b, i in chain]
    labels, _ = best_labels([b for b, _ in below], [i for _, i in below], way)
    assert not any(labels)


def test_evidence_is_what_stands_elsewhere() -> None:
    likely = [0.9, 0.95, 0.8, 0.1]
    roles = [*roles_of(likely[:2]), *roles_alone([0.8, 0.1])]
    assert roles == [FIRST, LAST, ALONE, NONE]
    found = document_evidence(["ana", "ruiz", "ruiz", "rome"], likely, roles)
    first, last, alone, other = itertools.starmap(Evidence, found)
    assert first.others == other.others == 0
    assert (alone.others, alone.ends, alone.alone) == (1, 1, 0)
    assert (last.others, last.ends, last.alone) == (1, 0, 1)
    assert roles_of([0.1, 0.2]) == [OUTSIDE, OUTSIDE]


def test_weights_are_read_as_they_were_written() -> None:
    own, near, pair = [1.5, -0.25, 0.0, 2.0], [0.0, 0.0, -1.0, -0.5], [-3.0, 0.0, 0.5, 0.0]
    table = {"wana": own, "-1wana": near, "2wana": own, "1nuiz": near, "<é|x": pair}
    way = (Transitions(*map(float, range(8))), Transitions(*[0.5] * 8))
    weights = read_weights(write_weights(table, way, {"license": "CC BY-SA 4.0"}))
    assert weights.transitions == way
    assert {
        f"{place or ''}{text}": scores
        for text, row in weights.features.items()
        for place, number in zip(AROUND, apart(row), strict=True)
        if any(scores := [(field[0] - HALF) / SCALE for field in fields([number])])
    } == table


@given(st.lists(st.lists(st.integers(-8000, 8000), min_size=4, max_size=4), max_size=4))
def test_sums_of_packed_scores_are_the_sums_of_scores(scores: list[list[int]]) -> None:
    sums = fields([MIDDLE + sum(map(pack, scores))])
    for at, (found,) in enumerate(sums):
        assert found - HALF == sum(own[at] for own in scores)


@cache
def shipped_features() -> dict[str, int]:
    """Return for each feature with its place its packed scores, and `MIDDLE`."""
    return {
        f"{place or ''}{text}": number
        for text, row in shipped_tagger().sums.weights.items()
        for place, number in zip(AROUND, apart(row), strict=True)
    }


PRINTED = ["Mayor", "Ana", "ruiz", "van", "al-Sabah", "Ruiz-Lund", "the", "The", "said", ",", "’s"]


@given(st.lists(st.one_of(st.sampled_from(PRINTED), st.text(max_size=6)), max_size=12))
def test_what_is_kept_of_words_adds_up_to_all_features_of_a_token(words: list[str]) -> None:
    lines = [read_line(" ".join(words)), read_line("“Ana Ruiz and Bo Lund,” the mayor said.")]
    lower, weights = lower_words(lines), shipped_features()
    sums = [
        sum(weights.get(own, MIDDLE) - MIDDLE for own in token_features(line, segment, at, lower))
        for line in lines
        for segment in line.segments
        for at in range(*segment)
    ]
    assert [own - MIDDLE for own in shipped_tagger().read(lines).sums] == sums


# How often a token has a feature of a template at the most, where it is more than once.
OFTEN = {"h": 4, "l": 5, "-1l": 5, "1l": 5, "-2l": 5, "2l": 5, "Fk": 2}


def template(text: str) -> str:
    """Return which of the texts in `index.people.features` a feature was made by."""
    for pattern in (r"-?[12][a-z]", "F[skl]", "[wshlc1<>]"):
        if match := re.match(pattern, text):
            return match[0]
    if text[0] in "eb":
        return f"{text[0]}{len(text)}"
    if text[0] in "FE":
        return re.sub(r"[0-9]+", lambda digits: str(len(digits[0])), text.replace("F", "", 1))
    return "triple" + "".join(sign for sign in "<>" if sign in text)


def test_no_sum_of_the_shipped_weights_outgrows_its_place() -> None:
    """What a token adds up to at the most: of each template the features that weigh most."""
    weights = shipped_features()
    for field, scores in enumerate(fields([*weights.values()])):
        for sign in (1, -1):
            by_template: dict[str, list[int]] = {}
            for text, score in zip(weights, scores, strict=True):
                own = sign * (score - HALF)
                by_template.setdefault(template(text), []).append(max(own, 0))
            most = (sorted(own)[-OFTEN.get(name, 1) :] for name, own in by_template.items())
            assert sum(map(sum, most)) < HALF, (field, sign)


def test_a_word_is_in_the_classes_of_the_lists() -> None:
    assert {*word_classes("mary")} >= {"G"}
    assert {*word_classes("smith")} >= {"S"}
    assert {*word_classes("paris")} >= {"P"}
    assert word_classes("quellick") == word_classes("mar:") == word_classes("") == ""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("But it rained. He left.", ""),
        ("May said so. Will left.", "May|Will"),
        ("But Ruiz stayed.", "But Ruiz"),
    ],
)
def test_a_word_that_names_nobody_is_no_segment(text: str, names: str) -> None:
    line = read_line(text)
    found = [" ".join(t.word for t in line.tokens[start:end]) for start, end in line.segments]
    assert "|".join(found) == names


def test_blanks_at_the_end_take_no_square_time() -> None:
    assert cut("Ana" + " " * 2_000_000) == ["Ana"]


def test_the_shipped_weights_say_what_may_be_done_with_them() -> None:
    from importlib.resources import files

    header = files("index.people").joinpath("weights.bin").read_bytes().partition(b"\n")[0]
    about = json.loads(header)
    assert about["license"] == "CC BY-SA 4.0"
    assert "WikiGold" in about["trained_on"]


def test_a_name_has_a_confidence() -> None:
    (found,) = shipped_tagger().find([read_line("Mayor Ana Ruiz said so.")])
    assert (found.start, found.end) == (3, 5)
    assert 0.5 < found.confidence < 1


def test_the_model_and_the_lists_are_small() -> None:
    from importlib.resources import files

    folder = files("index.people")
    names = ("weights.bin", "lists.txt", "words.txt")
    assert sum(len(folder.joinpath(name).read_bytes()) for name in names) <= 2_000_000
