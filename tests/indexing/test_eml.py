"""E-mails: newsletters and mailed pages become articles, with what the head of the mail says."""

from __future__ import annotations

import html
import quopri
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import Article, Page, PageKind, Rejected
from index.parse import parse_page
from index.parse.eml import unpack_email
from index.parse.forwarded import Forwarded, read_forwarded
from index.sources import FolderSource

ONE = "The harbour of Lund was closed on Monday after a barge lost its load in the channel."
TWO = "Divers expect to need two days, said Mara Holt, who leads the port's rescue service."
THREE = "Ships bound for the north quay are sent to Ystad, where fees were waived until Friday."
HTML = (
    "<html><head><title>Newsletter</title></head><body>"
    '<div style="display:none">What you need to know today</div>'
    '<table><tr><td><a href="https://lund.example/v">View this email in your browser</a></td></tr>'
    f"<tr><td><h1>Port of Lund closed</h1><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></td></tr>"
    "<tr><td>You are receiving this because you signed up. <a href=x>Unsubscribe</a></td></tr>"
    "</table></body></html>"
)


def mail(
    *,
    html: str | None = HTML,
    plain: str | None = None,
    subject: str = "Port of Lund closed",
    sender: str = "The Lund Herald <news@lundherald.example>",
    date: str = "Sat, 03 May 2025 07:00:00 +0200",
) -> bytes:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "reader@post.example"
    message["Subject"] = subject
    message["Date"] = date
    if plain is not None:
        message.set_content(plain)
    if html is not None and plain is not None:
        message.add_alternative(html, subtype="html")
    elif html is not None:
        message.set_content(html, subtype="html")
    return message.as_bytes()


def article(content: bytes) -> Article:
    found = parse_page(Page(content=content, location="/x.eml", kind=PageKind.EMAIL))
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    "content",
    [
        mail(),
        mail(plain="Read this mail as HTML."),
        mail(html=None, plain=f"{ONE}\n\n{TWO}\n\n{THREE}\n"),
    ],
)
def test_a_mail_becomes_an_article(content: bytes) -> None:
    found = article(content)
    assert found.title == "Port of Lund closed"
    assert found.paragraphs == (ONE, TWO, THREE)
    assert found.source == "The Lund Herald"
    assert found.published == datetime(2025, 5, 3, 7, tzinfo=timezone(timedelta(hours=2)))
    assert found.language == "en"


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Fwd: Port of Lund closed", "Port of Lund closed"),
        ("WG: Fw: Port of Lund closed", "Port of Lund closed"),
        ("[news] Fwd: Port of Lund closed", "Port of Lund closed"),
        ("Re: Port of Lund closed", "Port of Lund closed"),
        ("Brücke für Fußgänger geöffnet", "Brücke für Fußgänger geöffnet"),
    ],
)
def test_the_subject_is_the_headline(subject: str, title: str) -> None:
    assert article(mail(subject=subject)).title == title


@pytest.mark.parametrize(
    ("sender", "source"),
    [
        ("The Lund Herald <a@b.example>", "The Lund Herald"),
        ('"The Lund Herald" <a@b.example>', "The Lund Herald"),
        ("Mara Holt from The Lund Herald <a@b.example>", "The Lund Herald"),
        ("The Lund Herald via Letterbox <a@b.example>", "The Lund Herald"),
        ("news@lund-herald.example", "Lund Herald"),
    ],
)
def test_the_sender_is_the_source(sender: str, source: str) -> None:
    assert article(mail(sender=sender)).source == source


def test_of_a_forwarded_mail_neither_sender_nor_day_is_taken() -> None:
    found = article(mail(subject="Fwd: Port of Lund closed", sender="Ann Lee <ann@post.example>"))
    assert found.source != "Ann Lee"
    assert found.published is None


HEADS = {
    "in the web": "---------- Forwarded message ---------\nFrom: Lund Herald <news@h.example>\n"
    "Date: Fri, 2 May 2025 at 07:30\nSubject: Port of Lund closed\nTo: <ann@post.example>\n",
    "in an office": "-----Original Message-----\nFrom: Lund Herald [mailto:news@h.example]\n"
    "Sent: Friday, May 2, 2025 7:30 AM\nTo: Ann Lee\nSubject: RE: Port of Lund closed\n",
    "in German": "Von: Lund Herald <news@h.example>\nGesendet: Freitag, 2. Mai 2025 07:30\n"
    "An: Ann Lee\nBetreff: WG: Port of Lund closed\n",
    "in French": "De : Lund Herald <news@h.example>\nEnvoyé : vendredi 2 mai 2025 07:30\n"
    "À : Ann Lee\nObjet : Port of Lund closed\n",
    "quoted": "Begin forwarded message:\n\n> From: Lund Herald <news@h.example>\n"
    "> Subject: Port of Lund closed\n> Date: 2 May 2025 at 07:30:00\n> To: Ann Lee\n> ",
    "in bold": "*From:* Lund Herald <news@h.example>\n*Sent:* 2 May 2025 07:30\n"
    "*Subject:* Port of Lund closed\n",
}
TWICE = "From: Jo Doe <jo@post.example>\nDate: 3 May 2025\nSubject: Look\n\nWell!\n\n"


@pytest.mark.parametrize("note", ["", "Have you seen this?\n\nAnn\n\n", TWICE])
@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("is_html", [False, True])
def test_of_a_forwarded_mail_the_head_above_its_text_is_taken(
    head: str, note: str, *, is_html: bool
) -> None:
    text = f"{note}{head}\n{ONE}\n\n{TWO}\n\n{THREE}"
    if is_html:
        lines = "".join(f"<div>{html.escape(line) or '<br>'}</div>" for line in text.splitlines())
        text = f"<html><body>{lines}</body></html>"
    content = "Subject: Fwd: Port\nDate: Sun, 4 May 2025 09:00:00 +0200\nFrom: Ann <a@p.example>\n"
    kind = "html" if is_html else "plain"
    found = article(f"{content}Content-Type: text/{kind}; charset=utf-8\n\n{text}".encode())
    assert found.title == "Port of Lund closed"
    assert found.published == datetime(2025, 5, 2, 7, 30)  # noqa: DTZ001 - heads tell no zone
    assert found.source == "Lund Herald"
    assert found.paragraphs == (ONE, TWO, THREE)


@pytest.mark.parametrize(
    "text", ["From: Lund\nTo: Ystad\n\nIt rained.", "Date: 3 May\nSubject: Rain\nTo: all", "x"]
)
def test_two_kinds_of_lines_are_no_head(text: str) -> None:
    assert read_forwarded(text, is_html=False) == Forwarded(text)


@given(st.text() | st.text(alphabet="From: Date>\n<br/p"), st.booleans())
def test_what_is_left_of_a_forwarded_mail_is_its_end(text: str, is_html: bool) -> None:  # noqa: FBT001
    found = read_forwarded(text, is_html=is_html)
    assert found.fields or found.rest == text
    assert is_html or not found.fields or len(found.rest) < len(text)


@pytest.mark.parametrize(
    "date", ["", "soon", "Sat, 99 May 2025", "Sat, 03 May 2099 07:00:00 +0000"]
)
def test_a_date_that_cannot_be_is_refused(date: str) -> None:
    assert article(mail(date=date)).published is None


def test_encodings_of_parts_are_undone() -> None:
    text = "<p>Die Brücke über den Fluß ist seit Montag wieder für alle offen, sagte Jana Rehm.</p>"
    content = (
        b"Subject: =?iso-8859-1?Q?Br=FCcke_f=FCr_alle?=\nDate: Sat, 3 May 2025 07:00:00 +0000\n"
        b"Content-Type: text/html; charset=iso-8859-1\n"
        b"Content-Transfer-Encoding: quoted-printable\n\n"
    ) + quopri.encodestring(text.encode("latin-1"))
    found = article(content)
    assert found.title == "Brücke für alle"
    assert found.body == text.removeprefix("<p>").removesuffix("</p>")
    assert found.published == datetime(2025, 5, 3, 7, tzinfo=UTC)


def test_attachments_are_not_read() -> None:
    message = EmailMessage()
    message["Subject"] = "Port"
    message.set_content(f"{ONE}\n\n{TWO}\n\n{THREE}")
    message.add_attachment(b"<p>No", maintype="text", subtype="html", filename="x.html")
    assert article(message.as_bytes()).paragraphs == (ONE, TWO, THREE)


@pytest.mark.parametrize(
    "content",
    [
        b"Subject: x\n\n",
        b"Subject: x\nContent-Type: image/png\n\nx",
        b"".join(
            b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(3000)
        ),
    ],
)
def test_a_mail_without_a_text_is_rejected(content: bytes) -> None:
    found = parse_page(Page(content=content, location="/x.eml", kind=PageKind.EMAIL))
    assert isinstance(found, Rejected)


def test_files_of_mails_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(mail())
    (tmp_path / "b.eml").write_bytes(
        b'Content-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html\n\n<p>x\n'
    )
    kinds = [found.read() for found in FolderSource([tmp_path]).pages()]
    assert [page.kind for page in kinds if isinstance(page, Page)] == [PageKind.EMAIL] * 2


@given(
    st.binary() | st.text().map(lambda head: f"Subject: {head}\nDate: {head}\n\n{head}".encode())
)
def test_no_bytes_make_it_raise(content: bytes) -> None:
    found = unpack_email(content)
    assert found is None or isinstance(found.content, bytes)
