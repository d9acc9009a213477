"""The table of contents: Whoosh reads it, we read it without running it, and commits are whole."""

from __future__ import annotations

import gc
import json
import os
import pickle
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, open_dir

from index.codec import toc
from index.codec.toc import Manifest, SegmentEntry, read_manifest, remove_unused, write_manifest
from index.codec.whoosh_codec import open_index
from index.errors import ArchiveDamagedError, ArchiveError, ArchiveVersionError
from index.schema import make_schema

NAME = "MAIN_0123456789abcdef"
ENTRY = {"name": NAME, "docs": 9, "deleted": 2, "deletions": f"{NAME}.3.del", "kind": "article"}


@st.composite
def entries(draw: st.DrawFn, name: str) -> SegmentEntry:
    docs = draw(st.integers(0, 2**32 - 1))
    deleted = draw(st.integers(0, docs))
    return SegmentEntry(
        name=name,
        docs=docs,
        deleted=deleted,
        deletions=f"{name}.{draw(st.integers(0, 10**9))}.del" if deleted else None,
        kind=draw(st.sampled_from(["article", "page"])),
    )


@st.composite
def manifests(draw: st.DrawFn) -> Manifest:
    names = draw(st.lists(st.from_regex(r"MAIN_[0-9a-z]{16}", fullmatch=True), unique=True))
    segments = tuple(draw(entries(name)) for name in names)
    return Manifest(generation=draw(st.integers(0, 2**31 - 1)), segments=segments)


def of(generation: int, *values: dict[str, object]) -> Manifest:
    segments = tuple(SegmentEntry(**value) for value in values)  # type: ignore[arg-type]
    return Manifest(generation=generation, segments=segments)


def write_raw(folder: Path, values: object, whoosh_part: bytes = b"") -> Path:
    """Write a table of contents as the module's docstring describes it."""
    written = values if isinstance(values, bytes) else json.dumps(values).encode()
    body = whoosh_part + written + b"NEWSTOC\n" + struct.pack("<I", len(written))
    path = folder / "_MAIN_7.toc"
    path.write_bytes(body + struct.pack("<I", zlib.crc32(body)))
    return path


def raw(*segments: object, **changed: object) -> dict[str, object]:
    return {"format": 1, "generation": 7, "segments": list(segments), **changed}


@settings(max_examples=40)
@given(manifests())
def test_what_is_written_is_read_by_us_and_by_whoosh(
    tmp_path_factory: pytest.TempPathFactory, manifest: Manifest
) -> None:
    folder = tmp_path_factory.mktemp("archive")
    write_manifest(folder, manifest)
    assert read_manifest(folder) == manifest
    read = TOC.read(FileStorage(str(folder)), "MAIN")
    assert read.generation == manifest.generation
    assert read.schema.names() == make_schema().names()
    assert [s.segment_id() for s in read.segments] == [s.name for s in manifest.segments]
    assert [s.deleted_count() for s in read.segments] == [s.deleted for s in manifest.segments]


def test_the_newest_generation_counts(tmp_path: Path) -> None:
    for generation in (9, 10, 8):
        write_manifest(tmp_path, of(generation, ENTRY))
    assert read_manifest(tmp_path).generation == 10
    assert open_index(tmp_path).latest_generation() == 10


def test_a_commit_leaves_no_other_file(tmp_path: Path) -> None:
    write_manifest(tmp_path, of(3))
    assert [path.name for path in tmp_path.iterdir()] == ["_MAIN_3.toc"]


@pytest.mark.parametrize("syscall", ["fsync", "replace"])
def test_a_commit_that_fails_leaves_the_old_state_or_the_new(
    syscall: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, seen = getattr(os, syscall), []
    for step in range(9):
        folder = tmp_path / str(step)
        folder.mkdir()
        write_manifest(folder, of(1))
        left = [step]

        def failing(*args: object, left: list[int] = left) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise OSError(28, "No space left on device")
            return real(*args)

        with monkeypatch.context() as patched:
            patched.setattr(os, syscall, failing)
            try:
                write_manifest(folder, of(2, ENTRY))
            except OSError:
                seen.append(read_manifest(folder))
            else:
                break
        assert not [*folder.glob("*.tmp")]
    assert read_manifest(folder) == of(2, ENTRY)
    assert of(1) in seen
    assert all(manifest in (of(1), of(2, ENTRY)) for manifest in seen)


def test_a_commit_between_looking_and_reading_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_manifest(tmp_path, of(2))
    seen = [1]  # deleted since it was seen
    real = toc.newest_generation
    monkeypatch.setattr(
        toc, "newest_generation", lambda folder: seen.pop() if seen else real(folder)
    )
    assert read_manifest(tmp_path) == of(2)


def test_damage_is_found_wherever_it_is(tmp_path: Path) -> None:
    write_manifest(tmp_path, of(3, ENTRY))
    path = tmp_path / "_MAIN_3.toc"
    sound = path.read_bytes()
    places = [*range(0, len(sound), 31), *range(len(sound) - 200, len(sound))]
    flipped = (sound[:at] + bytes([sound[at] ^ 4]) + sound[at + 1 :] for at in places)
    cut = (sound[:at] for at in places)
    for broken in (*flipped, *cut, sound + b"\n"):
        path.write_bytes(broken)
        with pytest.raises(ArchiveDamagedError, match=r"_MAIN_3\.toc"):
            read_manifest(tmp_path)


@pytest.mark.parametrize(
    "values",
    [
        b"",
        b"{",
        b"[" * 100_000,
        b'{"format": 1' + b"0" * 5000 + b"}",
        [],
        {},
        raw(format=0),
        raw(format="1"),
        raw(format=True),
        raw(generation=6),
        raw(generation=None),
        raw(segments={}),
        raw(segments=None),
        raw(None),
        raw({}),
        raw(ENTRY, ENTRY),
        raw(ENTRY | {"name": "../../home"}),
        raw(ENTRY | {"name": "MAIN_a\n", "deletions": "MAIN_a\n.3.del"}),
        raw(ENTRY | {"name": 1}),
        raw(ENTRY | {"docs": -1, "deleted": -1}),
        raw(ENTRY | {"docs": 2**32}),
        raw(ENTRY | {"docs": 9.0}),
        raw(ENTRY | {"docs": True, "deleted": True}),
        raw(ENTRY | {"docs": None}),
        raw(ENTRY | {"deleted": 10}),
        raw(ENTRY | {"deleted": 0}),
        raw(ENTRY | {"deletions": None}),
        raw(ENTRY | {"deletions": "/etc/passwd"}),
        raw(ENTRY | {"deletions": f"{NAME}.del"}),
        raw(ENTRY | {"deletions": f"{NAME}.3.del/../x"}),
        raw(ENTRY | {"deletions": "MAIN_other.3.del"}),
        raw(ENTRY | {"kind": "folder"}),
        raw({key: value for key, value in ENTRY.items() if key != "kind"}),
    ],
)
def test_what_cannot_be_is_not_believed_though_its_checksum_is_right(
    values: object, tmp_path: Path
) -> None:
    write_raw(tmp_path, raw(ENTRY))
    assert read_manifest(tmp_path) == of(7, ENTRY)
    write_raw(tmp_path, values)
    with pytest.raises(ArchiveDamagedError, match=r"_MAIN_7\.toc"):
        read_manifest(tmp_path)


def test_a_newer_version_is_named(tmp_path: Path) -> None:
    write_raw(tmp_path, {"format": 2, "segments": "anything"})
    with pytest.raises(ArchiveVersionError, match=r"_MAIN_7\.toc has format 2.*upgrade"):
        read_manifest(tmp_path)


def test_a_table_of_contents_of_whooshs_own_is_not_ours(tmp_path: Path) -> None:
    FileStorage(str(tmp_path)).create_index(make_schema())
    with pytest.raises(ArchiveDamagedError, match=r"_MAIN_0\.toc.*another program"):
        read_manifest(tmp_path)


def test_a_folder_without_one_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "_MAIN_7.toc.tmp").touch()
    (tmp_path / "_MAIN_007.toc").touch()
    with pytest.raises(ArchiveDamagedError, match="no table of contents"):
        read_manifest(tmp_path)


class Attack:
    """Unpickled, it makes a folder."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.target),)


# Whoosh leaves it to the garbage collector to close a table of contents that it cannot read.
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_what_a_stranger_pickled_is_not_run(tmp_path: Path) -> None:
    folder, target = tmp_path / "archive", tmp_path / "owned"
    folder.mkdir()
    write_manifest(folder, of(7))
    honest = (folder / "_MAIN_7.toc").read_bytes()
    schema = pickle.dumps(make_schema(), 2)
    assert schema in honest
    attack = pickle.dumps(Attack(target), 2)
    attack = attack.ljust(len(schema), b".")  # nobody reads on behind the end of a pickle
    write_raw(folder, raw(), honest.replace(schema, attack))

    assert read_manifest(folder) == of(7)
    with open_index(folder).searcher() as searcher:
        assert searcher.doc_count_all() == 0
    assert open_index(folder).schema.names() == make_schema().names()
    assert not target.exists()
    with pytest.raises(Exception, match="not a Schema"):  # a real attack: Whoosh falls for it
        open_dir(str(folder))
    gc.collect()
    assert target.exists()


def test_what_no_commit_names_is_deleted_and_nothing_else(tmp_path: Path) -> None:
    kept = ["_MAIN_3.toc", f"{NAME}.seg", f"{NAME}.3.del"]
    strangers = ["archive.json", "BUILDING", "notes.tmp", "MAINLY.txt", "photo.seg", "_MAIN_x.toc"]
    unused = [
        "_MAIN_2.toc",
        "_MAIN_4.toc",
        "_MAIN_4.toc.tmp",
        "MAIN_aaaaaaaaaaaaaaaa.seg",
        "MAIN_aaaaaaaaaaaaaaaa.seg.docs.tmp",
        "MAIN_aaaaaaaaaaaaaaaa.2.del",
        f"{NAME}.2.del",
    ]
    for name in [*kept, *strangers, *unused]:
        (tmp_path / name).touch()
    (tmp_path / "MAIN_held.seg").mkdir()  # as undeletable as a file that is open on Windows
    remove_unused(tmp_path, of(3, ENTRY))
    assert {path.name for path in tmp_path.iterdir()} == {*kept, *strangers, "MAIN_held.seg"}


@pytest.mark.parametrize("segments", [(), (ENTRY,)])
def test_whoosh_may_not_write_to_an_archive_opened_safely(
    segments: tuple[dict[str, object], ...], tmp_path: Path
) -> None:
    write_manifest(tmp_path, of(3, *segments))
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    for write in (open_index(tmp_path).writer, open_index(tmp_path).optimize):
        with pytest.raises(ArchiveError, match="articles are written by: searcher index"):
            write()
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_writer_of_plain_whoosh_is_refused_before_it_writes(tmp_path: Path) -> None:
    write_manifest(tmp_path, of(3, ENTRY))
    with pytest.raises(ArchiveError, match="articles are written by: searcher index"):
        open_dir(str(tmp_path)).writer()
    assert read_manifest(tmp_path) == of(3, ENTRY)
    assert {path.suffix for path in tmp_path.iterdir()} <= {".toc", ""}  # "": Whoosh's lock
