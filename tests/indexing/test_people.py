import json
from pathlib import Path
from typing import Any, Literal
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.model import PARAGRAPH_BREAK, Article
from index.people import find_people, read_people, with_people
from index.people.plain import places_as_written, plain

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "cases" / "people" / "names.jsonl")
    .read_text("utf-8")
    .splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_persons_are_found_and_nothing_else(case: dict[str, Any]) -> None:
    title, language = case.get("title", "News of the day"), case.get("language")
    people = find_people(title, case["text"], language=language)
    assert sorted(people) == sorted(case["people"])


def test_the_seed_shape_gives_both_leaders() -> None:
    people = find_people(
        "Orrin, Japan’s PM Hold Phone Call on Ties",
        [
            "Daniel Orrin and Japanese Prime Minister Sanae Mizuhara spoke, Mizuhara said Friday.",
            'Mizuhara wrote on the platform X, describing Washington as an "important ally."',
            '"At President Orrin\'s invitation we agreed on the Indo-Pacific," she added.',
        ],
    )
    assert set(people) == {"Daniel Orrin", "Sanae Mizuhara"}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_places_are_those_of_the_text_as_it_is_given(form: Literal["NFC", "NFD"]) -> None:
    lines = [
        normalize(form, own) for own in ("Zoë’s déjà vu", "At the café, José Muñoz met Zoë Brontë.")
    ]
    people = read_people(lines[0], lines[1:])
    assert [person.name for person in people] == ["Zoë Brontë", "José Muñoz"]
    found = [
        normalize("NFC", lines[own.line][own.start : own.end])
        for person in people
        for own in person.mentions
    ]
    assert found == ["Zoë", "Zoë Brontë", "José Muñoz"]


def test_a_name_is_one_with_whatever_hyphens_and_blanks_it_is_printed() -> None:
    text = "Ana\u00a0Ruiz met Jean\u2011Luc Bar\xadrault. Jean-Luc  Barrault left."
    people = read_people("News of the day", [text])
    assert {person.name for person in people} == {"Ana Ruiz", "Jean-Luc Barrault"}
    places = [text[own.start : own.end] for person in people for own in person.mentions]
    assert places == ["Jean\u2011Luc Bar\xadrault", "Jean-Luc  Barrault", "Ana\u00a0Ruiz"]


@given(
    st.text(
        st.one_of(
            st.sampled_from("e\xad\u0301\u0328\u1100\u1161\u11a8\u09c7\u09be"), st.characters()
        )
    )
)
def test_every_composed_code_point_has_a_place(text: str) -> None:
    places = places_as_written(text)
    assert len(places) == len(plain(text)) + 1
    assert places == sorted(places)
    assert places[-1] == len(text)


def test_the_most_prominent_comes_first() -> None:
    text = ["Tom Redfern lost.", "It rained.", "Then Redfern left.", "Linda Ashgrove came."]
    assert find_people("Vote ends in tears", text) == ("Tom Redfern", "Linda Ashgrove")
    assert find_people("Ashgrove wins the vote", text)[0] == "Linda Ashgrove"


def test_known_persons_stay_where_the_text_has_them() -> None:
    text = ["Peter Lund met 高市早苗 and Brindlow."]
    known = ["高市早苗", "Ivo Brindlow", "Jane Roe"]
    assert set(find_people("Talks", text, known=known)) == {
        "Peter Lund",
        "高市早苗",
        "Ivo Brindlow",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Президент Иван Соколов met Peter Lund.",
        "Mayor А. К. Соколов met Peter Lund.",
        "Mayor Νίκος Παππάς met Peter Lund.",
        "President Արամ Սարգսյան met Peter Lund.",
    ],
)
def test_in_scripts_with_capitals_that_were_not_learnt_nobody_is_guessed(text: str) -> None:
    assert find_people("News", [text]) == ("Peter Lund",)
    (word,) = {own for own in text.split() if own in {"Соколов", "Παππάς", "Սարգսյան"}}
    assert set(find_people("News", [text], known=[word])) == {word, "Peter Lund"}


@pytest.mark.parametrize(
    ("text", "hints", "people"),
    [
        ("Mayor Brindlow said no.", ["Ivo Brindlow", "Rain"], {"Ivo Brindlow"}),
        (
            "Ada Brindlow met Peter Lund. Brindlow left.",
            ["Ivo Brindlow"],
            {"Ada Brindlow", "Peter Lund"},
        ),
        ("The Climate Change Act was signed in New York.", ["Climate Change", "New York"], set()),
        ("It rained.", ["Ivo Brindlow"], set()),
    ],
)
def test_keywords_complete_a_name_of_the_text_and_are_no_source(
    text: str, hints: list[str], people: set[str]
) -> None:
    found = read_people("News of the day", [text], hints=hints)
    assert {person.name for person in found} == people


def test_keywords_make_a_name_surer() -> None:
    text = ["We saw Weir Lock in June."]  # a place or a person
    (plain,) = read_people("News of the day", text)
    (hinted,) = read_people("News of the day", text, hints=["Weir Lock"])
    assert plain.confidence < hinted.confidence == 0.98


def test_known_persons_stay_where_the_text_has_nobody() -> None:
    assert find_people("Talks", ["They met."], known=["Jane Roe"]) == ("Jane Roe",)


def test_authors_are_left_out_unless_the_text_speaks_of_them() -> None:
    line = ["Jane Roe, Lisbon", "A dam broke.", "Jane Roe is a reporter in Lisbon."]
    assert find_people("Dam breaks", line, authors=["Jane Roe"]) == ()
    told = [*line, "The minister asked Jane Roe to leave the room."]
    assert find_people("Dam breaks", told, authors=["Jane Roe"]) == ("Jane Roe",)


def test_with_people_reads_the_article_and_keeps_the_rest() -> None:
    body = PARAGRAPH_BREAK.join(["Mayor Ana Ruiz spoke.", "Rain fell."])
    article = Article(id="a", title="Rain", body=body, location="x", people=("Jane Roe",))
    assert with_people(article).people == ("Ana Ruiz",)
    assert with_people(article).body == body


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("A" * 10**6, id="one-letter"),
        pytest.param("Ab" * 10**6, id="no-blanks"),
        pytest.param("Jane Roe " * 10**5, id="one-name"),
        pytest.param("JANE ROE " * 10**5, id="capitals"),
        pytest.param("\ud800\0" * 10**5, id="no-text"),
        pytest.param('A "B" ' * 10**5, id="quotes"),
        pytest.param("By " * 10**5, id="by"),
        pytest.param(" ".join(f"N{chr(97 + at % 26)}{at}x" for at in range(10_000)), id="digits"),
        pytest.param(" ".join(map(chr, range(0x21, 0x3000))), id="all-scripts"),
        pytest.param("Ana \U0001f600 Ruiz\U0001f600 " * 10**4, id="emoji"),
        pytest.param("Анна Иванова met 田中 and Ana " * 10**4, id="mixed"),
        pytest.param("van der de la " * 10**5, id="particles"),
        pytest.param("Ana and " * 10**5, id="couples"),
        pytest.param("The mayor of Harwick met Ana Ruiz. " * 300_000, id="ten-megabytes"),
    ],
)
def test_odd_texts_end_without_an_error_or_a_monster(text: str) -> None:
    assert isinstance(read_people(text, [text], known=[text[:100], text], authors=[text]), list)
    for name in find_people("News", [text]):
        assert len(name.split()) <= 9
        assert len(name) <= 300


def test_ten_thousand_capitalised_words_are_not_ten_thousand_people() -> None:
    words = [
        f"{a}{b}{c}{d}" for a in "BDKLMN" for b in "aeiou" for c in "bdfglmnprst" for d in "aeo"
    ]
    text = " ".join((words * 11)[:10_000])
    assert len(find_people("", [text])) < len(words)


NAMES = st.sampled_from(["Linda Ashgrove", "Peter Lund", "Clara van der Molen", "Mr. Quellick"])
PIECES = st.one_of(
    NAMES, st.text(max_size=12), st.sampled_from([" said ", ", 47,", " and ", "'s "])
)


def test_what_has_no_letter_is_nobody() -> None:
    assert find_people("", ["It rained."], known=["\x1b\x85", "—", "Ana Ruiz"]) == ("Ana Ruiz",)


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=12), st.lists(st.text(max_size=20), max_size=3))
def test_every_name_comes_once_and_from_the_text_or_the_metadata(
    pieces: list[str], known: list[str]
) -> None:
    text = "".join(pieces)
    people = find_people("", [text], known=known)
    assert len(set(people)) == len(people)
    for name in set(people) - {" ".join(own.split()) for own in known} - set(known):
        assert set(name.split()) & set(text.replace("'", " ").split()) or name in text
