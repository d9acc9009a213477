"""The commands `searcher index` and `searcher parse`.

Strategy: what is typed becomes settings here and nothing else; the work is in `index.build`,
loaded when a command runs. A build ends in one of three ways, and each says what is in the
archive then: done, interrupted, or failed.
"""

from __future__ import annotations

import shlex
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index.errors import ArchiveError
from index.model import Article, Outcome, Page, Rejected
from index.record import article_record
from index.settings import BuildSettings, Duplicates, SourceSettings
from index.terminal import (
    ARCHIVE_VARIABLE,
    DEFAULT_ARCHIVE,
    INTERRUPTED,
    NOTHING,
    complain,
    counted,
    in_words,
    path_problem,
    printable,
    write_json,
)

if TYPE_CHECKING:
    from index.build import BuildReport
    from index.screen import BuildScreen

__all__ = ["ARCHIVE", "ArchiveOption", "JsonOption", "index_pages", "parse_pages"]

ARCHIVE = Path(DEFAULT_ARCHIVE)
DEFAULTS = SourceSettings()
MEBIBYTE = 1024 * 1024


def _path(text: str | Path) -> Path:
    if isinstance(text, Path):  # the default
        return text
    if problem := path_problem(text):
        raise typer.BadParameter(problem)
    return Path(text)


PathsArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH", parser=_path, help="Folders, with all in them, and single files."
    ),
]
ArchiveOption = Annotated[
    Path,
    typer.Option(
        "--archive",
        metavar="DIR",
        parser=_path,
        envvar=ARCHIVE_VARIABLE,
        help="The archive's folder.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON, for programs.")]


def index_pages(
    paths: PathsArgument,
    *,
    archive: ArchiveOption = ARCHIVE,
    prune: Annotated[
        bool, typer.Option("--prune", help="Take out pages that are no longer there.")
    ] = False,
    reparse: Annotated[
        bool, typer.Option("--reparse", help="Parse unchanged pages again too.")
    ] = False,
    max_page_mb: Annotated[
        int, typer.Option(metavar="N", min=1, help="Reject pages of more MiB than this.")
    ] = DEFAULTS.max_page_bytes // MEBIBYTE,
    duplicates: Annotated[
        Duplicates,
        typer.Option(
            help="What becomes of a text that is there already: copies as articles of one story, "
            "a trace only, or an article even where nothing is new."
        ),
    ] = Duplicates.GROUP,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", "-j", metavar="N", min=1, help="Processes that parse; else one for each CPU."
        ),
    ] = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="List each rejected page and why.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Write errors only.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Bring saved news pages into an archive.

    Pages are .html .htm .xhtml .mhtml .mht .eml .txt files, and .jsonl or .ndjson files of
    articles; each also with .gz behind. Run it again to take in what is new or changed. Ctrl-C does
    no harm.
    """
    began = time.monotonic()
    report = None
    try:
        from index.screen import BuildScreen

        bar = sys.stderr.isatty() and not (quiet or as_json)
        with BuildScreen(bar=bar, verbose=verbose and not quiet) as screen:
            source_settings = SourceSettings(max_page_bytes=max_page_mb * MEBIBYTE)
            settings = BuildSettings(jobs=jobs, prune=prune, reparse=reparse, duplicates=duplicates)
            report = _build(paths, archive, source_settings, settings, screen)
    except KeyboardInterrupt:
        if report is None:  # otherwise it came when all was done
            complain("interrupted; the archive is as it was")
            raise typer.Exit(INTERRUPTED) from None
    seconds = time.monotonic() - began
    _tell_result(report, archive, seconds, quiet=quiet, as_json=as_json)
    if report.interrupted:
        _tell_interrupted(report)
        raise typer.Exit(INTERRUPTED)
    if not (quiet or as_json):
        _hint(report, archive, prune=prune, verbose=verbose)
    if not report.read:
        raise typer.Exit(NOTHING)


def _build(
    paths: list[Path],
    archive: Path,
    source_settings: SourceSettings,
    settings: BuildSettings,
    screen: BuildScreen,
) -> BuildReport:
    from index.build import build
    from index.engines.whoosh import open_writer
    from index.screen import state_of_archive
    from index.sources import FolderSource

    source = FolderSource(paths, source_settings)
    if screen.has_bar:
        screen.expect(source.size_bytes())
    with open_writer(archive, jobs=settings.jobs) as writer:
        try:
            return build(source, writer, settings, screen.watch)
        except (OSError, ArchiveError) as error:
            state = state_of_archive(screen.report)
            raise ArchiveError(f"{in_words(error)}; {state}") from error


def _tell_result(
    report: BuildReport, archive: Path, seconds: float, *, quiet: bool, as_json: bool
) -> None:
    from index.screen import report_lines, report_record

    if as_json:
        write_json(report_record(report, str(archive), seconds))
    elif not (quiet or report.interrupted):
        for line in report_lines(report, str(archive), seconds):
            typer.echo(line)


def _tell_interrupted(report: BuildReport) -> None:
    from index.screen import state_of_archive

    state = state_of_archive(report)
    complain(f"interrupted after {counted(report.read, 'page')}; {state}")


def _hint(report: BuildReport, archive: Path, *, prune: bool, verbose: bool) -> None:
    """Say what to do next, where something is not as one would expect."""
    if not report.read:
        so = ", so --prune took nothing out: its disk may not be mounted" if prune else ""
        complain(f"no page was found there{so}; a page is a file with one of the endings in --help")
    elif report.outcomes[Outcome.REJECTED] and not verbose:
        command = "searcher stats --rejected"
        if archive != ARCHIVE:
            command += f" --archive {shlex.quote(str(archive))}"
        typer.echo(f"why pages were rejected: {printable(command)}", err=True)


def _spans(page: Page) -> list[dict[str, Any]]:
    """Return where the article of a page names persons, in reading order; paragraph 0 is the title.

    It is parsed once more, since what its metadata says of persons is in no article.
    """
    from index.parse import parse_page
    from index.people import people_of

    parsed = parse_page(page)
    people = people_of(parsed) if isinstance(parsed, Article) else ()
    spans = [
        {
            "person": person.name,
            "paragraph": mention.line,
            "start": mention.start,
            "end": mention.end,
            "confidence": round(mention.confidence, 3),
        }
        for person in people
        for mention in person.mentions
    ]
    return sorted(spans, key=lambda span: (span["paragraph"], span["start"]))


def parse_pages(
    paths: PathsArgument,
    *,
    spans: Annotated[
        bool, typer.Option("--spans", help="Show where the text names each person.")
    ] = False,
    _as_json: Annotated[
        bool, typer.Option("--json", show_default=False, help="Write JSON lines: it always does.")
    ] = True,
) -> None:
    """Write the articles of pages as JSON lines.

    Nothing is put into an archive. Pages without an article go to stderr, with the reason.
    """
    from index.build import read_article
    from index.sources import FolderSource

    found_any = False
    for found in FolderSource(paths, DEFAULTS).pages():
        page = found.read()
        article = page if isinstance(page, Rejected) else read_article(page)
        if isinstance(article, Rejected):
            typer.echo(printable(f"{article.location}: {article.reason}"), err=True)
        else:
            found_any = True
            record = article_record(article)
            if spans and isinstance(page, Page):
                record["spans"] = _spans(page)
            write_json(record)
    if not found_any:
        raise typer.Exit(NOTHING)
