"""The page inside a MIME message, as browsers save it."""

from __future__ import annotations

import base64
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.parse.mhtml import Mhtml, unpack_mhtml

HTML = "<!doctype html><p>Die Brücke ist gesperrt."


def message(part: str, *, head: str = "", boundary: str = "=_b") -> bytes:
    return (
        "From: <Saved by Blink>\r\n"
        f"{head}"
        "MIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related; type="text/html"; boundary="{boundary}"\r\n\r\n'
        f"--{boundary}\r\n{part}\r\n--{boundary}\r\nContent-Type: image/png\r\n\r\nx\r\n"
        f"--{boundary}--\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("transfer", "payload"),
    [
        ("quoted-printable", quopri.encodestring(HTML.encode()).decode()),
        ("base64", base64.encodebytes(HTML.encode()).decode()),
        ("8bit", HTML),
    ],
)
def test_the_page_is_unpacked(transfer: str, payload: str) -> None:
    found = unpack_mhtml(
        message(
            "Content-Type: text/html; charset=UTF-8\r\n"
            f"Content-Transfer-Encoding: {transfer}\r\n"
            f"Content-Location: https://www.example.org/flood\r\n\r\n{payload}"
        )
    )
    assert found is not None
    assert found.html.decode().strip() == HTML
    assert (found.charset, found.url) == ("utf-8", "https://www.example.org/flood")


def test_the_address_of_the_snapshot_counts_first() -> None:
    part = "Content-Type: text/html\r\nContent-Location: cid:frame@mhtml.blink\r\n\r\n<p>"
    head = "Snapshot-Content-Location: https://example.org/\r\n a-long-address\r\n"
    found = unpack_mhtml(message(part, head=head))
    assert found is not None
    assert found.url == "https://example.org/a-long-address"


def test_the_start_parameter_names_the_page() -> None:
    content = (
        b'Content-Type: multipart/related; boundary=b; start="<main@x>"\n\n'
        b"--b\nContent-Type: text/html\n\n<p>frame\n"
        b"--b\nContent-Type: text/html\nContent-ID: <main@x>\n\n<p>page\n--b--\n"
    )
    assert unpack_mhtml(content) == Mhtml(html=b"<p>page")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Flood\n\nThe river rose.",
        message("Content-Type: text/css\r\n\r\na{}"),
        b"".join(
            b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(3000)
        ),
    ],
)
def test_without_a_page_there_is_none(content: bytes) -> None:
    assert unpack_mhtml(content) is None


@given(st.binary() | st.text().map(lambda part: message(f"Content-Type: text/html; {part}")))
def test_no_bytes_make_it_raise(content: bytes) -> None:
    found = unpack_mhtml(content)
    assert found is None or isinstance(found.html, bytes)
