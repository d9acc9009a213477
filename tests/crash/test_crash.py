"""Whatever step of a commit fails, the archive holds the old state or the new, never half."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import pytest

import searcher
from index import ArchiveError, ArchiveLockedError, Article, Copy, Outcome, PageRecord
from index.engines.whoosh import open_writer
from index.ledger import Entry, enter, page_at, remove

Make = Callable[..., Article]
Write = Callable[..., Path]
MAX_STEPS = 60


def _put(folder: Path, articles: list[Article], gone: Iterable[Article] = ()) -> None:
    with open_writer(folder) as writer:
        for article in gone:
            if record := page_at(writer, article.location):
                remove(writer, [record])
        for article in articles:
            record = PageRecord(
                location=article.location, outcome=Outcome.ARTICLE, article=article.id
            )
            enter(writer, Entry(outcome=Outcome.ARTICLE, record=record, article=article))
        writer.commit()


def _titles(folder: Path, query: str = "NOT xyzzy") -> set[str]:
    with searcher.open(folder) as archive:
        assert archive.check() == ()
        return {hit.article.title for hit in archive.search(query, limit=100)}


@pytest.mark.parametrize("syscall", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_state_or_the_new(
    syscall: str, make_article: Make, write_archive: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_archive([make_article("Old", "An old text.")])
    real, seen = getattr(os, syscall), set()
    for step in range(MAX_STEPS):
        left = [step]

        def failing(*args: object, left: list[int] = left, **options: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise OSError(28, "No space left on device")
            return real(*args, **options)

        before, name = _titles(folder), f"New {step}"
        with monkeypatch.context() as patched:
            patched.setattr(os, syscall, failing)
            with suppress(ArchiveError):
                _put(folder, [make_article(name, f"A new text {step}.")])
        after = _titles(folder)
        assert after in (before, before | {name})
        seen.add(after == before)
        if left[0] >= 0:  # nothing failed any more: all steps were tried
            assert after == before | {name}
            break
    assert seen == {True, False}


KILLED_BUILD = """
import os, sys
from pathlib import Path
from index import Article, Copy, Outcome, PageRecord
from index.engines.whoosh import open_writer
from index.ledger import Entry, enter, page_at, remove

steps, real = int(sys.argv[2]), os.fsync

def killing(handle):
    global steps
    steps -= 1
    if steps < 0:
        os._exit(9)
    real(handle)

os.fsync = killing
with open_writer(Path(sys.argv[1])) as writer:
    remove(writer, [page_at(writer, sys.argv[3])])
    for number in range(3):
        copies = (Copy(location=f"c{number}", source="Echo"),)
        article = Article(
            id=f"n{number}", title=f"New {number}", body="A new text.", location=f"n{number}",
            copies=copies,
        )
        record = PageRecord(location=article.id, outcome=Outcome.ARTICLE, article=article.id)
        enter(writer, Entry(outcome=Outcome.ARTICLE, record=record, article=article))
    writer.commit()
"""


def test_a_killed_build_leaves_the_old_state_or_the_new(
    make_article: Make, write_archive: Write, tmp_path: Path
) -> None:
    copies = (Copy(location="/copy", source="Echo"),)  # all that is kept of another page
    old, gone = make_article("Old", "An old text.", copies=copies), make_article("Gone", "It goes.")
    later = make_article("Later", "Another text.")
    states = []
    for step in range(MAX_STEPS):
        folder = write_archive([old, gone], folder=tmp_path / f"{step}.idx")
        words = [sys.executable, "-c", KILLED_BUILD, str(folder), str(step), gone.location]
        killed = subprocess.run(words, check=False).returncode == 9
        titles = _titles(folder)
        assert titles in ({"Old", "Gone"}, {"Old", "New 0", "New 1", "New 2"})
        assert _titles(folder, "source:echo") == titles - {"Gone"}
        states.append(len(titles))
        # The lock went with the process, and what it left is in nobody's way.
        _put(folder, [later], [gone])
        assert _titles(folder) == titles - {"Gone"} | {"Later"}
        if not killed:
            break
    assert states == sorted(states)
    assert set(states) == {2, 4}


def test_two_builds_at_once_are_refused(make_article: Make, write_archive: Write) -> None:
    folder = write_archive([make_article("Old", "An old text.")])
    with open_writer(folder), pytest.raises(ArchiveLockedError, match="another build"):
        _put(folder, [make_article("New", "A new text.")])
    _put(folder, [make_article("New", "A new text.")])
    assert _titles(folder) == {"Old", "New"}


def test_a_search_sees_the_last_commit_of_a_build_or_keeps_its_state(
    make_article: Make, write_archive: Write
) -> None:
    folder = write_archive([make_article("Old", "An old text.")])
    with searcher.open(folder) as archive:
        kept = archive.at_last_commit()
        for number in range(12):  # enough commits for segments to be merged away
            _put(folder, [make_article(f"New {number}", f"A new text {number}.")])
            assert [hit.article.title for hit in kept.search("text")] == ["Old"]
            assert archive.search("text").total == number + 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to a process")
def test_ctrl_c_says_what_is_in_the_archive(tmp_path: Path) -> None:
    for number in range(5):
        status, said = _interrupted_build(tmp_path / str(number), pages=2000 << number)
        if status:
            break  # else it was done before the signal came
    assert status == 130
    assert "the archive is as it was" in said
    with searcher.open(tmp_path / str(number) / "a.idx") as archive:
        assert archive.stats().articles == 0


def _interrupted_build(folder: Path, pages: int) -> tuple[int, str]:
    (folder / "pages").mkdir(parents=True)
    for number in range(pages):
        text = "\n\n".join(
            f"Paragraph {part} of page {number} tells of the river and of the bridge of town."
            for part in range(8)
        )
        (folder / "pages" / f"{number}.txt").write_text(f"The river story {number}\n\n{text}\n")
    words = [Path(sys.executable).parent / "searcher", "index", "pages", "--archive", "a.idx"]
    build = subprocess.Popen(words, cwd=folder, stderr=subprocess.PIPE, text=True)
    while not (folder / "a.idx" / "BUILDING").exists():
        time.sleep(0.01)
        assert build.poll() is None
    time.sleep(0.3)
    build.send_signal(signal.SIGINT)
    _, said = build.communicate()
    return build.returncode, said


def test_a_flipped_bit_is_found_and_never_a_traceback(
    make_article: Make, write_archive: Write
) -> None:
    articles = [
        make_article(f"Title {n}", f"The river rose and bridge {n} closed.", people=("Jane Roe",))
        for n in range(30)
    ]
    folder = write_archive(articles)
    told: list[str] = []
    for segment in folder.glob("*.seg"):
        sound = segment.read_bytes()
        for place in range(0, len(sound), max(len(sound) // 60, 1)):
            broken = bytearray(sound)
            broken[place] ^= 4
            segment.write_bytes(broken)
            told += _check_and_search(folder, articles)
        segment.write_bytes(sound)
    assert [message for message in told if str(folder) not in message] == []


def _check_and_search(folder: Path, articles: list[Article]) -> list[str]:
    """Search a broken archive: what is answered must be right; return what is said else."""
    try:
        with searcher.open(folder) as archive:
            archive.check()
            for query in ("river", '"bridge 7"', "riv*", 'people:"jane roe"', "NOT river"):
                expected = {"NOT river": 0, '"bridge 7"': 1}.get(query, len(articles))
                assert len(archive.search(query, limit=99)) == expected
    except searcher.NewsArchiveError as error:
        return [str(error)]
    return []
