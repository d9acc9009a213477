import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.model import PARAGRAPH_BREAK, Article
from index.people import find_people, with_people

CASES = [
    pytest.param(
        ["Mayor Ana Ruiz said help was near. Ruiz thanked all."],
        ["Ana Ruiz"],
        id="surname-resolved",
    ),
    pytest.param(
        ["Japanese Prime Minister Haruko Mizuhara met Peter Lund in Tokyo."],
        ["Haruko Mizuhara", "Peter Lund"],
        id="titles-and-nationalities-dropped",
    ),
    pytest.param(
        ["Zorvan Quellick, 47, was arrested on Friday."], ["Zorvan Quellick"], id="age-is-evidence"
    ),
    pytest.param(
        ["The flood was worst there, said Zorvan Quellick, a spokesman for the port."],
        ["Zorvan Quellick"],
        id="role-behind-is-evidence",
    ),
    pytest.param(
        ["It was Clara van der Molen and Yusuf al-Harbi who won."],
        ["Clara van der Molen", "Yusuf al-Harbi"],
        id="particles",
    ),
    pytest.param(
        ["Thomas J. Redfern Jr. and his friend Mary O'Hara sang."],
        ["Thomas J. Redfern Jr.", "Mary O'Hara"],
        id="initials-and-suffixes",
    ),
    pytest.param(
        ["Tom and Linda Ashgrove gave it away."], ["Tom Ashgrove", "Linda Ashgrove"], id="couple"
    ),
    pytest.param(["“We won,” Lena Dorfler’s coach said."], ["Lena Dorfler"], id="possessive"),
    pytest.param(
        ["Then Pope Anselm II spoke to Sister Ondine Varga."],
        ["Pope Anselm II", "Ondine Varga"],
        id="regnal",
    ),
    pytest.param(["They met President Quellick on Monday."], ["Quellick"], id="single-with-title"),
    pytest.param(
        ["Mr. Quellick met Zorvan Quellick, 47, again."],
        ["Zorvan Quellick"],
        id="single-has-full-name",
    ),
    pytest.param(
        ["Quellick rose by two percent, and Brindlow too."], [], id="single-without-title"
    ),
    pytest.param(
        ["Goldman Sachs said so in Washington; Morgan Stanley did not."], [], id="firms-of-people"
    ),
    pytest.param(
        ["The Linda Ashgrove Foundation, Redfern University and Redfern Ltd agreed."],
        [],
        id="things",
    ),
    pytest.param(
        ["In the Indo-Pacific, New York and the United States on Monday."], [], id="places"
    ),
    pytest.param(
        ["Oversight Hearings were held. The oversight hearings end today."], [], id="plain-words"
    ),
    pytest.param(
        ["By Jane Roe", "A dam broke.", "(Reporting by Tom Ashgrove; editing by Linda Ashgrove)"],
        [],
        id="bylines-and-credits",
    ),
    pytest.param(
        ["Le président Émile Garnot a dit oui, selon la ministre Zaphire Quellec."],
        ["Émile Garnot", "Zaphire Quellec"],
        id="french",
    ),
    pytest.param(
        ["El alcalde Zorvan Quellado dijo que la ministra Lucía Arrieta viaja."],
        ["Zorvan Quellado", "Lucía Arrieta"],
        id="spanish",
    ),
    pytest.param(
        ["Der Finanzminister Zorvan Quellick und die Stadt Hohe Warte streiten. Das ist neu."],
        ["Zorvan Quellick"],
        id="german",
    ),
]


@pytest.mark.parametrize(("paragraphs", "people"), CASES)
def test_persons_are_found_and_nothing_else(paragraphs: list[str], people: list[str]) -> None:
    assert find_people("News of the day", paragraphs) == tuple(people)


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


@pytest.mark.parametrize("title", ["LINDA ASHGROVE WINS VOTE", "Linda Ashgrove Wins City Vote"])
def test_headlines_name_nobody_new_but_count(title: str) -> None:
    assert find_people(title, ["Nobody is named here."]) == ()
    text = ["Tom Redfern lost. Redfern left.", "Then Linda Ashgrove came."]
    assert find_people(title, text)[0] == "Linda Ashgrove"


def test_the_form_without_capitals_is_shown() -> None:
    text = ["LINDA ASHGROVE WON THE VOTE", "Linda Ashgrove won."]
    assert find_people("Vote", text) == ("Linda Ashgrove",)


def test_known_persons_stay_where_the_text_has_them() -> None:
    text = ["Peter Lund met 高市早苗 and Brindlow."]
    known = ["高市早苗", "Ivo Brindlow", "Jane Roe"]
    assert set(find_people("Talks", text, known=known)) == {
        "Peter Lund",
        "高市早苗",
        "Ivo Brindlow",
    }


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
        "A" * 10**6,
        "Jane Roe " * 10**5,
        "JANE ROE " * 10**5,
        "\ud800\0" * 10**5,
        'A "B" ' * 10**5,
        "By " * 10**5,
    ],
)
def test_odd_texts_end_without_an_error(text: str) -> None:
    assert isinstance(find_people(text, [text], known=[text], authors=[text]), tuple)


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
    for name in set(people) - set(known):
        assert set(name.split()) & set(text.replace("'", " ").split()) or name in text
