"""Folders and files as a source of pages."""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from index.errors import SourceError
from index.model import Page, PageKind, Rejected
from index.settings import SourceSettings
from index.sources import FolderSource, FoundPage
from index.sources.locations import location_of, paths_at

HTML = b"<!doctype html><title>Flood</title><p>The river rose."
LIMIT = SourceSettings(max_page_bytes=2000)
posix = pytest.mark.skipif(sys.platform == "win32", reason="links and bytes names of POSIX")


def put(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def find(*paths: Path, settings: SourceSettings = LIMIT) -> list[FoundPage]:
    return list(FolderSource(paths, settings).pages())


def names(found: Iterable[FoundPage], folder: Path) -> list[str]:
    return [page.location.removeprefix(f"{folder}{os.sep}") for page in found]


def reason(path: Path, settings: SourceSettings = LIMIT) -> str:
    (found,) = find(path, settings=settings)
    outcome = found.read()
    assert isinstance(outcome, Rejected)
    assert outcome.location == found.location
    return outcome.reason


def test_all_known_kinds_are_found_in_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.htm", "a.HTML", "c.xhtml.gz", "d/e.txt", "d/a.MHT", "d/n.mhtml", "picture.png"):
        put(tmp_path, name, HTML)
    expected = ["a.HTML", "b.htm", "c.xhtml.gz", "d/a.MHT", "d/e.txt", "d/n.mhtml"]
    assert names(find(tmp_path), tmp_path) == [name.replace("/", os.sep) for name in expected]


@pytest.mark.parametrize("name", ["page.html", "page.html.gz", "PAGE.HTML.GZ"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_what_is_compressed_is_told_by_the_bytes(
    tmp_path: Path, name: str, pack: Callable[[bytes], bytes]
) -> None:
    put(tmp_path, name, pack(HTML))
    (found,) = find(tmp_path)
    assert found.read() == Page(content=HTML, location=str(tmp_path / name))


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.html", HTML, PageKind.HTML),
        ("a.txt", b"Flood\n\nThe river rose.", PageKind.TEXT),
        ("a.txt", b"\n <!DOCTYPE html><p>", PageKind.HTML),
        ("a.txt", b"\n" * 1900 + b"<html lang=en>", PageKind.HTML),
        ("a.txt", b"\xef\xbb\xbf<html lang=en>", PageKind.HTML),
        ("a.txt", "\ufeff<html>".encode("utf-16-le"), PageKind.HTML),
        ("a.txt", b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n<!doctype html>", PageKind.HTML),
        ("a.txt", b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\nFlood", PageKind.TEXT),
        ("a.html", b"From: <Saved by Blink>\r\nSubject: x\r\n", PageKind.MHTML),
        ("a.html", b"MIME-Version: 1.0\nContent-Type: multipart/related;\n x=y\n", PageKind.MHTML),
        ("a.mht", b"MIME-Version: 1.0\nContent-Type: text/html\n\n<p>", PageKind.MHTML),
        ("a.mht", HTML, PageKind.HTML),
    ],
)
def test_kind_is_what_the_bytes_are(
    tmp_path: Path, name: str, content: bytes, kind: PageKind
) -> None:
    outcome = find(put(tmp_path, name, content))[0].read()
    assert isinstance(outcome, Page)
    assert outcome.kind is kind


def test_side_folders_and_hidden_ones_are_passed_over(tmp_path: Path) -> None:
    for name in (
        "a.html",
        "a_files/frame.html",
        "b.htm",
        "b-Dateien/frame.html",
        "c_fichiers/article.html",  # no page c beside it: a folder like any other
        ".hidden/x.html",
        ".x.html",
    ):
        put(tmp_path, name, HTML)
    expected = ["a.html", "b.htm", str(Path("c_fichiers/article.html"))]
    assert names(find(tmp_path), tmp_path) == expected


def test_archives_of_this_program_are_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "archive.idx/archive.json", '{"format": 1, "engine": "whoosh"}')
    put(tmp_path, "archive.idx/copy.html", HTML)
    for number, about in enumerate(("[1]", '{"format": "warc", "items": []}')):
        put(tmp_path, f"other{number}/archive.json", about)
        put(tmp_path, f"other{number}/page.html", HTML)
    expected = [str(Path(f"other{number}/page.html")) for number in range(2)]
    assert names(find(tmp_path), tmp_path) == expected
    with pytest.raises(SourceError, match="is an archive"):
        FolderSource([tmp_path / "archive.idx"], LIMIT)


@posix
def test_links_that_run_in_circles_end(tmp_path: Path) -> None:
    put(tmp_path, "a/page.html", HTML)
    (tmp_path / "a/again").symlink_to(tmp_path)
    (tmp_path / "a/self.html").symlink_to(tmp_path / "a/self.html")
    found = find(tmp_path)
    assert names(found, tmp_path) == ["a/page.html", "a/self.html"]
    assert isinstance(found[1].read(), Rejected)


def test_a_file_under_two_of_the_paths_is_read_once(tmp_path: Path) -> None:
    page = put(tmp_path, "a/page.html", HTML)
    assert len(find(page, tmp_path, tmp_path / "a", page)) == 1


def test_a_deep_tree_is_walked(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(120):
        deep /= "d"
    put(deep, "page.html", HTML)
    assert len(find(tmp_path)) == 1


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.html", b"", "empty file"),
        ("a.html.gz", gzip.compress(b""), "empty file"),
        ("a.txt", b" \n\0\0\n", "empty: nothing but blanks"),
        ("a.html", b"x" * 2001, "too large: over the limit of 0.00191 MB for a page"),
        ("a.html.gz", gzip.compress(b"x" * 2001), "too large"),
        ("a.html.gz", gzip.compress(HTML)[:-9], "broken gzip file: it ends too early"),
        ("a.html.gz", gzip.compress(HTML)[:-8] + b"\0" * 8, "broken gzip file: its contents"),
        ("a.html.gz", b"\x1f\x8b\x08\x00garbage garbage garbage", "broken gzip file"),
        ("a.html", b"%PDF-1.7 ...", "not text but a PDF file"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "not text but a PNG picture"),
        ("a.html", bytes(range(256)) * 4, "not text but binary data"),
        ("a.xyz", HTML, "unknown kind of file '.xyz'"),
        ("noname", HTML, "unknown kind of file 'noname'"),
    ],
)
def test_what_is_no_page_is_rejected_with_the_reason(
    tmp_path: Path, name: str, content: bytes, expected: str
) -> None:
    assert reason(put(tmp_path, name, content)).startswith(expected)


@pytest.mark.parametrize(
    "content",
    [
        "Die Brücke".encode("utf-16"),
        "Die Brücke ist gesperrt".encode("utf-16-le"),
        "<title>大桥</title><p>大桥将从下个月起封闭维修，费用预计为五亿元，居民对此表示担忧。".encode(
            "utf-16-be"
        ),
        "Die Brücke".encode("utf-32"),
        b"<p>stray\0 zero\0 bytes",
        "橋は来月から".encode("iso2022_jp"),
        b"\xff" * 40,
    ],
)
def test_text_in_any_encoding_is_no_binary_file(tmp_path: Path, content: bytes) -> None:
    assert isinstance(find(put(tmp_path, "a.txt", content))[0].read(), Page)


def test_a_gzip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert reason(put(tmp_path, "a.html.gz", bomb)).startswith("too large")


def test_a_file_that_vanishes_is_rejected_when_read(tmp_path: Path) -> None:
    page = put(tmp_path, "a.html", HTML)
    (found,) = find(tmp_path)
    page.unlink()
    outcome = found.read()
    assert outcome == Rejected(location=str(page), reason="no longer there, or a broken link")


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read all")
def test_what_may_not_be_read_is_rejected(tmp_path: Path) -> None:
    put(tmp_path, "closed/page.html", HTML)
    put(tmp_path, "page.html", HTML).chmod(0)
    (tmp_path / "closed").chmod(0)
    reasons = [page.read() for page in find(tmp_path)]
    (tmp_path / "closed").chmod(0o700)
    assert [outcome.reason for outcome in reasons if isinstance(outcome, Rejected)] == [
        "folder: no permission to read it",
        "no permission to read it",
    ]


@posix
def test_pipes_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.html")
    assert reason(tmp_path / "a.html") == "not a regular file"


@pytest.mark.parametrize("name", ["missing", "missing/page.html", "a\0b"])
def test_a_path_that_is_not_there_is_an_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match=r"missing|null"):
        FolderSource([tmp_path / name], LIMIT)


def test_the_stamp_changes_with_the_file(tmp_path: Path) -> None:
    page = put(tmp_path, "a.html", HTML)
    before = find(tmp_path)[0].stamp
    assert find(tmp_path)[0].stamp == before
    page.write_bytes(HTML + b"!")
    assert find(tmp_path)[0].stamp != before


def test_sizes_add_up(tmp_path: Path) -> None:
    put(tmp_path, "a.html", HTML)
    put(tmp_path, "b.jsonl", '{"id": "1"}\n\n{"id": "2"}\n')
    put(tmp_path, "c.jsonl.gz", gzip.compress(b'{"id": "1"}\n'))
    source = FolderSource([tmp_path], LIMIT)
    sizes = [page.size_bytes for page in source.pages()]
    on_disk = sum(path.stat().st_size for path in tmp_path.iterdir())
    assert source.size_bytes() == on_disk
    assert sum(sizes) == on_disk


def test_has_tells_what_is_still_there(tmp_path: Path) -> None:
    page = put(tmp_path, "a#1.html", HTML)
    gone = put(tmp_path, "gone.html", HTML)
    source = FolderSource([tmp_path], LIMIT)
    locations = [found.location for found in source.pages()]
    gone.unlink()
    assert {location: source.has(location) for location in locations} == {
        str(page): True,
        str(gone): False,
    }
    assert source.has(f"{tmp_path}-elsewhere/gone.html")  # not a page of this source


@posix
def test_names_that_are_not_utf_8_can_be_printed_and_found_again(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.html")
    try:
        put(tmp_path, name, HTML)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    source = FolderSource([tmp_path], LIMIT)
    (found,) = source.pages()
    assert found.location == str(tmp_path / r"caf\xe9.html")
    assert isinstance(found.read(), Page)
    assert source.has(found.location)
    assert not source.has(str(tmp_path / r"caf\xe8.html"))


@pytest.mark.parametrize("path", ["/a/b.html", "/ä/日本.html", "/caf\udce9.html", r"/a\xe9.html"])
@posix
def test_locations_lead_back_to_their_paths(path: str) -> None:
    location = location_of(path)
    assert location.encode("utf-8")
    assert path in paths_at(location)


# Files of records.

ARTICLE = {"title": "Flood", "body": "The river rose."}


def records(tmp_path: Path, *lines: object, name: str = "r.jsonl") -> list[FoundPage]:
    text = "".join(
        f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines
    ).encode("utf-8", "surrogateescape")
    return find(put(tmp_path, name, gzip.compress(text) if name.endswith(".gz") else text))


@pytest.mark.parametrize("name", ["r.jsonl", "r.NDJSON", "r.jsonl.gz"])
def test_each_line_is_a_page(tmp_path: Path, name: str) -> None:
    first, second = {**ARTICLE, "id": "a1"}, {**ARTICLE, "url": "https://example.org/b"}
    found = records(tmp_path, first, "", second, name=name)
    path = tmp_path / name
    assert [page.location for page in found] == [f"{path}#a1", f"{path}#https://example.org/b"]
    outcome = found[0].read()
    assert isinstance(outcome, Page)
    assert outcome.kind is PageKind.RECORD
    assert json.loads(outcome.content) == first


def test_records_stay_the_same_page_when_lines_move(tmp_path: Path) -> None:
    articles = [{**ARTICLE, "id": "a"}, {**ARTICLE, "url": "u"}, {**ARTICLE, "body": "x"}]
    before = {page.location: page.stamp for page in records(tmp_path, *articles)}
    after = {page.location: page.stamp for page in records(tmp_path, "", *reversed(articles))}
    assert before == after
    assert len(before) == len(articles)


def test_records_of_one_id_are_apart_if_their_texts_are(tmp_path: Path) -> None:
    first, other = {**ARTICLE, "id": "a"}, {**ARTICLE, "id": "a", "body": "The river fell."}
    locations = [page.location for page in records(tmp_path, first, other, first)]
    assert locations[0] == locations[2] != locations[1]
    assert locations[1].startswith(f"{locations[0]}~")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{", "line 2: not JSON: Expecting property name enclosed in double quotes at column 2"),
        ("[]", 'line 2: not a JSON object such as {"title": ..., "body": ...}'),
        ("[" * 100_000, "line 2: "),
        ('{"n": ' + "1" * 1500 + "}", "line 2: not an article: 'title' is missing or empty"),
        ('{"title": "\udcff"}', "line 2: not UTF-8 text"),
        ('{"title": "Flood"}', "line 2: not an article: 'body' is missing or empty"),
        ('{"title": 1, "body": "x"}', "line 2: 'title' must be a text"),
        (json.dumps({**ARTICLE, "x": "x" * 2000}), "line 2: too large"),
    ],
)
def test_a_bad_line_is_rejected_with_its_number_and_the_others_read(
    tmp_path: Path, line: str, expected: str
) -> None:
    found = records(tmp_path, ARTICLE, line, {**ARTICLE, "id": "last"})
    outcomes = [page.read() for page in found]
    assert isinstance(outcomes[0], Page)
    assert isinstance(outcomes[2], Page)
    assert isinstance(outcomes[1], Rejected)
    assert outcomes[1].reason.startswith(expected)


def test_a_byte_order_mark_is_no_part_of_the_first_record(tmp_path: Path) -> None:
    path = put(tmp_path, "r.jsonl", b"\xef\xbb\xbf" + json.dumps(ARTICLE).encode())
    assert isinstance(find(path)[0].read(), Page)


def test_a_record_is_found_under_a_name_that_can_be_printed(tmp_path: Path) -> None:
    found = records(tmp_path, {**ARTICLE, "id": "a\ud800\n b"}, {**ARTICLE, "url": "u" * 999})
    assert all(page.location.isprintable() and len(page.location) < 600 for page in found)
    assert all(page.location.encode() for page in found)


def test_a_broken_file_of_records_gives_what_it_can_and_says_so(tmp_path: Path) -> None:
    lines = "".join(json.dumps({**ARTICLE, "id": str(n)}) + "\n" for n in range(9000))
    path = put(tmp_path, "r.jsonl.gz", gzip.compress(lines.encode())[:-300])
    source = FolderSource([path], LIMIT)
    found = list(source.pages())
    last = found[-1].read()
    assert len(found) > 1
    assert last == Rejected(location=str(path), reason="broken gzip file: it ends too early")
    # What stands behind the damage is not known to be gone.
    assert source.has(f"{path}#8999")


def test_has_tells_which_records_are_gone(tmp_path: Path) -> None:
    path = put(tmp_path, "r.jsonl", json.dumps({**ARTICLE, "id": "a#1"}) + "\n{\n")
    unread = put(tmp_path, "unread.jsonl", "")
    source = FolderSource([path], LIMIT)
    list(source.pages())
    there = {name: source.has(f"{path}{name}") for name in ("#a#1", "#b", ":2", ":3")}
    assert there == {"#a#1": True, "#b": False, ":2": True, ":3": False}
    assert source.has(f"{unread}#a")
    whole = FolderSource([tmp_path], LIMIT)
    list(whole.pages())
    assert not whole.has(f"{tmp_path / ('x' * 300)}#a")  # no file can have that name
    path.unlink()
    assert not whole.has(f"{path}#a#1")
