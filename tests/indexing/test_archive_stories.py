"""Articles of an archive and their stories, over commits, merges, changes and deletions."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from index import Article
from index.codec import open_archive
from index.engines.whoosh import open_writer
from index.schema import ARTICLE, article_from_document
from index.stories.grouping import Incomer, group
from index.stories.growing import GrowingArticles
from index.stories.profile import profile_of

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def prose(seed: object, count: int = 150) -> str:
    drawn = random.Random(str(seed))  # noqa: S311
    return " ".join("".join(drawn.choices(LETTERS, k=drawn.randint(2, 9))) for _ in range(count))


def article(name: str, body: str, title: str = "") -> Article:
    return Article(id=name, title=title or f"Title of {name}", body=body, location=f"/{name}")


def put(folder: Path, articles: Iterable[Article], without: Iterable[str] = ()) -> None:
    """Put articles into an archive and take others out, in one commit."""
    with open_writer(folder) as writer:
        for one in articles:
            writer.put_article(one.id, one)
        for name in without:
            writer.put_article(name, None)
        writer.commit()


def stories(folder: Path) -> dict[str, str | None]:
    """Return the story of each article in an archive, as stored; the columns must say the same."""
    snapshot = open_archive(folder)
    found = {}
    for segment, _ in snapshot.of_kind(ARTICLE):
        numbers = segment.story_column("story").tolist()
        for number, fields in enumerate(segment.stored.rows(0, segment.doc_count)):
            if segment.live is None or segment.live[number]:
                one = article_from_document(fields)
                assert one.story == f"{numbers[number]:012x}"
                found[one.id] = one.story
    snapshot.close()
    return found


def together(folder: Path) -> set[frozenset[str]]:
    """Return the articles of each story."""
    members: dict[str | None, set[str]] = {}
    for name, story in stories(folder).items():
        members.setdefault(story, set()).add(name)
    return {frozenset(names) for names in members.values()}


TEXT = prose("text", 240)
WORDS = TEXT.split()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive.idx"


@pytest.fixture
def many() -> list[Article]:
    """Forty texts, each with a copy that is cut and one with a footer, in some order."""
    articles = []
    for n in range(40):
        text, footer = prose(n), prose("footer", 30)
        articles.append(article(f"text{n}", text))
        articles.append(article(f"cut{n}", " ".join(text.split()[:90]), f"Title of text{n}"))
        articles.append(article(f"copy{n}", f"{text} {footer}", prose(("title", n), 5)))
    random.Random(3).shuffle(articles)  # noqa: S311
    return articles


@pytest.mark.parametrize("commits", [1, 2, 12])
def test_a_story_goes_on_across_commits_and_merges(
    commits: int, many: list[Article], folder: Path
) -> None:
    size = len(many) // commits
    for start in range(0, len(many), size):
        put(folder, many[start : start + size])
    assert together(folder) == {frozenset({f"text{n}", f"cut{n}", f"copy{n}"}) for n in range(40)}


def test_an_archive_groups_as_memory_does(many: list[Article], folder: Path) -> None:
    growing = GrowingArticles()
    places = group(growing, [Incomer(id=one.id, profile=profile_of(one)) for one in many])
    for start in range(0, len(many), 50):
        put(folder, many[start : start + 50])
    expected = {one.id: f"{place.story:012x}" for one, place in zip(many, places, strict=True)}
    assert stories(folder) == expected


def test_two_stories_that_become_one_are_written_again(folder: Path) -> None:
    halves = [article("one", " ".join(WORDS[:115])), article("two", " ".join(WORDS[120:]))]
    halves = [article(half.id, half.body, "The title") for half in halves]
    put(folder, halves)
    assert len(together(folder)) == 2
    put(folder, [article("whole", TEXT, "The title")])
    assert together(folder) == {frozenset({"one", "two", "whole"})}
    put(folder, [article("later", f"{' '.join(WORDS[120:])} more", "The title")])
    assert together(folder) == {frozenset({"one", "two", "whole", "later"})}


def test_a_changed_article_keeps_its_story(folder: Path) -> None:
    put(folder, [article("a", TEXT), article("other", prose("other"))])
    before = stories(folder)
    put(folder, [article("a", f"{TEXT} {prose('added', 20)}")])
    assert stories(folder) == before


def test_an_article_that_becomes_another_leaves_its_story(folder: Path) -> None:
    put(folder, [article("a", TEXT), article("b", f"{TEXT} and so on")])
    before = stories(folder)
    put(folder, [article("a", prose("something else"))])
    after = stories(folder)
    assert after["b"] == before["b"] == before["a"]
    assert after["a"] != before["a"]


def test_the_rest_of_a_story_is_found_when_its_first_article_goes(folder: Path) -> None:
    copies = [article(f"copy{n}", f"{TEXT} {prose(n, 8)}") for n in range(3)]
    put(folder, copies)
    (story,) = set(stories(folder).values())
    put(folder, [], without=["copy0"])
    assert set(stories(folder)) == {"copy1", "copy2"}
    put(folder, [article("copy3", f"{TEXT} {prose(3, 8)}")])
    assert stories(folder)["copy3"] == story


def test_a_deleted_article_is_no_member(folder: Path) -> None:
    put(folder, [article("a", TEXT)])
    put(folder, [], without=["a"])
    put(folder, [article("b", TEXT)])
    assert together(folder) == {frozenset({"b"})}


def test_articles_read_again_keep_their_stories(many: list[Article], folder: Path) -> None:
    put(folder, many)
    before = stories(folder)
    for _ in range(2):
        put(folder, many)
        assert stories(folder) == before
    put(folder, [article("new", f"{prose(7)} at the end", "Title of text7")])
    assert stories(folder)["new"] == before["text7"]


def test_copies_of_a_cluster_that_hold_no_fingerprints_find_their_story_again(folder: Path) -> None:
    copies = [article(f"copy{n}", f"{TEXT} {prose(n, 6)}") for n in range(20)]
    put(folder, copies)
    (story,) = set(stories(folder).values())
    put(folder, copies)
    assert set(stories(folder).values()) == {story}


@pytest.mark.parametrize("bodies", [["", ""], ["a", "b", "c"], ["\ud800 half"], ["1 2 3", "1 2 3"]])
def test_every_article_has_a_story(bodies: Sequence[str], folder: Path) -> None:
    put(folder, [article(f"a{n}", body, prose(n, 3)) for n, body in enumerate(bodies)])
    found = stories(folder)
    assert len(found) == len(bodies)
    assert all(story and len(story) == 12 for story in found.values())


def test_the_memory_of_stories_counts_for_what_is_pending(tmp_path: Path) -> None:
    pending = []
    for with_stories in (False, True):
        with open_writer(tmp_path / f"{with_stories}.idx", with_stories=with_stories) as writer:
            writer.put_article("a", article("a", TEXT))
            pending.append(writer.pending().memory_bytes)
    profile = profile_of(article("a", TEXT))
    assert pending[1] - pending[0] > 2 * profile.sketch.hashes.nbytes


def test_articles_may_be_written_without_stories(folder: Path) -> None:
    with open_writer(folder, with_stories=False) as writer:
        writer.put_article("a", article("a", TEXT))
        writer.commit()
    put(folder, [article("b", TEXT), article("c", f"{TEXT} and a footer")])
    snapshot = open_archive(folder)
    kept = [
        article_from_document(fields)
        for segment, _ in snapshot.of_kind(ARTICLE)
        for fields in segment.stored.rows(0, segment.doc_count)
    ]
    snapshot.close()
    assert [one.id for one in kept] == ["a", "b", "c"]
    assert kept[0].story is None
    assert kept[1].story == kept[2].story is not None
