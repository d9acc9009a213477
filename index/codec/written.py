"""The words of a text field as written: a dictionary that leads to their stems."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

import numpy as np
import numpy.typing as npt

from index.codec.arrays import ArrayFile
from index.codec.blocks import Numbers
from index.codec.dictionary import TermDictionary
from index.codec.field import FieldReader, distinct
from index.schema import WORDS

__all__ = ["WrittenForms"]


class WrittenForms:
    """The written forms of the stems of a field.

    Args:
        file: The segment file.
        stems: The field of stems.

    Attributes:
        terms: The words as written.
    """

    def __init__(self, file: ArrayFile, stems: FieldReader) -> None:
        self.terms = TermDictionary(file, WORDS)
        self._file = file
        self._stems = stems

    def documents_with(self, words: npt.NDArray[np.integer]) -> Numbers:
        """Return the documents in which any of the words stands as written, ascending.

        Args:
            words: Numbers of words, at least one.
        """
        lists = [docs for docs, _ in self._lists(words, None)]
        return lists[0] if len(lists) == 1 else distinct(lists, self._stems.documents)

    def documents_in_part(
        self, words: npt.NDArray[np.integer], part: int
    ) -> tuple[Numbers, Numbers]:
        """Return the documents in which any of the words stands in a part, and where it may.

        The index tells in which parts a stem stands and in which forms, but not which form
        stands where: it is sure where all forms of a stem are among the words. A document may
        be in both lists; each is ascending.

        Args:
            words: Numbers of words, at least one.
            part: The part of the text.
        """
        sure: list[Numbers] = [np.zeros(0, dtype=np.uint32)]
        maybe: list[Numbers] = [np.zeros(0, dtype=np.uint32)]
        for docs, is_sure in self._lists(words, part):
            (sure if is_sure else maybe).append(docs)
        return distinct(sure, self._stems.documents), distinct(maybe, self._stems.documents)

    def _lists(
        self, words: npt.NDArray[np.integer], part: int | None
    ) -> Iterator[tuple[Numbers, bool]]:
        """Yield the documents of each stem of the words, and whether all its forms are chosen."""
        words_of: defaultdict[int, set[int]] = defaultdict(set)
        stems = self._file.array(f"{WORDS}/stems")[words]
        for word, stem in zip(words.tolist(), stems.tolist(), strict=True):
            words_of[stem].add(word)
        counts = self._stems.form_counts(np.fromiter(words_of, np.int64, len(words_of))).tolist()
        for (stem, chosen), count in zip(words_of.items(), counts, strict=True):
            if len(chosen) == count:
                yield self._in_part(stem, part), True
            else:
                yield self._with_forms(stem, chosen, part), False

    def _with_forms(self, stem: int, words: AbstractSet[int], part: int | None) -> Numbers:
        """Return the documents that have a stem in one of these forms."""
        docs = self._stems.postings(stem).docs
        listing = self._stems.forms(stem)
        wanted = np.array([word in words for word in listing.words.tolist()])
        matches = np.full(len(docs), wanted[0])
        matches[listing.at] = False
        matches[listing.at[wanted[listing.forms]]] = True
        return docs[matches & self._stands(stem, part)]

    def _in_part(self, stem: int, part: int | None) -> Numbers:
        docs = self._stems.postings(stem).docs
        return docs if part is None else docs[self._stands(stem, part)]

    def _stands(self, stem: int, part: int | None) -> npt.NDArray[np.bool_] | np.bool_:
        """Return in which of its documents a stem stands in a part of the text."""
        codes = self._stems.postings(stem).codes
        if part is None or codes is None:
            return np.True_
        inside: npt.NDArray[np.bool_] = self._stems.book[:, part] > 0
        return inside[codes // len(self._stems.length_classes)]
