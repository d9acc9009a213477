"""What becomes of pages whose text or address is in the archive already, under each policy."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

import pytest

import searcher
from index import Copy, Outcome, PageRecord
from index.build import BuildReport, build
from index.engines.whoosh import open_writer
from index.settings import BuildSettings, Duplicates
from index.sources import FolderSource
from searcher.differences import Change, differences

GROUP, SKIP_EXACT, KEEP = Duplicates
TEXT = (
    "The river Aller rose two metres in one night and the old bridge was closed to all.",
    "Until Monday the ferry carries everyone who has to cross, said Mayor Jane Roe.",
    "The council met until midnight and asked the capital for pumps, sandbags and soldiers.",
    "Schools on the left bank stay shut, and the market moves to the square at the church.",
    "Engineers look at the piers of the bridge on Monday, when the water is down again.",
)
FIRST = {
    "title": "Flood closes the bridge",
    "body": "\n\n".join(TEXT),
    "url": "https://herald.example/flood",
    "source": "Herald",
    "published": "2025-06-03",
}
ECHO = {"url": "https://echo.example/1", "source": "Echo", "published": "2025-06-05T08:00"}
STAR = {"url": "https://star.example/1", "source": "North Star", "published": "2025-06-06"}
WORDS = ("Rivers", "Bridges", "Ferries", "Boats", "Pumps", "Gates", "Sluices", "Piers")
LATER = "Engineers looked at the piers of the bridge on Monday, when the water was down."
CHANGED = {"body": "\n\n".join((*TEXT[:4], LATER))}
SHORTER = {"body": "\n\n".join(TEXT[:4])}

Read = Callable[..., BuildReport]


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    return folder


def write(pages: Path, **records: dict[str, str]) -> None:
    for name, record in records.items():
        (pages / f"{name}.jsonl").write_text(json.dumps(record) + "\n")


@pytest.fixture
def read(tmp_path: Path, pages: Path) -> Read:
    """Build the archive of the pages."""

    def read(policy: Duplicates = GROUP, **settings: bool) -> BuildReport:
        with open_writer(tmp_path / "a.idx") as writer:
            return build(
                FolderSource([pages]), writer, BuildSettings(duplicates=policy, **settings)
            )

    return read


@pytest.mark.parametrize(
    ("second", "articles"),
    [
        ({}, {GROUP: 1, SKIP_EXACT: 1, KEEP: 2}),
        (
            {"url": "http://www.herald.example/flood?utm_source=x"},
            {GROUP: 1, SKIP_EXACT: 1, KEEP: 2},
        ),
        ({"url": "https://herald.example/print/flood"}, {GROUP: 1, SKIP_EXACT: 1, KEEP: 2}),
        ({"url": "https://echo.example/1", "source": "Echo"}, {GROUP: 2, SKIP_EXACT: 1, KEEP: 2}),
        (
            {"url": "https://herald.example/2", "published": "2025-06-04"},
            {GROUP: 2, SKIP_EXACT: 1, KEEP: 2},
        ),
        ({"title": "Bridge shut as river rises"}, {GROUP: 2, SKIP_EXACT: 1, KEEP: 2}),
        (CHANGED, {GROUP: 2, SKIP_EXACT: 2, KEEP: 2}),
        (SHORTER, {GROUP: 2, SKIP_EXACT: 2, KEEP: 2}),
    ],
    ids=["twice", "tracked", "printed", "syndicated", "day", "headline", "changed", "shortened"],
)
def test_a_policy_says_which_copies_are_articles(
    second: dict[str, str],
    articles: dict[Duplicates, int],
    tmp_path: Path,
    pages: Path,
    read: Read,
) -> None:
    write(pages, a=FIRST, b={**FIRST, **second})
    for policy, count in articles.items():
        report = read(policy)
        assert report.outcomes[Outcome.ARTICLE] == count
        assert report.outcomes.total() == report.read == 2
        assert read(policy).outcomes == {Outcome.UNCHANGED: 2}
        with searcher.open(tmp_path / "a.idx") as archive:
            assert archive.check() == ()
            (hit,) = archive.search("river")
            assert hit.other_count + len(hit.article.copies) == hit.copy_count == 1
            assert archive.search("river", copies=True).total == count
        rmtree(tmp_path / "a.idx")


@pytest.mark.parametrize("policy", Duplicates)
def test_another_policy_takes_hold_when_pages_are_parsed_again(
    policy: Duplicates, tmp_path: Path, pages: Path, read: Read
) -> None:
    wanted = {GROUP: 2, SKIP_EXACT: 1, KEEP: 3}
    write(pages, a=FIRST, b=FIRST, c={**FIRST, "url": "https://echo.example/1", "source": "Echo"})
    for before in Duplicates:
        read(before, reparse=True)
        assert read(policy).outcomes == {Outcome.UNCHANGED: 3}
        read(policy, reparse=True)
        with searcher.open(tmp_path / "a.idx") as archive:
            assert archive.check() == ()
            assert archive.search("river").total == wanted[policy]


def test_a_skipped_copy_leaves_its_trace(tmp_path: Path, pages: Path, read: Read) -> None:
    echo = {"url": "https://echo.example/1", "source": "Echo", "published": "2025-06-04T08:00"}
    write(pages, a=FIRST, b={**FIRST, **echo})
    read(SKIP_EXACT)
    with searcher.open(tmp_path / "a.idx") as archive:
        (hit,) = archive.search("river")
        (copy,) = hit.article.copies
    assert isinstance(copy, Copy)
    assert copy.location.startswith(str(pages / "b.jsonl"))
    assert (copy.url, copy.source) == ("https://echo.example/1", "Echo")
    assert str(copy.day) == "2025-06-04"


def test_outlets_days_people_and_headlines_of_all_members_find_the_story(
    tmp_path: Path, pages: Path, read: Read
) -> None:
    more = (
        f"{FIRST['body']}\n\nThe ferry is free for all, said Captain Ann Lee of the harbour office."
    )
    write(pages, a=FIRST, b={**FIRST, **ECHO, "title": "Aller in spate", "body": more})
    read()
    with searcher.open(tmp_path / "a.idx") as archive:
        story = {member.id for member in archive.story(archive.search("river").hits[0].article.id)}
        assert len(story) == 2
        for query in (
            "source:echo",
            "date:2025-06-05",
            "spate",
            "source:herald",
            'people:"Ann Lee"',
        ):
            (hit,) = archive.search(query)
            assert {hit.article.id, *(other.id for other in hit.others)} == story
        results = archive.search("river")
        assert [
            (c.value, c.articles, c.stories) for c in results.facets("source", of="stories")
        ] == [
            ("Echo", 1, 1),
            ("Herald", 1, 1),
        ]
        (year,) = results.timeline("year", of="stories")
        assert (year.articles, year.stories) == (2, 1)


@pytest.mark.parametrize("policy", [GROUP, SKIP_EXACT])
@pytest.mark.parametrize(
    ("query", "filters", "is_found"),
    [
        (None, {"source": "Echo"}, True),
        ("river", {"source": "star", "since": "2025-06-06"}, True),
        ('source:"North Star"', {}, True),
        ("source:st*", {}, True),
        ("date:2025-06-05", {}, True),
        ("until:2025-06-04", {"source": "Herald"}, True),
        ("url:star.example", {}, True),
        ("source:echo AND date:2025-06-05", {}, True),
        ("river -source:herald -source:echo", {}, True),
        ("source:echo date:2025-06-06", {}, False),  # no page of the story is of both
        ("source:echo", {"since": "2025-06-06"}, False),
        ("date:2025-06-06", {"source": "Herald"}, False),
        ("source:echo -date:2025-06-05", {}, False),
        ("drought source:echo", {}, False),
        ("date:2025-06-07..2025-12", {}, False),
    ],
)
def test_outlets_and_days_of_copies_find_the_story_kept_or_not(
    policy: Duplicates,
    query: str | None,
    filters: dict[str, str],
    is_found: bool,  # noqa: FBT001 (a table of cases)
    three_outlets: dict[Duplicates, Path],
) -> None:
    with searcher.open(three_outlets[policy]) as archive:
        hits = archive.search(query, **filters).hits
    assert [hit.copy_count for hit in hits] == [2] * is_found


@pytest.fixture(scope="module")
def three_outlets(tmp_path_factory: pytest.TempPathFactory) -> dict[Duplicates, Path]:
    """Return archives of three copies of one text, each of another build, by policy."""
    folder = tmp_path_factory.mktemp("outlets")
    for policy in Duplicates:
        for name, place in {"a": {}, "b": ECHO, "c": STAR}.items():
            pages = folder / name
            pages.mkdir(exist_ok=True)
            write(pages, page={**FIRST, **place})
            with open_writer(folder / policy) as writer:
                build(FolderSource([pages]), writer, BuildSettings(duplicates=policy, jobs=1))
    return {policy: folder / policy for policy in Duplicates}


@pytest.mark.parametrize("policy", Duplicates)
def test_copies_are_counted_alike_everywhere_whatever_is_kept_of_them(
    policy: Duplicates, tmp_path: Path, pages: Path, read: Read
) -> None:
    write(pages, a=FIRST, b={**FIRST, **ECHO}, c={**FIRST, **CHANGED, "source": "Gazette"})
    read(policy)
    write(pages, d={**FIRST, **STAR}, e={**FIRST, **CHANGED, **STAR, "url": "https://s.example"})
    (pages / "twice.jsonl").write_bytes((pages / "d.jsonl").read_bytes())
    read(policy)
    with searcher.open(tmp_path / "a.idx") as archive:
        (story,) = archive.stories()
        members = archive.story(story.lead.id)
        assert story.pages == len(members) + sum(len(one.copies) for one in members) == 6
        assert {*story.outlets} == {"Herald", "Echo", "Gazette", "North Star"}
        assert (str(story.first_day), str(story.last_day)) == ("2025-06-03", "2025-06-06")
        for member in members:
            for one_by_one in (100, 0):
                with pytest.MonkeyPatch.context() as patch:
                    patch.setattr("searcher.engines.whoosh.engine.MAX_COUNTED", one_by_one)
                    assert archive.story_size(member.id) == (len(members), 6)
            for hits in (archive.search, archive.scan):
                (hit,) = hits("river", ids=[member.id], copies=False)
                assert hit.copy_count == 5
                told = [copy for one in (hit.article, *hit.others) for copy in one.copies]
                assert hit.other_count + len(told) == 5
        apart = archive.search("river", copies=True)
        assert sum(1 + hit.copy_count for hit in apart) == 6


@pytest.mark.parametrize("one_by_one", [100, 0])
def test_an_error_page_is_no_copy_and_one_of_the_others_stands_for_it(
    one_by_one: int, tmp_path: Path, pages: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("searcher.engines.whoosh.engine.MAX_COUNTED", one_by_one)
    write(pages, a=FIRST, z={**FIRST, "body": "A school opens at the mill.", "title": "School"})
    for name in ("b", "c", "d"):
        (pages / f"{name}.jsonl").write_bytes((pages / "a.jsonl").read_bytes())
    read()
    write(pages, a={"title": "Not found", "url": FIRST["url"]})
    assert read().outcomes[Outcome.REJECTED] == 1
    with searcher.open(tmp_path / "a.idx") as archive:
        (hit,) = archive.search("river")
        assert hit.copy_count == len(hit.article.copies) == 2
        assert archive.story_size(hit.article.id) == (1, 3)
        assert [story.pages for story in archive.stories()] == [3, 1]


def test_a_skipped_copy_takes_over_with_its_own_outlet_and_day(
    tmp_path: Path, pages: Path, read: Read
) -> None:
    other = {
        **FIRST,
        "title": "School opens",
        "body": "A school opens at the mill.",
        "source": "Post",
    }
    write(pages, a=FIRST, b={**FIRST, **ECHO}, z=other)
    (pages / "c.jsonl").write_bytes((pages / "b.jsonl").read_bytes())
    read(SKIP_EXACT)
    with searcher.open(tmp_path / "a.idx") as archive:
        (hit,) = archive.search("source:echo")
        assert [copy.source for copy in hit.article.copies] == ["Echo", "Echo"]
    (pages / "a.jsonl").unlink()
    read(SKIP_EXACT, prune=True)
    for _ in range(2):
        with searcher.open(tmp_path / "a.idx") as archive:
            assert archive.check() == ()
            assert archive.search("source:echo").total == 1
        read(SKIP_EXACT)
    with searcher.open(tmp_path / "a.idx") as archive:
        (hit,) = archive.search("river")
        assert (hit.article.source, str(hit.article.day)) == ("Echo", "2025-06-05")
        assert archive.search("source:herald").total == 0
        assert hit.copy_count == 1
    (pages / "b.jsonl").unlink()
    (pages / "c.jsonl").unlink()
    read(SKIP_EXACT, prune=True)
    with searcher.open(tmp_path / "a.idx") as archive:
        assert archive.check() == ()
        assert archive.search("source:echo").total == 0
        assert archive.stats().articles == 1


def test_a_version_is_kept_beside_the_one_before(tmp_path: Path, pages: Path, read: Read) -> None:
    write(pages, a=FIRST)
    read()
    write(pages, b={**FIRST, **CHANGED})
    assert read().outcomes == {Outcome.UNCHANGED: 1, Outcome.ARTICLE: 1}
    with searcher.open(tmp_path / "a.idx") as archive:
        found = {hit.article.body: hit.article for hit in archive.search("river", copies=True)}
        old, new = found[FIRST["body"]], found[CHANGED["body"]]
        assert {member.relation for member in archive.story(new.id)} == {"lead", "version"}
        changed = [
            change
            for change in differences((old.title, *old.paragraphs), (new.title, *new.paragraphs))
            if change.change is not Change.SAME
        ]
        assert [(one.old, one.new) for one in changed] == [(TEXT[4], LATER)]
    (pages / "a.jsonl").unlink()
    read(prune=True)
    write(pages, b={**FIRST, **SHORTER})  # a file changed in place: its article goes with it
    read()
    with searcher.open(tmp_path / "a.idx") as archive:
        assert archive.check() == ()
        (hit,) = archive.search("river", copies=True)
    assert (hit.article.id, hit.article.body) == (new.id, SHORTER["body"])


@pytest.mark.parametrize("commits", [1, 2])
def test_a_page_that_was_rewritten_is_a_version_where_it_says_so(
    commits: int, tmp_path: Path, pages: Path, read: Read
) -> None:
    other = "\n\n".join(f"{word} is what the second text says, and no more." for word in WORDS)
    headline = {**FIRST, "title": "Flood closes the bridge: what we know", "body": other}
    careless = {**FIRST, "title": "School opens", "body": other.replace("second", "third")[::-1]}
    for name, record in {"a": FIRST, "b": headline, "c": careless}.items():
        write(pages, **{name: record})
        if commits > 1:
            read()
    read()
    with searcher.open(tmp_path / "a.idx") as archive:
        ids = {hit.article.title: hit.article.id for hit in archive.search("NOT xyz", copies=True)}
        assert {one.id for one in archive.story(ids[FIRST["title"]])} == {
            ids[FIRST["title"]],
            ids[headline["title"]],
        }
        assert [one.relation for one in archive.story(ids[FIRST["title"]])] == ["lead", "version"]


def test_of_a_page_saved_without_end_some_copies_are_read_and_the_page_itself(
    tmp_path: Path, pages: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    for reader in ("engines.whoosh.engine", "hits"):
        monkeypatch.setattr(f"searcher.{reader}.MAX_COPIES", 3)
    write(pages, **{f"p{number}": FIRST for number in range(4, 9)})
    read()
    write(pages, **{f"p{number}": FIRST for number in range(4)})
    read()
    write(pages, p4={**FIRST, "authors": ["Ann Lee"]})  # its record is the last now
    read(reparse=True)
    with searcher.open(tmp_path / "a.idx") as archive:
        (hit,) = archive.search("river", copies=True)
    assert 3 <= len(hit.article.copies) < hit.copy_count == 8
    assert hit.article.location not in {copy.location for copy in hit.article.copies}
    (lead,) = [page for page in _pages(tmp_path / "a.idx") if page.outcome is Outcome.ARTICLE]
    assert hit.article.location == lead.location


def _pages(archive: Path) -> list[PageRecord]:
    with open_writer(archive) as writer:
        return [*writer.pages_with(Outcome)]


def test_the_same_bytes_are_a_duplicate_unless_everything_is_kept(
    tmp_path: Path, pages: Path, read: Read
) -> None:
    write(pages, a=FIRST)
    (pages / "deep").mkdir()
    for number in range(3):
        (pages / "deep" / f"{number}.jsonl").write_bytes((pages / "a.jsonl").read_bytes())
    assert read().outcomes == {Outcome.ARTICLE: 1, Outcome.DUPLICATE: 3}
    read(KEEP, reparse=True)
    with searcher.open(tmp_path / "a.idx") as archive:
        hits = archive.search("river", copies=True)
        assert archive.check() == ()
        assert len({hit.article.id for hit in hits}) == hits.total == 4
        assert len({hit.article.story for hit in hits}) == 1
