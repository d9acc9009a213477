"""What users may write in a query, what it means, and what they are told when it means nothing."""

from __future__ import annotations

from typing import Any

import pytest

from index.schema import make_schema
from searcher.errors import QuerySyntaxError
from searcher.query import name_filter, parse_query
from searcher.tree import (
    And,
    FuzzyTerm,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    Wildcard,
)


def text(*stems: str) -> Query:
    """Return what the stems in a row mean without a field: in the title or in the body."""
    return Term("text", stems[0]) if len(stems) == 1 else Phrase("text", list(stems))


A, B, C = text("flood"), text("storm"), text("rain")


def either(*words: str) -> Query:
    """Return what words joined by OR mean."""
    return Or([text(word) for word in words])


def fails(query: str) -> QuerySyntaxError:
    with pytest.raises(QuerySyntaxError) as caught:
        parse_query(query)
    assert caught.value.query == query
    return caught.value


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("flood", A),
        ("  Flooded\t", A),
        ("flood storm", And([A, B])),
        ("flood AND storm rain", And([A, B, C])),
        ("+flood +storm", And([A, B])),
        ("flood OR storm", either("flood", "storm")),
        ("flood|storm || rain", either("flood", "storm", "rain")),
        ("flood storm OR rain", Or([And([A, B]), C])),
        ("flood (storm OR rain)", And([A, either("storm", "rain")])),
        ("(flood (storm (rain)))", And([A, B, C])),
        ("flood NOT storm", And([A, Not(B)])),
        ("flood AND NOT storm", And([A, Not(B)])),
        ("flood ANDNOT storm", And([A, Not(B)])),
        ("flood -storm", And([A, Not(B)])),
        ("-flood", Not(A)),
        ("NOT NOT flood", A),
        ("NOT -flood", A),
        ("--flood", A),
        ("---flood", Not(A)),
        ("+-flood", Not(A)),
        ("NOT (NOT (flood))", A),
        ("-(flood storm) rain", And([Not(And([A, B])), C])),
        ("flood OR -storm", Or([A, Not(B)])),
        ("flood(storm)rain", And([A, B, C])),
        ("and or not to", And([text("and"), text("or"), text("not"), text("to")])),
    ],
)
def test_operators(query: str, tree: Query) -> None:
    assert parse_query(query) == tree


@pytest.mark.parametrize(
    ("query", "stems"),
    [
        ('"flood storm"', ("flood", "storm")),
        ("“flood storm”", ("flood", "storm")),
        ("„flood storm“", ("flood", "storm")),
        ("”flood storm”", ("flood", "storm")),
        ("«flood storm»", ("flood", "storm")),
        ("»flood storm«", ("flood", "storm")),
        ("‹flood storm›", ("flood", "storm")),
        ('"he said “flood” storm"', ("he", "said", "flood", "storm")),
        ('"floods"', ("flood",)),
        ('"NOT (flood) title:storm?"', ("not", "flood", "titl", "storm")),
        ('"a f*** storm"', ("a", "f", "storm")),
        ("Zoë's", ("zoe",)),
        ("'flood'", ("flood",)),
        ("l'eau", ("l", "eau")),
        ("don’t", ("don", "t")),
        ("AT&T", ("at", "t")),
        ("covid-19", ("covid", "19")),
        ("well-known", ("well", "known")),
        ("日本語", ("日本", "本語")),
        ("10:30", ("10", "30")),
        ("C++", ("c",)),
        ("ftp://files.example", ("ftp", "file", "exampl")),
        ("why?", ("whi",)),
        ("[Flood]", ("flood",)),
        ("flood:", ("flood",)),
        ("~50", ("50",)),
    ],
)
def test_several_tokens_are_searched_in_a_row(query: str, stems: tuple[str, ...]) -> None:
    assert parse_query(query) == text(*stems)


def test_a_sign_behind_a_quotation_mark_is_a_hyphen() -> None:
    assert parse_query('"flood"-storm') == And([A, B])


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("title:Floods", Term("title", "flood")),
        ("TITLE:floods", Term("title", "flood")),
        ('body:"flood storm"', Phrase("body", ["flood", "storm"])),
        ("body:covid-19", Phrase("body", ["covid", "19"])),
        ("title:flood storm", And([Term("title", "flood"), B])),
        ("title:(flood -storm)", And([Term("title", "flood"), Not(Term("title", "storm"))])),
        ("-title:flood", Not(Term("title", "flood"))),
        ("people:Roes", Term("people", "roes")),
        ("person:roe-doe", Phrase("people", ["roe", "doe"])),
        ('people:"Jane  Roë"', Term("people_exact", "jane roe")),
        ('people:"Roe"', Term("people_exact", "roe")),
        ("people:(roe OR doe)", Or([Term("people", "roe"), Term("people", "doe")])),
        ("author:roe", Term("authors", "roe")),
        ("authors:ro*", Prefix("authors", "ro")),
        ('source:"Harbour News"', Term("source_exact", "harbour news")),
        ("section:Sports", Term("section", "sports")),
        ("language:EN", Term("language", "en")),
        ("story:5C1b09a7d2ee", Term("story", "5c1b09a7d2ee")),
        ("lang:pt-BR", Term("language", "pt")),
        ("lang:(en OR de)", Or([Term("language", "en"), Term("language", "de")])),
        ("url:harbour", Term("url", "harbour")),
        ("url:harbour.example/news?id=1", Phrase("url", ["harbour", "example", "news", "id", "1"])),
        ('url:"harbour.example"', Phrase("url", ["harbour", "example"])),
        ("url:http://harbour.example", Phrase("url", ["harbour", "example"])),
        ("url:harb*", Prefix("url", "harb")),
        ("https://harbour.example/a", Phrase("url", ["harbour", "example", "a"])),
        ("title:re:flood", Phrase("title", ["re", "flood"])),
        ("intitle:flood", Term("title", "flood")),
        ("site:harbour.example", Phrase("url", ["harbour", "example"])),
        ("inurl:harbour", Term("url", "harbour")),
    ],
)
def test_fields(query: str, tree: Query) -> None:
    assert parse_query(query) == tree


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("Élect*", Prefix("words", "elect")),
        ("title:floods*", Prefix("title_words", "floods")),
        ("日", Prefix("text", "日")),
        ("日*", Prefix("text", "日")),
        ("日本語*", text("日本", "本語")),
        ("people:李", Prefix("people", "李")),
        ("-elect*", Not(Prefix("words", "elect"))),
    ],
)
def test_prefixes(query: str, tree: Query) -> None:
    assert parse_query(query) == tree


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("flood**", Prefix("words", "flood")),
        ("elect*?", Prefix("words", "elect")),
        ("*ING", Wildcard("words", "*ing")),
        ("fl*d", Wildcard("words", "fl*d")),
        ("*flood*", Wildcard("words", "*flood*")),
        ("fl?od", Wildcard("words", "fl?od")),
        ("?lood?", Wildcard("words", "?lood")),
        ("flo*d?", Wildcard("words", "flo*d")),
        ("a*b*c*d*", Wildcard("words", "a*b*c*d*")),
        ("Stra?en*", Wildcard("words", "stra?en*")),
        ("é*ß", Wildcard("words", "e*ss")),
        ("title:fl*d", Wildcard("title_words", "fl*d")),
        ("people:R?e", Wildcard("people", "r?e")),
        ("url:harb*r", Wildcard("url", "harb*r")),
        ("*東京*", text("東京")),
        ("what?!", text("what")),
        ("*2026", Wildcard("words", "*2026")),
        ("-fl?od", Not(Wildcard("words", "fl?od"))),
    ],
)
def test_patterns(query: str, tree: Query) -> None:
    assert parse_query(query) == tree


def fuzzy(field: str, word: str, edits: int) -> Query:
    return FuzzyTerm(field, word, maxdist=edits, prefixlength=0)


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("Elison~", fuzzy("words", "elison", 1)),
        ("elison~2", fuzzy("words", "elison", 2)),
        ("title:elison~1", fuzzy("title_words", "elison", 1)),
        ("people:elison~1", fuzzy("people", "elison", 1)),
        ("people:(roe~ OR doe)", Or([fuzzy("people", "roe", 1), Term("people", "doe")])),
        ('"flood storm"~5', Phrase("text", ["flood", "storm"], slop=6)),
        ('"flood storm"~0', text("flood", "storm")),
        ('people:"Roe Doe"~2', Phrase("people", ["roe", "doe"], slop=3)),
        ('"flood"~5', A),
        ("flood^2", Term("text", "flood", boost=2.0)),
        ("flood^.5", Term("text", "flood", boost=0.5)),
        ("flood^0", Term("text", "flood", boost=0.0)),
        ("2026^2", Term("text", "2026", boost=2.0)),
        ('"flood storm"^3', Phrase("text", ["flood", "storm"], boost=3.0)),
        ('"flood storm"~1^3', Phrase("text", ["flood", "storm"], slop=2, boost=3.0)),
        ("elect*^2", Prefix("words", "elect", boost=2.0)),
        ('people:"Jane Roe"^2', Term("people_exact", "jane roe", boost=2.0)),
        ("(flood storm)^2 rain", And([And([A, B], boost=2.0), C])),
        ("((flood^2))^3", Term("text", "flood", boost=6.0)),
        ("(flood OR storm)^2 OR rain", Or([Or([A, B], boost=2.0), C])),
        ("-flood^2", Not(Term("text", "flood", boost=2.0))),
        ("(-flood)^2", Not(A)),
        ("https://x.example/~5", Phrase("url", ["x", "example", "5"])),
    ],
)
def test_tails_say_how_close_and_how_much(query: str, tree: Query) -> None:
    assert parse_query(query) == tree


def near(left: Query, right: Query, between: int = 10) -> Query:
    return Near(left, right, slop=between + 1)


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("flood NEAR storm", near(A, B)),
        ("flood NEAR/3 storm", near(A, B, 3)),
        ("flood W/3 storm", near(A, B, 3)),
        ("flood AROUND(3) storm", near(A, B, 3)),
        ("(flood OR storm) NEAR/0 rain", near(either("flood", "storm"), C, 0)),
        ('"flood storm" NEAR rain', near(text("flood", "storm"), C)),
        ("flood NEAR storm NEAR/2 rain", And([near(A, B), near(B, C, 2)])),
        ("rain flood NEAR storm OR rain", Or([And([C, near(A, B)]), C])),
        ("title:(flood NEAR storm)", near(Term("title", "flood"), Term("title", "storm"))),
        ("people:(roe NEAR/1 doe)", near(Term("people", "roe"), Term("people", "doe"), 1)),
        ("日 NEAR 東京", near(Prefix("text", "日"), text("東京"))),
        (
            "near the w/o river",
            And([text(word) for word in ("near", "the")] + [text("w", "o"), text("river")]),
        ),
    ],
)
def test_near(query: str, tree: Query) -> None:
    assert parse_query(query) == tree


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("12,000", Or([text("12", "000"), text("12000")])),
        ("$12,000", Or([text("12", "000"), text("12000")])),
        ("12.000 flood", And([Or([text("12", "000"), text("12000")]), A])),
        ("€12000", Or([text("12000"), text("12", "000")])),
        ("1234567", Or([text("1234567"), text("1", "234", "567")])),
        ("123456", Or([text("123456"), text("123", "456")])),
        ("2026", text("2026")),
        ("１２，０００", Or([text("12", "000"), text("12000")])),
        ("￥12000", Or([text("12000"), text("12", "000")])),
        ("$5", text("5")),
        ("3.5%", text("3", "5")),
        ("source:12000", Term("source", "12000")),
    ],
)
def test_numbers_are_found_with_and_without_their_marks(query: str, tree: Query) -> None:
    assert parse_query(query) == tree


@pytest.mark.parametrize("minus", "-‐‑‒–−")
def test_a_minus_may_be_any_short_dash(minus: str) -> None:
    assert parse_query(f"flood {minus}storm") == And([A, Not(B)])
    assert parse_query(f"flood {minus}{minus}storm") == And([A, B])
    assert parse_query(f"covid{minus}19") == text("covid", "19")


@pytest.mark.parametrize("query", ["flood —storm", "flood – storm"])
def test_a_long_dash_or_one_by_itself_is_text(query: str) -> None:
    assert parse_query(query) == And([A, B])


@pytest.mark.parametrize(
    ("field", "name", "tree"),
    [
        ("people", "Jane Roe", Phrase("people", ["jane", "roe"])),
        ("people", "ROE", Term("people", "roe")),
        ("source", 'The "Harbour" News (UK)', Phrase("source", ["the", "harbour", "news", "uk"])),
        ("people", "山田", Term("people", "山田")),
        ("people", "NOT a:field*", Phrase("people", ["not", "a", "field"])),
    ],
)
def test_a_name_is_words_in_a_row(field: str, name: str, tree: Query) -> None:
    assert name_filter(field, name) == tree


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        ("Roe & Wesson", "roe wesson"),
        ("Flood – the tribune", "flood the tribune"),
        ('"Flood" / (bridge) … now', '"flood" bridge now'),
        ("\u26a0\ufe0f \U0001f30a Flood, at last", "flood at last"),
        ("Flood at last \u203c\ufe0f\U0001f633", "flood at last"),
    ],
)
def test_punctuation_behind_a_word_of_a_pasted_title_is_passed_over(
    pasted: str, words: str
) -> None:
    assert parse_query(pasted) == parse_query(words)


@pytest.mark.parametrize("name", ["", "?!", "\ud800", "roe " * 600])
def test_a_name_without_words_or_with_too_many_is_refused(name: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        name_filter("people", name)
    assert (caught.value.query, caught.value.position) == (name, 0)


@pytest.mark.parametrize(
    ("article", "phrase"),
    [
        ("豪雨で東京 flood warning", "東京 flood"),
        ("東京大学で講義", "東京大"),
        ("東京大学 2026年", "大学 2026"),
        ("the well-known AT&T case", "well known at&t"),
        ("Roe's café “Zoë”", "Roe’s Café Zoe"),
    ],
)
def test_a_phrase_finds_the_text_that_it_was_copied_from(article: str, phrase: str) -> None:
    analyzer: Any = make_schema()["title"].analyzer
    indexed = [token.text for token in analyzer(article)]
    tree = parse_query(f'title:"{phrase}"')
    assert isinstance(tree, Phrase)
    words = [*tree.words]
    assert words in [indexed[at : at + len(words)] for at in range(len(indexed))]


@pytest.mark.parametrize(
    ("query", "position", "advice"),
    [
        ("", 0, 'write words such as flood "Jane Roe"'),
        ("flood !storm", 6, "write -word"),
        (" \t\n", 3, "the query is empty"),
        ("!!!", 0, "'!!!' holds no letter and no digit"),
        ("flood - storm", 6, "leave it out"),
        ('flood "--"', 7, "leave it out"),
        ("flood \x00", 6, "'\ufffd' holds no letter"),
        ("people:“…”", 8, "leave it out"),
        ("https://", 8, "leave it out"),
        # parentheses
        ("flood (storm", 6, "this ( has no )"),
        ("(flood (storm)", 0, "this ( has no )"),
        ("flood (", 6, "this ( has no )"),
        ("flood) storm", 5, "there is no ( for this )"),
        (")", 0, "there is no ( for this )"),
        ("flood ()", 7, "there is nothing between ( and )"),
        # quotation marks
        ('flood "storm', 6, 'not closed; write another "'),
        ('"flood”', 0, 'write another "'),
        ("„flood", 0, "write another ”"),
        ("title:«flood", 6, "write another »"),
        # operators
        ("flood OR", 6, "behind 'OR'; write it as in flood OR storm"),
        ("OR flood", 0, "before 'OR'"),
        ("flood | )", 6, "behind '|'"),
        ("flood AND OR storm", 6, "behind 'AND'; write it as in flood AND storm"),
        ("AND", 0, "put it in quotation marks to search for it"),
        ("flood NOT", 6, "behind 'NOT'; write it as in flood -storm"),
        ("(flood -OR storm)", 7, "behind '-'"),
        # fields
        ("colour:red", 0, "the fields are title, body, people, source, author, url, language"),
        ("flood title:", 6, "title: has no value; write it right behind the colon"),
        ("title: flood", 0, "as in title:flood"),
        ("(person:)", 1, 'as in people:roe or people:"Jane Roe"'),
        ("date:", 0, "as in date:2026-01"),
        ("title:-flood", 0, "title: has no value"),
        ("title:people:roe", 0, "title: has no value"),
        ("title:(people:roe)", 7, "stands inside a group that is for another field"),
        ("story:flood", 6, "not the id of a story"),
        ("language:english", 9, "write one such as en, de or ja"),
        ("title:[a TO b]", 6, "as in date:[2025-11 TO 2026-01]"),
        ("[2025 TO 2026]", 0, "a range works only behind date:"),
        ("after:2025", 0, "write since:2026-01, which includes that month"),
        ("storm before:2025", 6, "write until:2026-01"),
        # patterns
        ("*", 0, "at least 2 letters or digits, as in el*, *ing or w?rd"),
        ("flood ?*?*", 6, "at least 2 letters"),
        ("e*", 1, "at least 2 letters"),
        ("?*e*", 0, "at least 2 letters"),
        ("flood.*", 0, "and not of 'flood.'"),
        ("covid-19*", 8, "'covid-19' is several; leave it out"),
        ("well-k*n", 6, "'well-k' is several"),
        ("elect*.", 6, "a pattern is of letters, digits, * and ?"),
        ("東*京", 0, "does not work inside words of a script without spaces"),
        ("東*a", 0, "does not work inside words"),
        ("elect* " * 33, 32 * 7, "at most 32 words with *, ? or ~"),
        ("elect~ " * 33, 32 * 7 + 5, "at most 32 words with *, ? or ~"),
        # tails
        ("roe~3", 3, "one or 2 letters may be wrong, as in roe~1"),
        ("roe~0", 3, "one or 2 letters may be wrong"),
        ("a~", 1, "with so few letters any word would do: 'a' needs at least 3 for ~1"),
        ("roe~2", 3, "'roe' needs at least 4 for ~2"),
        ("well-known~", 10, 'words close together are written "two words"~5'),
        ("日本~", 2, "single word of a script with spaces"),
        ("elect*~", 6, "either a * or ? or a ~"),
        ("flood~0.8", 5, "'~0.8' is not understood; a tail is written as in roe~1"),
        ("flood^", 5, "'^' is not understood"),
        ("flood^2~1", 5, "'^2~1' is not understood"),
        ("flood^1001", 5, "at most 1000 times"),
        ("flood^" + "9" * 400, 5, "is not understood"),
        ("flood~2/3", 5, "'~2/3' does not work here; write one number"),
        ('"flood storm"~', 13, "write how many other words may stand between, 0 to 99"),
        ('"flood storm"~100', 13, "0 to 99"),
        ("(flood storm)~2", 13, "not behind a group; use NEAR"),
        ("date:2026~1", 9, "a ~ works only behind words of texts and names"),
        ("date:[2025 TO 2026]~1", 19, "a ~ works only behind words"),
        ('"the * bridge"', 5, 'for other words between write "river authority"~1'),
        ('"river auth*"', 11, "a * in quotation marks stands for nothing"),
        ('people:"Jane Ro*"', 15, "a * in quotation marks"),
        ("2020..2025", 0, "as in date:2025-11..2026-01"),
        ("flood $5..$10", 6, "a range works only behind date:"),
        ("flood ANDMAYBE storm", 6, "write flood OR (flood storm)"),
        ("flood ^2", 6, "right behind its word"),
        ("/fl.*d/", 0, "regular expressions do not work here"),
        # near
        ("flood NEAR", 6, "behind 'NEAR'; write it as in flood NEAR storm"),
        ("NEAR flood", 0, "before 'NEAR'"),
        ("flood NEAR/x storm", 6, "write NEAR, or NEAR/5 for at most 5 other words"),
        ("flood NEAR/100 storm", 6, "(0 to 99)"),
        ("flood NEAR/ storm", 6, "write NEAR"),
        ("flood NEAR -storm", 6, "no patterns, weights, AND or NOT"),
        ("flood NEAR elect*", 6, "write these words, as in (flood OR storm) NEAR river"),
        ("elison~1 NEAR flood", 9, "write these words, as in"),
        ("(flood storm) NEAR rain", 14, "AND or NOT"),
        ("flood^2 NEAR rain", 8, "weights"),
        ("flood NEAR date:2026", 6, "joins nothing else"),
        ("title:flood NEAR body:rain", 12, "as in title:(flood NEAR bridge)"),
    ],
)
def test_an_unreadable_query_points_at_the_place(query: str, position: int, advice: str) -> None:
    error = fails(query)
    assert advice in str(error)
    assert error.position == position


@pytest.mark.parametrize(
    ("query", "position", "advice"),
    [
        ("(" * 51 + "flood" + ")" * 51, 50, "at most 50 deep"),
        ("title:(" * 1_000, 7, "another field"),
        ("x" * 10_000, 0, "longer than any word"),
        ("(" * 10_001, 10_000, "at most 10,000 characters, and this one 10,001"),
        ("flood " * 513, 512 * 6, "at most 512 words"),
        ("洪" * 600, 0, "at most 512 words"),
        ('"' + "flood " * 600 + '"', 1, "at most 512 words"),
        ("a*" * 4_999, 0, "at most 512 words"),
        ("*" * 10_000, 0, "at least 2 letters"),
        ("?" * 10_000, 0, "holds no letter"),
        ("a" + "~" * 9_999, 1, "is not understood"),
        ("/" + "[" * 9_998 + "/", 0, "regular expressions do not work"),
        ("flood NEAR " * 800 + "flood", 512 * 11, "at most 512 words"),
    ],
)
def test_too_much_is_refused_with_the_limit(query: str, position: int, advice: str) -> None:
    error = fails(query)
    assert advice in str(error)
    assert error.position == position


@pytest.mark.parametrize(
    "query",
    [
        "(" * 50 + "flood" + ")" * 50,
        "-" * 9_994 + "flood",
        "NOT " * 2_498 + "flood",
        "–" * 9_994 + "flood",
        " " * 9_000 + "flood",
    ],
)
def test_what_is_long_but_within_the_limits_is_answered(query: str) -> None:
    assert parse_query(query) == A


def test_as_many_words_as_the_limit_are_answered() -> None:
    assert parse_query("flood " * 512) == And([A] * 512)


def test_a_message_is_one_short_line_whatever_it_cites() -> None:
    message = str(fails("a\x1b[31m\u202eb" * 50 + ":\n" + '"' + "]" * 300 + '"'))
    assert message.isprintable()
    assert len(message) < 250
