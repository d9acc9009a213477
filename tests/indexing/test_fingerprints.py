"""Two texts that share a passage share its fingerprints, whatever the script and the spelling."""

from __future__ import annotations

import random
import unicodedata

import numpy as np
import pytest

from index.stories import fingerprints
from index.stories.fingerprints import EVERYTHING, LEAST, MOST, SAMPLED_BELOW, sketch

LATIN = "abcdefghijklmnopqrstuvwxyz"
SCRIPTS = {
    "latin": LATIN,
    "cyrillic": "абвгдежзийклмнопрстуфхцчшщыэюя",
    "japanese": "".join(chr(code) for code in (*range(0x3042, 0x3090), *range(0x4E00, 0x4F00))),
    "chinese": "".join(chr(code) for code in range(0x4E00, 0x5200)),
    "thai": "".join(chr(code) for code in range(0x0E01, 0x0E2F)),
    "korean": "".join(chr(code) for code in range(0xAC00, 0xB000)),
}


def text_of(letters: str, seed: int, characters: int) -> str:
    return "".join(random.Random(seed).choices(letters, k=characters))  # noqa: S311


def words(seed: int, count: int) -> str:
    drawn = random.Random(seed)  # noqa: S311
    return " ".join("".join(drawn.choices(LATIN, k=drawn.randint(2, 9))) for _ in range(count))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Flood closed THE bridge at Northmoor", "the flood closed the bridge, at Northmoor!"),
        (
            "“It is over,” said the mayor’s aide — twice",
            '"It is over," said the mayors aide - twice',
        ),
        ("La Señora Núñez llegó a Cádiz el lunes", "La Senora Nunez llego a Cadiz el lunes"),
        ("Straße nach Łódź gesperrt seit Montag", "STRASSE NACH ŁÓDŹ GESPERRT SEIT MONTAG"),
        ("市長は「橋を閉鎖する」と述べた。雨は続く", "市長は橋を閉鎖すると述べた 雨は続く"),
        ("２０２６年に新しい橋を建設する予定である", "2026年に新しい橋を建設する予定である"),
    ],
)
def test_spelling_does_not_count(one: str, other: str) -> None:
    assert sketch(one).hashes.tolist() == sketch(other).hashes.tolist()


def test_composed_and_decomposed_accents_are_one() -> None:
    text = "Élodie Gauthier reçoit à Orléans les élèves du collège " * 3
    decomposed = unicodedata.normalize("NFD", text)
    assert sketch(text).hashes.tolist() == sketch(decomposed).hashes.tolist()


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_passage_is_found_in_another_text(script: str) -> None:
    passage = text_of(SCRIPTS[script], 1, 900)
    one = sketch(text_of(SCRIPTS[script], 2, 500) + passage)
    other = sketch(passage + text_of(SCRIPTS[script], 3, 700))
    unrelated = sketch(text_of(SCRIPTS[script], 4, 1600))
    cutoff = min(one.cutoff, other.cutoff)
    comparable = np.count_nonzero(one.hashes < cutoff)
    shared = len(np.intersect1d(one.hashes, other.hashes))
    assert shared > 0.4 * comparable
    assert len(np.intersect1d(one.hashes, unrelated.hashes)) == 0


@pytest.mark.parametrize("count", [0, 1, 3, 20, 100, 400, 2_000, 8_000])
def test_every_gram_below_the_cutoff_is_kept(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    text = words(count, count)
    made = sketch(text)
    grams = {hash_ for part in fingerprints._hashed(_letters(text)) for hash_ in part.tolist()}
    assert made.hashes.tolist() == sorted(hash_ for hash_ in grams if hash_ < made.cutoff)
    assert min(len(grams), LEAST) <= len(made.hashes) <= MOST
    if LEAST < len(made.hashes) < MOST:
        assert made.cutoff == SAMPLED_BELOW
    if len(grams) < LEAST:
        assert made.cutoff == EVERYTHING
    monkeypatch.setattr(fingerprints, "AT_ONCE_BYTES", 50)
    assert sketch(text).hashes.tolist() == made.hashes.tolist()


def _letters(text: str) -> bytes:
    return text.replace(" ", "").encode()


def test_the_beginning_is_marked() -> None:
    beginning, rest = words(5, 30), words(6, 400)
    made = sketch(f"{beginning} {rest}")
    assert set(made.leading.tolist()) <= set(made.hashes.tolist())
    assert set(made.leading.tolist()) <= set(sketch(beginning).hashes.tolist())


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "!?… —",
        "a",
        "\ud800",
        "0" * 100_000,
        "1 " * 50_000,
        "\u0301" * 40,
        "漢" * 70_000,
    ],
)
def test_poor_texts_have_few_fingerprints(text: str) -> None:
    assert len(sketch(text).hashes) <= LEAST


def test_ten_megabytes_have_no_more_than_a_long_article() -> None:
    made = sketch(words(7, 20_000) * 80)
    assert made.size > 8_000_000
    assert len(made.hashes) == MOST
