"""What users may write in a query, what it means, and what they are told when it means nothing."""

from __future__ import annotations

from typing import Any

import pytest
from whoosh.query import And, Not, Or, Phrase, Prefix, Query, Term

from index.schema import make_schema
from searcher.errors import QuerySyntaxError
from searcher.query import name_filter, parse_query


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
        ('"he said “flood” storm"', ("he", "said", "flood", "storm")),
        ('"floods"', ("flood",)),
        ('"NOT (flood) title:storm*"', ("not", "flood", "titl", "storm")),
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
    words = parse_query(f'title:"{phrase}"').words
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
        # what other systems have
        ("*", 0, "only at the end of a word, as in elect*"),
        ("fl*d", 2, "only at the end of a word"),
        ("flood**", 5, "only at the end of a word"),
        ("flood.*", 6, "right behind a letter or digit"),
        ("e*", 1, "at least 2 characters"),
        ("covid-19*", 8, "'covid-19' is several; leave it out"),
        ("fl?od", 2, "a ? stands for no letter here; use elect*"),
        ("flood~", 5, "'~' does not work here"),
        ("flood^2.5", 5, "'^2.5' does not work here"),
        ('"flood storm"~5', 13, "'~5' does not work here"),
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
