"""What `searcher people` lists, and what `searcher parse --spans` shows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]

ROE, LUND, OLDFIELD = "Jane Roe", "Peter Lund", "Tom Oldfield"
PAGES = {
    "a": (
        "Flood closes the bridge",
        "Mayor Jane Roe met the engineer Peter Lund at the bridge on Monday.",
        "“It will hold,” Roe said. The council met until midnight and asked for pumps.",
    ),
    "b": (
        "Flood gates stay shut",
        "The flood gates stay shut until Monday, said Mayor Jane Roe in the town hall.",
        "Teacher Tom Oldfield told the council that the roof of the school had leaked.",
    ),
    "c": (
        "Ferry runs again",
        "The ferry runs again after the flood, Mayor Jane Roe told a full town hall.",
        "Engineer Peter Lund had looked at the landing stage for most of the afternoon.",
    ),
}


@pytest.fixture
def ask(run: Run, write_page: Callable[..., Path], tmp_path: Path) -> Run:
    for name, (title, *paragraphs) in PAGES.items():
        write_page(tmp_path / "pages" / f"{name}.html", title, tuple(paragraphs))
    assert run("index", "pages").returncode == 0
    return run


def test_people_of_matches_are_listed_with_whom(ask: Run) -> None:
    done = ask("people", "flood")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "Jane Roe  3 articles, with Peter Lund (2), Tom Oldfield (1)",
        "Peter Lund  2 articles, with Jane Roe (2)",
        "Tom Oldfield  1 article, with Jane Roe (1)",
    ]
    (first, *_) = map(json.loads, ask("people", "ferry", "--json").stdout.splitlines())
    assert first["articles"] == 1
    assert {first["name"], first["companions"][0]["value"]} == {ROE, LUND}


def test_people_of_an_article_come_with_how_often_and_how_surely(ask: Run) -> None:
    found = json.loads(ask("search", "pumps", "--json").stdout)
    lines = ask("people", found["id"], "--json").stdout.splitlines()
    persons = {person["name"]: person for person in map(json.loads, lines)}
    assert persons.keys() == {ROE, LUND}
    assert (persons[ROE]["mentions"], persons[LUND]["mentions"]) == (2, 1)
    assert all(0.5 < person["confidence"] <= 1 for person in persons.values())
    refused = ask("people", found["id"], "--since", "2025")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert found["persons"] == [persons[name] for name in found["people"]]


def test_filters_narrow_and_no_words_are_about_every_article(ask: Run) -> None:
    assert ask("people", "flood", "town", "-ferry").stdout.startswith(
        "Jane Roe  1 article, with Tom"
    )
    assert len(ask("people").stdout.splitlines()) == 3
    assert ask("people", "--person", "Oldfield").stdout.splitlines()[-1].startswith("Tom Oldfield")
    assert ask("people", "flood", "--person", "Lund", "--source", "herald", "-n1").stdout == (
        "Jane Roe  2 articles, with Peter Lund (2)\n"
    )
    for nobody in (
        ["--language", "fr"],
        ["--until", "2001"],
        ["--section", "x"],
        ["--author", "x"],
    ):
        assert ask("people", "flood", *nobody).returncode == 1


def test_a_narrow_terminal_breaks_lines_between_words(
    ask: Run, run_on_terminal: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    assert ask("stats").returncode == 0
    _, text = run_on_terminal(tmp_path, "people", "flood", "-n1", "--color", "never", columns=40)
    assert text.splitlines() == [
        "Jane Roe  3 articles, with Peter",
        "    Lund (2), Tom Oldfield (1)",
    ]


def test_nobody_is_an_exit_status_of_its_own(ask: Run) -> None:
    done = ask("people", "xyzzy")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "no person is in what was looked at\n"
    assert ask("people", '"').returncode == 2


def test_spans_show_names_of_the_metadata_too(
    run: Run, write_page: Callable[..., Path], tmp_path: Path
) -> None:
    path = write_page(
        tmp_path / "page.html",
        "会談が行われた",
        ("東京で高市早苗が発言した。" * 8, "会談は続いた。" * 8),
    )
    data = {
        "@type": "NewsArticle",
        "headline": "会談が行われた",
        "mentions": [{"@type": "Person", "name": "高市早苗"}],
    }
    script = f'<script type="application/ld+json">{json.dumps(data)}</script></head>'
    path.write_text(path.read_text("utf-8").replace("</head>", script), "utf-8")
    article = json.loads(run("parse", "--json", "--spans", "page.html").stdout)
    assert article["people"] == ["高市早苗"]
    assert {span["person"] for span in article["spans"]} == {"高市早苗"}
    assert len(article["spans"]) == article["persons"][0]["mentions"] == 8


def test_spans_show_names_that_keywords_complete(
    run: Run, write_page: Callable[..., Path], tmp_path: Path
) -> None:
    path = write_page(
        tmp_path / "page.html",
        "Mayor Brindlow speaks at the harbour",
        (
            "Mayor Brindlow said on Monday that the harbour would be closed for all of the winter.",
            "The council of the town met until midnight and asked for more pumps and for sandbags.",
        ),
    )
    keywords = '<meta name="keywords" content="Ivo Brindlow, Harbour Works, flood"></head>'
    path.write_text(path.read_text("utf-8").replace("</head>", keywords), "utf-8")
    article = json.loads(run("parse", "--spans", "page.html").stdout)
    assert article["people"] == ["Ivo Brindlow"]
    assert {span["person"] for span in article["spans"]} == {"Ivo Brindlow"}


def test_family_names_alone_are_those_of_other_articles_and_marked(
    ask: Run, write_page: Callable[..., Path], tmp_path: Path
) -> None:
    write_page(
        tmp_path / "pages" / "d.html",
        "Mayor Roe opens the new library",
        (
            "Mayor Roe opened the library of the town on Friday, and a choir sang in the rain.",
            "The books had come by boat, said Roe, since the bridge was closed for most of June.",
        ),
    )
    assert ask("index", "pages").returncode == 0
    (found,) = map(json.loads, ask("search", "library", "--json").stdout.splitlines())
    assert found["people"] == [ROE]
    assert found["persons"][0]["inferred"] is True
    assert ", full name inferred" in ask("people", found["id"]).stdout
    assert f"{ROE} (inferred)" in ask("show", found["id"]).stdout
    assert len(ask("search", "--person", ROE, "--json", "--", "town").stdout.splitlines()) == 3
    assert "inferred" not in ask("people", "flood").stdout


def test_spans_show_where_the_text_names_whom(ask: Run) -> None:
    plain = json.loads(ask("parse", "pages/a.html").stdout)
    assert "spans" not in plain
    article = json.loads(ask("parse", "--spans", "pages/a.html").stdout)
    lines = [article["title"], *article["body"].split("\n\n")]
    found = [
        (span["person"], lines[span["paragraph"]][span["start"] : span["end"]])
        for span in article["spans"]
    ]
    assert found == [(ROE, ROE), (LUND, LUND), (ROE, "Roe")]
