"""Runs the real program in a folder of its own, over a few invented pages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PAGE = """<!doctype html>
<html lang="{language}"><head><title>{title}</title>
<meta property="og:site_name" content="{source}">
<meta property="article:published_time" content="{published}">
<link rel="canonical" href="{url}"></head>
<body><article><h1>{title}</h1>{paragraphs}</article></body></html>
"""
BRIDGE = (
    "The river Aller rose two metres and the old bridge was closed, said Mayor Jane Roe.",
    "Until Monday the ferry carries everyone who has to cross, and the flood gates stay shut.",
    "The council met until midnight and asked the capital for pumps, sandbags and soldiers.",
)
SCHOOL = (
    "Harwick opens its new school on the hill in September, two years later than planned.",
    "The roof had leaked in the flood of last winter, Tom Oldfield told the council.",
    "Four hundred children have a place; one hundred more wait for the second building.",
)
PORT = (
    "川の水位が一晩で二メートル上がり、古い橋は閉鎖された。市長は月曜日に技術者が橋脚を調べると述べた。",
    "それまでは渡し船が全員を運び、水門は閉じたままとなる。市議会は真夜中まで話し合い、首都に援助を求めた。",
)
OWN_VARIABLES = ("SEARCHER_ARCHIVE", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "PYTHONIOENCODING")


@pytest.fixture(scope="session")
def program() -> tuple[str, ...]:
    """How the program is started: the installed script, else the module."""
    script = shutil.which("searcher", path=str(Path(sys.executable).parent))
    return (script,) if script else (sys.executable, "-m", "searcher")


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """The environment of this process, without what changes how the program looks."""
    kept = {name: value for name, value in os.environ.items() if name not in OWN_VARIABLES}
    return kept | {"PYTHONUTF8": "1", "TERM": "xterm-256color"}


@pytest.fixture(scope="session")
def run_in(
    program: tuple[str, ...], environment: dict[str, str]
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the program in a folder; whatever happens, there must be no traceback."""

    def run(
        folder: Path, *arguments: str | os.PathLike[str], **variables: str
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*program, *map(os.fspath, arguments)],
            cwd=folder,
            env=environment | variables,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=120,
            check=False,
        )
        assert "Traceback" not in done.stderr
        return done

    return run


@pytest.fixture
def run(
    run_in: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the program in the temporary folder of a test."""

    def run_here(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return run_in(tmp_path, *arguments, **variables)

    return run_here


@pytest.fixture
def run_changed(
    tmp_path: Path, environment: dict[str, str]
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the program after a line of Python that breaks something in it."""

    def run_after(change: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        code = f"import sys\nsys.argv = {['searcher', *arguments]!r}\n{change}\n"
        code += "from searcher.cli import main\nmain()\n"
        return subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            env=environment | {"PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return run_after


@pytest.fixture(scope="session")
def write_page() -> Callable[..., Path]:
    """Write an invented page."""

    def write(
        path: Path,
        title: str = "Flood closes the bridge of Northmoor",
        paragraphs: tuple[str, ...] = BRIDGE,
        **facts: str,
    ) -> Path:
        known = {
            "source": "Northmoor Herald",
            "published": "2025-06-03T08:30:00+02:00",
            "language": "en",
            "url": f"https://northmoor-herald.example/{path.stem}",
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        page = PAGE.format(title=title, paragraphs=body, **(known | facts))
        path.write_text(page, encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def write_pages(write_page: Callable[..., Path]) -> Callable[[Path], None]:
    """Write three articles, a copy of the first, and a page that holds none."""

    def write(folder: Path) -> None:
        write_page(folder / "bridge.html")
        write_page(folder / "copy.html", url="https://www.east-echo.example/bridge")
        write_page(
            folder / "school.html",
            "Harwick opens its [red]new school[/red] after the flood",
            SCHOOL,
            source="Harwick Courier",
            published="2025-08-20",
        )
        write_page(
            folder / "port.html",
            "洪水で橋が閉鎖、市長が首都に援助を要請",
            PORT,
            source="港新聞",
            published="2025-06-04",
            language="ja",
        )
        (folder / "empty.html").write_bytes(b"")

    return write


@pytest.fixture(scope="session")
def archive_folder(
    tmp_path_factory: pytest.TempPathFactory,
    write_pages: Callable[[Path], None],
    run_in: Callable[..., subprocess.CompletedProcess[str]],
) -> Path:
    """A folder with pages and the archive of them, which tests only read."""
    folder = tmp_path_factory.mktemp("archive")
    write_pages(folder / "pages")
    assert run_in(folder, "index", "pages").returncode == 0
    return folder


@pytest.fixture
def ask(
    run_in: Callable[..., subprocess.CompletedProcess[str]], archive_folder: Path
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the program where the archive is."""

    def ask_there(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return run_in(archive_folder, *arguments, **variables)

    return ask_there


@pytest.fixture
def run_on_terminal(
    program: tuple[str, ...], environment: dict[str, str]
) -> Callable[..., tuple[int, str]]:
    """Run the program on a terminal of a given width; return its status and all it wrote.

    Tests that ask for it are passed over where there are no pseudo-terminals.
    """
    if os.name == "nt":
        pytest.skip("needs a pseudo-terminal")

    def run(folder: Path, *arguments: str, columns: int = 80, **variables: str) -> tuple[int, str]:
        import fcntl
        import pty
        import struct
        import termios

        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        process = subprocess.Popen(
            [*program, *arguments],
            cwd=folder,
            env=environment | variables,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)
        written = bytearray()
        try:
            while piece := os.read(ours, 65536):
                written += piece
        except OSError:  # Linux tells the end so
            pass
        os.close(ours)
        return process.wait(), written.decode()

    return run
