"""Whatever happens to a folder between builds, nothing in it is missing from the archive."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

import searcher
from index import Outcome, Page, PageKind, Rejected
from index.build import BuildReport, build
from index.engines.whoosh import open_writer
from index.identity import content_key
from index.settings import BuildSettings, Duplicates
from index.sources import FolderSource, FoundPage

BODIES = (
    "The river rose by two metres in one night and the bridge was closed.",
    "The council met on Friday and decided nothing about the bridge.",
    "A theft at the museum was noticed on Sunday by a visitor from abroad.",
)
URLS = (None, "https://a.example/x", "https://www.a.example/x?utm_source=y", "https://b.example/z")
NO_ARTICLE = b'{"title": "only a title"}'


@dataclass(frozen=True)
class FakeSource:
    """Pages in a dictionary, as a folder would hold them."""

    contents: Mapping[str, bytes]

    def pages(self) -> Iterator[FoundPage]:
        for location in sorted(self.contents):
            content = self.contents[location]
            page = Page(content=content, location=location, kind=PageKind.RECORD)
            yield FoundPage(
                location=location,
                stamp=content_key(content),
                size_bytes=len(content),
                read=lambda page=page: page,  # type: ignore[misc]
            )

    def size_bytes(self) -> int:
        return sum(map(len, self.contents.values()))

    def has(self, location: str) -> bool:
        return location in self.contents


def _record(body: str, url: str | None, title: str) -> bytes:
    return json.dumps({"title": title, "body": body, "url": url}).encode()


contents = st.one_of(
    st.builds(
        _record, st.sampled_from(BODIES), st.sampled_from(URLS), st.sampled_from(("One", "Two"))
    ),
    st.just(NO_ARTICLE),
)
folders = st.dictionaries(st.sampled_from("abcd"), contents, max_size=4)


def _build(
    folder: Path,
    pages: Mapping[str, bytes],
    *,
    prune: bool = False,
    duplicates: Duplicates = Duplicates.GROUP,
) -> BuildReport:
    with open_writer(folder) as writer:
        return build(FakeSource(pages), writer, BuildSettings(prune=prune, duplicates=duplicates))


@given(
    states=st.lists(folders, min_size=1, max_size=4),
    prune=st.booleans(),
    policy=st.sampled_from(Duplicates),
)
@settings(max_examples=120, deadline=None)
def test_every_page_has_one_outcome_and_every_article_stays_findable(
    *, states: list[dict[str, bytes]], prune: bool, policy: Duplicates
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name) / "a.idx"
        for pages in states:
            report = _build(folder, pages, prune=prune, duplicates=policy)
            assert report.read == len(pages)
            # copies of a changed page settle here
            again = _build(folder, pages, prune=prune, duplicates=policy)
            assert again.read == len(pages)
            with searcher.open(folder) as archive:
                assert archive.check() == ()
                found = [hit.article for hit in archive.search("NOT xyz", limit=100, copies=True)]
            assert len({article.id for article in found}) == len(found)
            said = {(article.title, article.body) for article in found}
            wanted = [json.loads(content) for content in pages.values() if content != NO_ARTICLE]
            assert {(one["title"], one["body"]) for one in wanted} <= said
            if policy is Duplicates.KEEP:
                assert len(found) >= len(wanted)
            if prune and pages:
                places = {copy.location for article in found for copy in article.copies}
                assert places | {article.location for article in found} <= pages.keys()
        last = _build(folder, states[-1], prune=prune, duplicates=policy)
        assert last.outcomes[Outcome.UNCHANGED] == last.read


def test_a_page_that_turns_into_an_error_keeps_its_article(tmp_path: Path) -> None:
    article = _record(BODIES[0], URLS[1], "One")
    _build(tmp_path / "a.idx", {"a": article})
    report = _build(tmp_path / "a.idx", {"a": NO_ARTICLE})
    assert report.rejected == [Rejected(location="a", reason=report.rejected[0].reason)]
    with searcher.open(tmp_path / "a.idx") as archive:
        (hit,) = archive.search("river")
        assert hit.article.location == "a"
        assert [record.location for record in archive.rejected()] == ["a"]


def test_a_copy_takes_over_when_the_page_it_copies_is_pruned(tmp_path: Path) -> None:
    first, copy = _record(BODIES[0], URLS[1], "One"), _record(BODIES[0], URLS[3], "One")
    report = _build(tmp_path / "a.idx", {"a": first, "b": copy})
    assert report.outcomes == {Outcome.ARTICLE: 1, Outcome.DUPLICATE: 1}
    report = _build(tmp_path / "a.idx", {"b": copy}, prune=True)
    assert report.pruned == 1
    with searcher.open(tmp_path / "a.idx") as archive:
        (hit,) = archive.search("river")
    assert (hit.article.location, hit.article.copies) == ("b", ())


def test_a_given_folder_without_a_page_is_not_pruned(tmp_path: Path) -> None:
    kept, emptied = tmp_path / "kept", tmp_path / "emptied"
    for number, folder in enumerate((kept, emptied)):
        folder.mkdir()
        (folder / "page.jsonl").write_bytes(_record(BODIES[number], None, "One"))
        (folder / "other.jsonl").write_bytes(_record(BODIES[2], URLS[number * 3], "Two"))
    source = FolderSource([kept, emptied])
    with open_writer(tmp_path / "a.idx") as writer:
        build(source, writer)
    for page in (*emptied.iterdir(), kept / "page.jsonl"):
        page.unlink()
    with open_writer(tmp_path / "a.idx") as writer:
        report = build(source, writer, BuildSettings(prune=True))
    assert report.pruned == 1
    with searcher.open(tmp_path / "a.idx") as archive:
        found = {hit.article.body for hit in archive.search("NOT xyz")}
    assert found == {BODIES[1], BODIES[2]}


def test_records_with_one_id_and_different_texts_are_different_articles(tmp_path: Path) -> None:
    pages = {
        name: json.dumps({"id": "1", "title": name, "body": body}).encode()
        for name, body in zip("abc", BODIES, strict=True)
    }
    report = _build(tmp_path / "a.idx", pages)
    assert report.outcomes == {Outcome.ARTICLE: 3}
    changed = {**pages, "b": pages["b"].replace(b"Friday", b"Monday")}
    assert _build(tmp_path / "a.idx", changed).outcomes[Outcome.ARTICLE] == 1
    with searcher.open(tmp_path / "a.idx") as archive:
        found = [hit.article for hit in archive.search("NOT xyz", sort="oldest")]
        assert archive.check() == ()
    assert len({article.id for article in found}) == len(found) == 3
    assert {article.body for article in found} == {
        BODIES[0],
        BODIES[1].replace("Friday", "Monday"),
        BODIES[2],
    }


def test_reparsed_pages_are_committed_and_counted(tmp_path: Path) -> None:
    pages = {name: _record(body, None, name) for name, body in zip("abc", BODIES, strict=True)}
    _build(tmp_path / "a.idx", pages)
    with open_writer(tmp_path / "a.idx") as writer:
        report = build(FakeSource(pages), writer, BuildSettings(reparse=True))
        assert (report.outcomes, report.committed) == ({Outcome.ARTICLE: 3}, 3)

    def stop(report: BuildReport) -> None:
        if report.read == 2:
            raise KeyboardInterrupt

    with open_writer(tmp_path / "a.idx") as writer:
        report = build(FakeSource(pages), writer, BuildSettings(reparse=True), stop)
        assert (report.interrupted, report.committed, writer.pending().pages) == (True, 0, 2)


def test_a_changed_page_replaces_its_article_under_the_same_id(tmp_path: Path) -> None:
    ids = []
    for body in BODIES[:2]:
        _build(tmp_path / "a.idx", {"a": _record(body, URLS[1], "One")})
        with searcher.open(tmp_path / "a.idx") as archive:
            (hit,) = archive.search("NOT xyz")
            assert hit.article.body == body
            ids.append(hit.article.id)
    assert ids[0] == ids[1]
