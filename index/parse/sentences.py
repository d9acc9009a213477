"""The signs that end a sentence, in the scripts that newspapers are printed in."""

from __future__ import annotations

__all__ = ["SENTENCE_SIGNS"]

# Latin; Chinese and Japanese; Arabic and Urdu; Indian scripts; Armenian; Ethiopic; Burmese; Khmer.
SENTENCE_SIGNS = ".!?…" + "。！？" + "؟۔" + "।॥" + "։" + "።፧" + "။" + "។"
"""No sign of Thai and Lao, which part sentences by blanks."""
