"""Whoosh's Codec interface over our segments, so that plain Whoosh code reads an archive.

`whoosh.index.open_dir(folder)` unpickles the table of contents, and so finds the classes of this
module. That runs what the archive's author wrote; for an archive from a stranger take
`open_index`, which gives the same index from our manifest and our schema.

Whoosh only reads: its writer would put segments and a table of contents into the folder that an
archive cannot have, and delete what is not in it. Everything it would write by refuses.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

from whoosh.codec.base import Codec, PerDocumentReader, TermsReader
from whoosh.codec.base import Segment as WhooshSegment
from whoosh.filedb.filestore import FileStorage, RamStorage, Storage
from whoosh.index import TOC, FileIndex

from index.codec.segment import Segment
from index.codec.toc import INDEX_NAME, Manifest, SegmentEntry, read_manifest, toc_name
from index.codec.whoosh_columns import ColumnarDocuments
from index.codec.whoosh_terms import ColumnarTerms
from index.errors import ArchiveError
from index.schema import make_schema

__all__ = ["ColumnarCodec", "ColumnarSegment", "SafeIndex", "open_index", "whoosh_toc"]


def _refuse(*_arguments: object, **_options: object) -> NoReturn:
    """Refuse to write, whatever Whoosh was about to."""
    raise ArchiveError(
        "Whoosh only reads an archive; articles are written by: searcher index FOLDER"
    )


class ColumnarSegment(WhooshSegment):  # type: ignore[misc]  # Whoosh has no types
    """A segment in Whoosh's table of contents: its entry in ours, and nothing else.

    Args:
        entry: What our manifest says of the segment.
    """

    def __init__(self, entry: SegmentEntry) -> None:
        super().__init__(INDEX_NAME)
        self.segid = entry.name.removeprefix(f"{INDEX_NAME}_")
        self.entry = entry

    def codec(self) -> ColumnarCodec:
        """Return the codec that reads it."""
        return ColumnarCodec()

    def should_assemble(self) -> bool:
        """Tell Whoosh that there are no files to put into one: there is one."""
        return False

    def deleted_count(self) -> int:
        """Return how many documents are deleted."""
        return self.entry.deleted

    # Readers ask the codec's reader. It is writers that ask the segment, for its size as soon as
    # they open; to refuse there is the one chance to refuse before anything is in the folder.
    doc_count_all = _refuse
    set_doc_count = _refuse
    delete_document = _refuse
    deleted_docs = _refuse
    is_deleted = _refuse
    create_file = _refuse
    create_compound_file = _refuse


class ColumnarCodec(Codec):  # type: ignore[misc]  # Whoosh has no types
    """Opens the readers of a segment."""

    def terms_reader(self, storage: Storage, segment: ColumnarSegment) -> TermsReader:
        """Return the reader of the segment's terms."""
        return ColumnarTerms(Segment(Path(storage.folder), segment.entry))

    def per_document_reader(self, storage: Storage, segment: ColumnarSegment) -> PerDocumentReader:
        """Return the reader of the segment's documents."""
        return ColumnarDocuments(Segment(Path(storage.folder), segment.entry))

    per_document_writer = _refuse
    field_writer = _refuse
    postings_writer = _refuse
    postings_reader = _refuse
    new_segment = _refuse


class SafeIndex(FileIndex):  # type: ignore[misc]  # Whoosh has no types
    """A Whoosh index of an archive that unpickles nothing; made by `open_index`."""

    def __init__(self, folder: Path) -> None:
        # Not Whoosh's constructor: it unpickles the table of contents.
        self.storage = FileStorage(str(folder), readonly=True)
        self.indexname = INDEX_NAME
        self._folder = folder
        self._schema = make_schema()
        self._read_toc()  # as Whoosh does: what cannot be read is said at once

    def _read_toc(self) -> TOC:
        return _toc_of(read_manifest(self._folder), self._schema)

    def writer(self, procs: int = 1, **_options: Any) -> NoReturn:  # noqa: ARG002 (Whoosh's signature)
        """Refuse.

        Raises:
            ArchiveError: Always.
        """
        _refuse()


def open_index(folder: Path) -> SafeIndex:
    """Open an archive as a Whoosh index to read, at its last commit, running nothing of it.

    Raises:
        ArchiveDamagedError: Its table of contents is not what was written.
        ArchiveVersionError: A newer version wrote it.
        FileNotFoundError: There is no such folder.
    """
    return SafeIndex(folder)


def whoosh_toc(manifest: Manifest) -> bytes:
    """Return the file that Whoosh would write as table of contents."""
    storage = RamStorage()
    _toc_of(manifest, make_schema()).write(storage, INDEX_NAME)
    written: bytes = storage.files[toc_name(manifest.generation)]
    return written


def _toc_of(manifest: Manifest, schema: object) -> TOC:
    segments = [ColumnarSegment(entry) for entry in manifest.segments]
    return TOC(schema, segments, manifest.generation)
