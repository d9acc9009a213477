"""Which month a word names, in the languages that newspapers are printed in.

The table is months.txt. A word means one month in all languages but for `listopad`,
which is October in Croatian and November in Polish and Czech: there the page's language
decides.
"""

from __future__ import annotations

from importlib.resources import files

__all__ = ["month_number", "persian_month"]

PERSIAN_CALENDAR = "fa-solar"
# Many Persian pages are typed with the letters of Arabic.
ONE_YEH = str.maketrans("يك", "یک")
CROATIAN_OCTOBER = frozenset({"listopad", "listopada"})
CROATIAN = frozenset({"hr", "bs", "sh", "sr"})


def _read_table() -> tuple[dict[str, int], dict[str, int]]:
    """Return the words of the Gregorian and of the Persian calendar."""
    months: dict[str, int] = {}
    persian: dict[str, int] = {}
    for line in files("index.parse").joinpath("months.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        language, *columns = line.split()
        words = persian if language == PERSIAN_CALENDAR else months
        for number, forms in enumerate(columns, 1):
            for form in forms.split("/"):
                words[form.replace("‿", " ").translate(ONE_YEH)] = number
    return months, persian


MONTHS, PERSIAN_MONTHS = _read_table()


def month_number(word: str, language: str | None = None) -> int | None:
    """Return the month that a word names, 1 to 12.

    Args:
        word: A name or abbreviation in lower case, with or without its full stop.
        language: Primary subtag of the page's language, where known.

    Example:
        >>> month_number("märz"), month_number("listopada"), month_number("listopada", "hr")
        (3, 11, 10)
    """
    word = word.rstrip(".،").translate(ONE_YEH)
    if word in CROATIAN_OCTOBER and language in CROATIAN:
        return 10
    return MONTHS.get(word)


def persian_month(word: str) -> int | None:
    """Return the month of the Persian calendar that a word names, 1 to 12."""
    return PERSIAN_MONTHS.get(word.translate(ONE_YEH))
