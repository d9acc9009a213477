"""What `archive.similar` promises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import searcher
from index import Article
from index.engines.whoosh import open_writer
from searcher.engines import open_engine

Make = Callable[..., Article]
Write = Callable[..., Path]

FLOOD = "The river burst its banks and the harbour dike broke; sandbags were short in Northmoor."
# Long enough for a copy to be known as one.
STORY = (
    "The river Aller burst its banks on Monday night, and the dike at the harbour of Northmoor "
    "broke in two places. Soldiers filled sandbags until dawn while four hundred people were "
    "brought to the school on the hill. The mayor asked the capital for pumps and for boats, "
    "since the bridge is closed and the ferry cannot cross before the water falls again."
)


@pytest.fixture
def archive_folder(make_article: Make, write_archive: Write) -> Path:
    subjects = ("tax", "opera", "football", "harvest", "railway", "hospital")
    others = [
        make_article(f"All about {subject}", f"Today the {subject} was talked about for hours.")
        for subject in subjects
    ]
    articles = [
        make_article("Dike breaks at Northmoor", STORY, id="lead", published=date(2025, 6, 3)),
        make_article("Northmoor under water", STORY + " The rain goes on.", id="copy"),
        make_article("The dike of Northmoor", FLOOD, id="near", source="Northmoor Herald"),
        make_article("Sandbags for sale", "A shop sells sandbags.", id="far", source="Echo"),
        make_article("12345 xyzzy", "qwertz", id="alone"),
    ]
    return write_archive([*articles, *others])


def ids(results: searcher.Results) -> list[str]:
    return [hit.article.id for hit in results]


def test_similar_articles_come_first_and_none_of_the_own_story(archive_folder: Path) -> None:
    with searcher.open(archive_folder) as archive:
        assert {member.id for member in archive.story("lead")} == {"lead", "copy"}
        found = archive.similar("lead")
        assert ids(found)[:2] == ["near", "far"]
        assert not {"lead", "copy"} & {*ids(found)}
        assert [hit.rank for hit in found] == [*range(1, len(found) + 1)]
        assert found.hits[0].score > 2 * found.hits[1].score > 0
        near = archive.similar("near")
        assert ids(near)[0] in {"lead", "copy"}
        assert not {"lead", "copy"} <= {*ids(near)}  # one hit a story
        assert {"lead", "copy"} <= {*ids(archive.similar("near", copies=True))}


def test_filters_and_places_are_those_of_a_search(archive_folder: Path) -> None:
    with searcher.open(archive_folder) as archive:
        whole = archive.similar("lead", limit=100)
        assert whole.total == len(whole)
        assert ids(archive.similar("lead", source="echo")) == ["far"]
        assert archive.similar("lead", limit=1, offset=1).hits == whole.hits[1:2]
        assert archive.similar("near", until="2025-05").total == 0
        assert archive.similar("lead").facets("source")[0].value in {"Echo", "Northmoor Herald"}
        with pytest.raises(searcher.QuerySyntaxError):
            archive.similar("lead", since="soon")
        with pytest.raises(searcher.SearchError, match="at least 0"):
            archive.similar("lead", limit=-1)


def test_the_words_that_are_shared_are_shown(archive_folder: Path) -> None:
    with searcher.open(archive_folder) as archive:
        hit = archive.similar("lead").hits[0]
        shown = {text.lower() for text, marked in hit.snippets[0].pieces() if marked}
        assert {"harbour", "dike", "sandbags", "northmoor"} <= shown
        assert "the" not in shown


def test_an_article_without_shared_words_is_said_to_be_alone(archive_folder: Path) -> None:
    with searcher.open(archive_folder) as archive:
        with pytest.raises(searcher.SearchError, match="no word that another one has"):
            archive.similar("alone")
        with pytest.raises(searcher.ArticleNotFoundError):
            archive.similar("nobody")


def test_an_article_scores_about_1_beside_itself(make_article: Make, write_archive: Write) -> None:
    twin = make_article("Dike breaks", STORY, id="twin")
    body = " ".join(reversed(STORY.split()))  # the same words, and no copy
    other = make_article("Breaks dike", body, id="other")
    rest = [make_article(f"Day {at}", f"Nothing new on day {at}.") for at in range(8)]
    with searcher.open(write_archive([twin, other, *rest])) as archive:
        assert len(archive.story("twin")) == 1
        assert archive.similar("twin").hits[0].score == pytest.approx(1.0)


def test_rarities_are_of_the_live_articles_that_count(
    make_article: Make, write_archive: Write
) -> None:
    one, two, three = (make_article(f"flood {at}", "dike water " * at) for at in (1, 2, 3))
    folder = write_archive([one, two], [three])
    with open_writer(folder) as writer:  # takes one out of a segment
        writer.put_article(one.id, replace(one, title="harvest", body="harvest"))
        writer.commit()
    engine = open_engine(folder)
    terms = ["flood", "dike", "harvest", "xyzzy"]
    flood, dike, harvest, never = engine.rarities("text", terms, [])
    assert harvest > flood == dike > never == 0
    places = [engine.find(article.id) for article in (one, two, three)]
    assert None not in places
    flood, dike, harvest, _ = engine.rarities("text", terms, places[:2])
    assert flood == dike > harvest == 0
    assert engine.rarities("text", terms, places) == [0, 0, 0, 0]
    assert engine.rarities("no such field", terms, []) == [0, 0, 0, 0]
    engine.close()


def test_words_of_many_copies_leave_room_for_words_of_others(
    make_article: Make, write_archive: Write
) -> None:
    named = " ".join(f"xylo{at}" for at in range(80))  # only this story has them
    copies = [
        make_article(f"Copy {at}", f"{STORY} {named}", id=f"copy{at}", source=f"Echo {at}")
        for at in range(5)
    ]
    near = make_article("The dike of Northmoor", FLOOD, id="near")
    rest = [make_article(f"Day {at}", f"Nothing new on day {at}.") for at in range(8)]
    with searcher.open(write_archive([*copies, near, *rest])) as archive:
        assert len(archive.story("copy0")) == 5
        assert ids(archive.similar("copy0"))[0] == "near"
