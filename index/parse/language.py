"""In which language is a text written?

Strategy: the script decides where one language uses it alone (kana, Hangul, Greek, Thai);
in scripts that many share, the frequent short words of each language are counted
(stopwords.txt), the classical method for texts of a sentence and more. Unsure is None.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

__all__ = ["detect_language", "language_tag", "settle_language", "spoken_language"]

SAMPLE_CHARS = 4000
START_CHARS = 300
# A text of news has a third or more of such words; under this share it is a list of names.
MIN_SHARE = 0.12
MIN_HITS = 4
# The best language must be ahead of the next by this factor, else the text is left open.
LEAD = 1.08
MIN_LETTERS = 12
# A declared language loses to words only in a text of some length and by a wide margin.
SURE_WORDS, SURE_LEAD = 40, 2.0

WORD = re.compile(r"[^\W\d_][^\s\d.,;:!?()\[\]\"“”„«»/|…]*")
SCRIPTS = {
    "kana": r"\u3041-\u30ff",
    "han": r"\u3400-\u9fff",
    "hangul": r"\u1100-\u11ff\uac00-\ud7af",
    "arabic": r"\u0600-\u06ff\u0750-\u077f",
    "cyrillic": r"\u0400-\u052f",
    "hebrew": r"\u0590-\u05ff",
    "devanagari": r"\u0900-\u097f",
    "latin": r"A-Za-z\u00c0-\u024f\u1e00-\u1eff",
    "el": r"\u0370-\u03ff\u1f00-\u1fff",
    "th": r"\u0e00-\u0e7f",
    "hy": r"\u0530-\u058f",
    "ka": r"\u10a0-\u10ff",
    "bn": r"\u0980-\u09ff",
    "pa": r"\u0a00-\u0a7f",
    "gu": r"\u0a80-\u0aff",
    "or": r"\u0b00-\u0b7f",
    "ta": r"\u0b80-\u0bff",
    "te": r"\u0c00-\u0c7f",
    "kn": r"\u0c80-\u0cff",
    "ml": r"\u0d00-\u0d7f",
    "si": r"\u0d80-\u0dff",
    "lo": r"\u0e80-\u0eff",
    "my": r"\u1000-\u109f",
    "km": r"\u1780-\u17ff",
    "am": r"\u1200-\u137f",
}
SCRIPT_RUNS = {name: re.compile(f"[{chars}]") for name, chars in SCRIPTS.items()}
ASCII = re.compile("[\x00-\x7f]+")
NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
ENOUGH_ASCII = re.compile(rf"(?:[^A-Za-z]*+[A-Za-z]){{{MIN_LETTERS}}}")
ALONE = frozenset(name for name in SCRIPTS if len(name) == len("el"))  # named after a language
ONE_LANGUAGE = {"kana": "ja", "han": "zh", "hangul": "ko"}
# Languages that are written in a script; all others are written in Latin.
WRITTEN_IN = {
    "kana": {"ja"},
    "han": {"zh", "ja", "yue", "ko"},
    "hangul": {"ko"},
    "arabic": {"ar", "fa", "ur", "ps", "ckb", "ug", "sd", "ku", "az", "ms", "pa", "ks"},
    "cyrillic": {
        "ru",
        "uk",
        "be",
        "bg",
        "sr",
        "mk",
        "kk",
        "ky",
        "mn",
        "tg",
        "uz",
        "tt",
        "bs",
        "sh",
    },
    "hebrew": {"he", "iw", "yi"},
    "devanagari": {"hi", "mr", "ne", "sa", "mai", "bho", "kok"},
}
LATIN_TOO = frozenset({"sr", "bs", "az", "uz", "ms", "ku", "kk", "tt", "sh"})
TAG = re.compile(r"\s*([a-zA-Z]{2,3})(?:[-_].{0,30})?\s*$")
RENAMED = {"iw": "he", "in": "id", "ji": "yi", "nb": "no", "nn": "no", "cn": "zh", "jp": "ja"}


@lru_cache(maxsize=1 << 10)
def language_tag(declared: str | None) -> str | None:
    """Return the primary subtag of a language tag in lower case.

    Example:
        >>> language_tag("pt_BR"), language_tag("nb-NO"), language_tag("english")
        ('pt', 'no', None)
    """
    match = TAG.match((declared or "").split(",")[0])
    tag = match[1].lower() if match else None
    return RENAMED.get(tag, tag) if tag and tag not in {"und", "mul", "zxx"} else None


def detect_language(text: str) -> str | None:
    """Return the language that a text is written in, or None where that is not sure.

    Args:
        text: A headline at least; the first paragraphs are enough.

    Example:
        >>> detect_language("Der Rat hat am Montag über den Haushalt der Stadt beraten.")
        'de'
    """
    sample = text[:SAMPLE_CHARS]
    script = _script(sample)
    return _language_in(script, sample) if script else None


def settle_language(declared: str | None, text: str) -> str | None:
    """Return the declared language unless the text plainly contradicts it.

    Args:
        declared: Primary subtag, where the page tells.
        text: Text of the article.
    """
    sample = text[:SAMPLE_CHARS]
    script = _script(sample)
    if script is None:
        return declared
    if declared is None or not _may_be_written_in(declared, script):
        return _language_in(script, sample)
    if sample.count(" ") < SURE_WORDS:
        return declared
    found = _language_in(script, sample)
    if found is None or found == declared or not _is_sure(sample, found, declared):
        return declared
    return found


def spoken_language(declared: str | None, text: str) -> str | None:
    """Return the language of a text: as declared, unless hardly a word of it is in that language.

    Titles and summaries are too short to tell, and templates say "en" of everything.

    Args:
        declared: Primary subtag, where the page tells.
        text: The text of the article.
    """
    if declared is None:
        return detect_language(text)
    known, words = _profiles().get(declared), text[:START_CHARS].lower().split()
    if known is None or sum(map(known.__contains__, words)) >= MIN_SHARE * len(words):
        return declared
    return settle_language(declared, text)


def _language_in(script: str, sample: str) -> str | None:
    """Return the language of a text in this script."""
    if script in ALONE:
        return script
    return ONE_LANGUAGE.get(script) or _by_words(sample, script)


def _script(sample: str) -> str | None:
    """Return the script of most letters; kana among Chinese characters make Japanese."""
    if sample.isascii():
        return "latin" if ENOUGH_ASCII.match(sample) else None
    # Most letters of most texts are ASCII, and 25 patterns need not read those.
    plain = sample.encode("ascii", "ignore")
    latin = len(plain.translate(None, NO_LETTERS))
    # Too few others to be another script, or Japanese.
    if latin > max(MIN_LETTERS, 3 * (len(sample) - len(plain))):
        return "latin"
    beyond = ASCII.sub("", sample)
    counts = {name: len(run.findall(beyond)) for name, run in SCRIPT_RUNS.items()}
    counts["latin"] += latin
    if counts["kana"] * 12 > counts["han"] and counts["kana"] + counts["han"] > counts["latin"] / 3:
        counts["kana"] += counts["han"]
    best = max(counts, key=lambda name: counts[name])
    # A Chinese character says as much as a few letters.
    enough = MIN_LETTERS // 3 if best in {"kana", "han", "hangul"} else MIN_LETTERS
    return best if counts[best] >= enough else None


@cache
def _may_be_written_in(language: str, script: str) -> bool:
    if script in ALONE:
        return language == script or (script == "bn" and language == "as")
    others = set().union(*WRITTEN_IN.values()) | ALONE
    if script == "latin":
        return language not in others or language in LATIN_TOO
    return language in WRITTEN_IN[script]


@cache
def _profiles() -> dict[str, frozenset[str]]:
    """Return the frequent words of each language."""
    lines = files("index.parse").joinpath("stopwords.txt").read_text("utf-8").splitlines()
    rows = (line.split() for line in lines if not line.startswith("#"))
    return {language: frozenset(words) for language, *words in rows}


@cache
def _weights() -> dict[str, tuple[tuple[str, float], ...]]:
    """Return, by word, the languages that use it with its weight: shared words say less."""
    users: dict[str, list[str]] = {}
    for language, words in _profiles().items():
        for word in words:
            users.setdefault(word, []).append(language)
    return {word: tuple((name, 1.0 + 1.0 / len(by)) for name in by) for word, by in users.items()}


def _scores(sample: str) -> tuple[dict[str, float], int]:
    table = _weights()
    words = WORD.findall(sample.lower())
    scores: dict[str, float] = {}
    for word in words:
        for language, weight in table.get(word, ()):
            scores[language] = scores.get(language, 0.0) + weight
    return scores, len(words)


def _by_words(sample: str, script: str) -> str | None:
    scores, words = _scores(sample)
    fit = {name: score for name, score in scores.items() if _may_be_written_in(name, script)}
    ranked = sorted(fit, key=lambda name: -fit[name])
    if not ranked or fit[ranked[0]] < max(MIN_HITS, MIN_SHARE * words):
        return None
    if len(ranked) > 1 and fit[ranked[0]] < LEAD * fit[ranked[1]]:
        return None
    return ranked[0]


def _is_sure(sample: str, found: str, declared: str) -> bool:
    scores, _ = _scores(sample)
    declared_score = SURE_LEAD * scores.get(declared, 0.0)
    return declared in _profiles() and scores[found] > declared_score
