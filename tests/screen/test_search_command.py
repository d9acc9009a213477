"""What `searcher search` prints and how it ends."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

from index.record import RECORD_KEYS

Run = Callable[..., CompletedProcess[str]]


def titles(done: CompletedProcess[str]) -> list[str]:
    return [json.loads(line)["title"][:7] for line in done.stdout.splitlines()]


def cells(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def test_a_hit_shows_what_who_when_and_where(ask: Run) -> None:
    done = ask("search", "bridge", "ferry")
    assert done.returncode == 0
    assert done.stderr == ""
    shown = done.stdout
    assert shown.startswith(" 1. Flood closes the **bridge** of Northmoor\n")
    for fact in (
        "2025-06-03 | Northmoor Herald",
        "Jane Roe",
        "Until Monday the **ferry** carries",
        "https://northmoor-herald.example/bridge",
        "+1 copy: east-echo.example",
    ):
        assert fact in shown
    assert "1 article matches in " in shown.splitlines()[-1]


def test_the_last_line_says_which_of_how_many(ask: Run) -> None:
    done = ask("search", "flood", "--limit", "1", "--offset", "1")
    assert done.stdout.startswith(" 2. ")
    assert "2 articles match (number 2 shown) in " in done.stdout


@pytest.mark.parametrize("columns", [20, 60, 300])
@pytest.mark.parametrize("query", ["flood OR council", "洪水 OR 橋"])
def test_lines_fit_the_terminal_and_are_never_too_long_to_read(
    ask: Run, columns: int, query: str
) -> None:
    lines = ask("search", query, COLUMNS=str(columns)).stdout.splitlines()
    wrapped = [line for line in lines[:-1] if "://" not in line]
    assert wrapped
    assert max(map(cells, wrapped)) <= min(columns, 100)


def test_text_of_a_page_is_not_obeyed_as_markup(ask: Run) -> None:
    shown = ask("search", "school").stdout
    assert "[red]new **school**[/red]" in shown


def test_nothing_found_leaves_stdout_empty(ask: Run) -> None:
    done = ask("search", "bridge", "zeppelin", "--all-words")
    assert (done.returncode, done.stdout) == (1, "")
    assert "no article matches" in done.stderr
    assert "OR" in done.stderr
    assert ask("search", "zeppelin", "--json").stdout == ""


def test_what_may_have_been_meant_is_said_on_stderr(ask: Run) -> None:
    done = ask("search", "brigde")
    assert (done.returncode, done.stdout) == (1, "")
    assert "did you mean bridge? (no article has brigde)\n" in done.stderr
    done = ask("search", "brigde OR school")
    assert done.stdout.startswith(" 1. Harwick")
    assert done.stderr == "did you mean bridge? (no article has brigde)\n"
    done = ask("search", "brigde OR school", "--json")
    assert len(done.stdout.splitlines()) == 1
    (told,) = json.loads(done.stderr)["suggestions"]
    assert told == {
        "word": "brigde",
        "position": 0,
        "articles": 0,
        "instead": [{"value": "bridge", "articles": 1}],
    }


def test_the_help_for_queries_needs_no_words_and_no_archive(run: Run) -> None:
    done = run("search", "--help-query")
    assert (done.returncode, done.stderr) == (0, "")
    assert "river NEAR/2 authority" in done.stdout


def test_words_that_are_nowhere_together_find_some_of_them_and_say_so(ask: Run) -> None:
    done = ask("search", "bridge", "zeppelin")
    assert done.returncode == 0
    assert done.stdout.startswith("few or no articles have all these words")
    assert "**bridge**" in done.stdout
    told = ask("search", "bridge", "zeppelin", "--json").stdout.splitlines()
    assert all(json.loads(line)["relaxed"] for line in told)
    table = ask("search", "bridge", "zeppelin", "--csv")
    assert "few or no articles have all these words" in table.stderr


def test_a_pasted_text_that_is_no_query_says_why_in_json_too(ask: Run) -> None:
    pasted = "the flood (which closed the bridge of the town for a night"
    told = ask("search", pasted, "--json").stdout.splitlines()
    assert told
    assert all("this ( has no )" in json.loads(line)["read_as_words"] for line in told)


def test_articles_with_some_of_the_words_come_behind_a_line(ask: Run) -> None:
    shown = ask("search", "flood", "ferry").stdout
    before, _, behind = shown.partition("those below have only some of these words, the best first")
    assert "Flood" in before
    assert re.search(r"\bid [0-9a-f]{12}", behind)
    assert "1 article matches, 1 more has some of the words" in behind
    told = [
        json.loads(line) for line in ask("search", "flood", "ferry", "--json").stdout.splitlines()
    ]
    assert [one["relaxed"] for one in told] == sorted(one["relaxed"] for one in told)
    assert told[-1]["relaxed"]
    rows = ask("search", "flood", "ferry", "--csv").stdout.splitlines()
    assert ",relaxed," in rows[0]
    ids = ask("search", "flood", "ferry", "--ids").stdout.split()
    assert ids == [one["id"] for one in told if not one["relaxed"]]
    strict = ask("search", "flood", "ferry", "--all-words").stdout
    assert "those below" not in strict
    assert "some of the words" not in strict


@pytest.mark.parametrize("columns", ["40", "100"])
def test_explain_adds_up_to_the_score(ask: Run, columns: str) -> None:
    shown = ask("search", "flood bridge", "--explain", COLUMNS=columns).stdout
    (score, *_) = re.findall(r"score ([0-9.]+)", shown)
    first = shown.partition("score ")[2].partition("\n\n")[0]
    parts = [float(part) for part in re.findall(r"\+ ([0-9.]+) ", first)]
    assert len(parts) >= 2
    assert sum(parts) == pytest.approx(float(score), abs=0.005)
    (record, *_) = ask("search", "flood bridge", "--explain", "--json").stdout.splitlines()
    hit = json.loads(record)
    assert sum(part["score"] for part in hit["explanation"]) == pytest.approx(hit["score"])


def test_articles_of_about_a_day_are_lifted(ask: Run) -> None:
    plain = ask("search", "bridge", "--json").stdout.splitlines()
    lifted = ask("search", "bridge", "--around", "2025-06-03", "--json").stdout.splitlines()
    scores = {json.loads(line)["id"]: json.loads(line)["score"] for line in plain}
    day = next(json.loads(line) for line in lifted if _day_of(line) == "2025-06-03")
    assert day["score"] == pytest.approx(2 * scores[day["id"]])
    assert ask("search", "bridge", "--around", "soon").returncode == 2
    assert ask("search", "bridge", "--around", "2025", "--recent").returncode == 2


def _day_of(line: str) -> str:
    return str(json.loads(line)["published"])[:10]


def test_json_is_an_article_a_line_with_rank_score_and_snippets(ask: Run) -> None:
    done = ask("search", "flood", "--json")
    hits = [json.loads(line) for line in done.stdout.splitlines()]
    assert [hit["rank"] for hit in hits] == [1, 2]
    counted = ("others", "other_count", "copy_count")
    said = ("rank", "score", "snippets", *counted, "relaxed", "read_as_words")
    assert list(hits[0]) == [*RECORD_KEYS, *said]
    assert not hits[0]["relaxed"]
    assert hits[0]["read_as_words"] is None
    assert hits[0]["score"] >= hits[1]["score"] > 0
    snippet = hits[0]["snippets"][0]
    start, end = snippet["highlights"][0]
    assert snippet["text"][start:end].lower() == "flood"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["flood"], ["Flood c", "Harwick"]),
        (["flood", "-ferry"], ["Harwick"]),
        (["-ferry", "flood"], ["Harwick"]),
        (["--limit", "9", "-ferry", "flood"], ["Harwick"]),
        (["flood", "-nuclear", "-n1", "--sort", "newest"], ["Harwick"]),
        (["--json", "--", "-ferry", "flood"], ["Harwick"]),
        (["flood", "--since", "2025-07"], ["Harwick"]),
        (["flood", "--until=2025-06"], ["Flood c"]),
        (["flood", "--source", "harwick"], ["Harwick"]),
        (["flood", "--person", "Jane Roe"], ["Flood c"]),
        (["flood", "--sort", "oldest"], ["Flood c", "Harwick"]),
        (["橋", "--sort", "oldest", "--limit", "1"], ["洪水で橋が閉鎖"]),
        (['"old bridge" OR', "school"], ["Flood c", "Harwick"]),
    ],
)
def test_words_and_options_may_stand_in_any_order(
    ask: Run, arguments: list[str], expected: list[str]
) -> None:
    as_json = [] if "--json" in arguments else ["--json"]
    done = ask("search", *as_json, *arguments)
    assert done.stderr == ""
    assert sorted(titles(done)) == sorted(expected)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["flood", "--sorce", "x"], "--source"),
        (["--draft", "flood"], "--draft"),
        (["flood", "--limit", "many"], "--limit"),
        (["flood", "--limit", "-1"], "--limit"),
        (["flood", "--sort", "best"], "relevance"),
        ([], "QUERY"),
        ([""], "the query is empty"),
        (["", "--source", "herald"], "the query is empty"),
    ],
)
def test_a_mistyped_command_is_an_error(ask: Run, arguments: list[str], told: str) -> None:
    done = ask("search", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


@pytest.mark.parametrize(
    ("arguments", "pointed_at"),
    [
        (["flood (storm"], "("),
        (["flood colour:red"], "c"),
        (["東京 AND"], ""),
        (["flood", "--since", "June"], "J"),
        (["x" * 9000 + " colour:red"], "c"),
        (["colour:red " + "x" * 9000], "c"),
        (["東" * 200 + " colour:red" + "京" * 200], "c"),
    ],
)
@pytest.mark.parametrize("columns", [30, 80])
def test_a_query_that_cannot_be_read_is_pointed_at(
    ask: Run, arguments: list[str], pointed_at: str, columns: int
) -> None:
    done = ask("search", *arguments, COLUMNS=str(columns))
    assert (done.returncode, done.stdout) == (2, "")
    message, query, caret = done.stderr.splitlines()
    assert message.startswith("searcher: ")
    assert cells(query) <= columns
    before = next(at for at in range(len(query) + 1) if cells(query[:at]) == caret.index("^"))
    assert query[before:].startswith(pointed_at)
