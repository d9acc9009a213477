from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.parse.body import read_body
from index.parse.document import open_document
from index.parse.nesting import DEEPEST, limit_nesting

ONE = "The harbour of Lund was closed on Monday after a barge lost its load in the channel."
TWO = "Divers expect to need two days, said Mara Holt, who leads the port's rescue service."
THREE = "Ships bound for the north quay are sent to Ystad, where fees were waived until Friday."
ARTICLE = f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>"
HEADLINES = "".join(
    f'<li><a href="/{n}">Headline number {n} about something quite different</a></li>'
    for n in range(60)
)

TEASERS = (
    "<ul>"
    + "".join(
        f"<li><a href='/{n}'>Headline {n} of another story</a><p>What happened in town {n}, who "
        "saw it from a window, and what the neighbours had to say about the noise.</p></li>"
        for n in range(12)
    )
    + "</ul>"
)


def paragraphs(html: str, title: str | None = None) -> tuple[str, ...]:
    return read_body(open_document(html), title).paragraphs


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f"<article>{ARTICLE}</article>", id="article element"),
        pytest.param(f"<div><div><div>{ARTICLE}</div></div></div>", id="plain divs"),
        pytest.param(f"<ul>{HEADLINES}</ul><div>{ARTICLE}</div>", id="menu above"),
        pytest.param(f"<div>{ARTICLE}<ul>{HEADLINES}</ul></div>", id="list of links below"),
        pytest.param(
            f"<div><p>{ONE}</p><div><h3>More</h3><ul>{HEADLINES}</ul></div>"
            f"<p>{TWO}</p><p>{THREE}</p></div>",
            id="list of links inside, larger than the article",
        ),
        pytest.param(
            f"<div>{ARTICLE}</div><div class='related-stories'><p>{'Other news. ' * 15}</p></div>",
            id="related box with running text",
        ),
        pytest.param(
            f"<article>{ARTICLE}</article><div id='comments'>"
            + "<p>I have lived here for thirty years and never saw such a thing.</p>" * 40
            + "</div>",
            id="comments longer than the article",
        ),
        pytest.param(f"<form>{ARTICLE}</form>", id="a form around the page"),
        pytest.param(
            f"<div class='layout has-sidebar widget'>{ARTICLE}</div>",
            id="a wrapper with the name of furniture",
        ),
        pytest.param(
            f"<table><tr><td><a href='/'>Home</a><br><a href='/s'>Sport</a></td>"
            f"<td><font>{ONE}<br><br>{TWO}<br><br>{THREE}</font></td></tr></table>",
            id="old table layout with line breaks",
        ),
        pytest.param(
            f"<div><div>{ONE}</div><div>{TWO}</div><div>{THREE}</div></div>", id="no paragraphs"
        ),
        pytest.param(
            f"<div>{ARTICLE}<div class='newsletter-box'><p>Get our best stories.</p></div></div>",
            id="newsletter box",
        ),
        pytest.param(
            f"<figure><img><figcaption>A barge. Photo: J. Roe</figcaption></figure>{ARTICLE}",
            id="caption",
        ),
        pytest.param(
            f"<div>{ARTICLE}<p>Legal Disclaimer:</p><p>The outlet gives no warranty.</p></div>",
            id="legal disclaimer",
        ),
        pytest.param(
            f"<div>{ARTICLE}<p>Comments</p><p>No comment</p></div>", id="counter of comments"
        ),
        pytest.param(
            f"<div><p>By Jane Roe</p><p>Published 3 May 2025, 14:20</p>{ARTICLE}</div>",
            id="byline and date",
        ),
        pytest.param(
            f"<div>{ARTICLE}<p style='display: none'>You have reached your limit.</p></div>",
            id="hidden text",
        ),
        pytest.param(
            f"<script>document.write('<p>{'no text ' * 90}</p>')</script>{ARTICLE}", id="script"
        ),
        pytest.param(f"<p>{ONE}</p><p>Advertisement</p><p>{TWO}</p><p>{THREE}</p>", id="ad mark"),
        pytest.param(f"<body>{ARTICLE}", id="nothing closed"),
        pytest.param(
            f"<div><div>{TEASERS}</div><div>{ARTICLE}</div><div>{TEASERS}</div></div>",
            id="linked headlines with teasers, larger than the article",
        ),
        pytest.param(
            f"<div><p>{ONE}</p><p>A barge in the channel. Photo: Jane Roe</p><p>{TWO}</p>"
            f"<p>14:20</p><p>{THREE}</p><p>(Lund News Agency)</p></div>",
            id="lines of caption, clock and agency",
        ),
    ],
)
def test_the_article_comes_out_and_nothing_else(page: str) -> None:
    assert paragraphs(page) == (ONE, TWO, THREE)


def test_standfirst_between_headline_and_article_comes_first() -> None:
    lead = "A barge lost its load, and the port may stay closed until Wednesday night."
    page = f"<header><h1>Port closed</h1><p>{lead}</p></header><div>{ARTICLE}</div>"
    assert paragraphs(page, "Port closed") == (lead, ONE, TWO, THREE)


def test_headline_and_what_stands_above_it_are_not_part_of_the_text() -> None:
    page = f"<article><p>Harbour news</p><h1>Port closed</h1>{ARTICLE}</article>"
    assert paragraphs(page, "Port closed") == (ONE, TWO, THREE)


def test_subheadings_stay_and_empty_sections_go() -> None:
    page = f"""<article><p>{ONE}</p><h2>Two days of work</h2><p>{TWO}</p>
        <h2>Ships sent away</h2><p>{THREE}</p><h2>Read on</h2></article>"""
    assert paragraphs(page) == (ONE, "Two days of work", TWO, "Ships sent away", THREE)


def test_the_first_of_two_articles_is_the_one_with_the_headline() -> None:
    page = f"""<main><article><h1>Port closed</h1>{ARTICLE}</article>
        <article><h2>Next</h2><p>{"Something else happened in another town. " * 9}</p></article>
        </main>"""
    assert paragraphs(page, "Port closed") == (ONE, TWO, THREE)


def test_each_entry_of_a_live_blog_is_kept() -> None:
    entries = [f"Entry {n}: the tide rose by {n} centimetres within the hour." for n in range(40)]
    page = "<main><h1>Flood, live</h1>" + "".join(
        f"<article class='entry'><time>1{n % 10}:00</time><p>{text}</p></article>"
        for n, text in enumerate(entries)
    )
    assert [text for text in paragraphs(page, "Flood, live") if text in entries] == entries


def test_turns_of_a_transcript_are_kept_however_short() -> None:
    turns = ["HOLT: Good morning, and thank you all for coming here today so early.", "Q: When?"]
    turns += ["HOLT: On Friday.", "Q: Are you sure?", "HOLT: No."]
    assert paragraphs("".join(f"<p>{turn}</p>" for turn in turns)) == tuple(turns)


def test_a_photo_page_with_a_caption_only_has_the_caption_as_its_text() -> None:
    caption = "Children play in the fountain on Market Square on the hottest day of the year."
    page = f"<main><h1>Summer</h1><figure><figcaption>{caption}</figcaption></figure></main>"
    assert paragraphs(page, "Summer") == (caption,)


def test_ruby_annotations_leave_their_base_text() -> None:
    harbour = "<ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>"
    page = f"<p>{harbour}は閉鎖された。{'雨が降った。' * 9}</p>"
    assert paragraphs(page)[0].startswith("港は閉鎖された。")


def test_a_row_of_data_is_one_line() -> None:
    rows = "".join(f"<tr><td>Team {n}</td><td>{n} points</td></tr>" for n in range(3))
    assert paragraphs(f"<div>{ARTICLE}<table>{rows}</table></div>")[3:] == (
        "Team 0 | 0 points",
        "Team 1 | 1 points",
        "Team 2 | 2 points",
    )


@pytest.mark.parametrize("tag", ["div", "b", "p", "font", "table", "ul", "x-box", "span"])
@pytest.mark.parametrize("closed", [True, False])
def test_text_survives_100_000_levels(tag: str, *, closed: bool) -> None:
    depth = 100_000
    page = f"<{tag}>" * depth + f"{ONE} {TWO}" + f"</{tag}>" * depth * closed
    assert paragraphs(f"<body>{page}") == (f"{ONE} {TWO}",)


def test_formatting_left_open_does_not_multiply() -> None:
    open_fonts = "".join(f"<font size={n}><p>Line {n} of the list" for n in range(3000))
    assert len(limit_nesting(open_fonts)) < len(open_fonts)
    assert limit_nesting(open_fonts).count("<p>") == open_fonts.count("<p>")


def test_end_tags_by_the_hundred_thousand_count_as_nesting_does() -> None:
    # Each is looked for in all open elements.
    page = "<div>" * 5000 + "</x>" * 100_000
    assert limit_nesting(page.encode()).count("<div>") == DEEPEST


def test_many_tags_of_few_elements_pass_untouched() -> None:
    page = ("<p>One</p><!-- two -->" * 2500).encode()
    assert limit_nesting(page) is page


def test_an_unfinished_tag_of_a_million_letters_is_left_to_the_parser() -> None:
    page = "<p>" * 5000 + "<" + "a" * 1_000_000
    assert limit_nesting(page).endswith("a" * 1_000_000)


@given(st.text(alphabet="<>/!-=\"' abpdiv\n", max_size=300).map(lambda text: text * 60))
def test_limiting_only_takes_tags_out(html: str) -> None:
    limited = limit_nesting(html)
    rest = iter(html)
    assert all(character in rest for character in limited)


@given(st.lists(st.sampled_from(["<p>", "</p>", "<div class=ad>", "</div>", "<br>", "<a>", ONE])))
def test_no_page_makes_it_raise_and_paragraphs_are_single_lines(parts: list[str]) -> None:
    body = read_body(open_document("".join(parts)), None)
    assert all(text == " ".join(text.split()) and text for text in body.paragraphs)
    assert 0 <= body.link_share() <= 1


def test_link_share_tells_a_list_of_headlines_from_an_article() -> None:
    headlines = read_body(open_document(f"<ul>{HEADLINES}</ul>"), None)
    article = read_body(open_document(ARTICLE), None)
    assert (headlines.link_share(), article.link_share()) == (1.0, 0.0)
    assert headlines.paragraphs == ()


@pytest.mark.parametrize(
    "line",
    [
        "Related stories",
        "Also in the news",
        "Want more stories like this?",
        "Sign up now: our newsletter brings the harbour to your desk. Sign up today for the inbox.",
        "The Tidewater Post may earn a commission if you buy through links on this page.",
        "If you enjoyed this article, tell a friend about the Tidewater Post.",
        "The quay at Lund on Monday, seen from the lighthouse. (AP Photo/Jane Roe, File)",
        "The quay at Lund on Monday, seen from the lighthouse. © Nordwire / Jane Roe",
        "The quay at Lund on Monday, seen from … more >",
        "Bitte folgen Sie uns auf Whatsapp, dann verpassen Sie nichts mehr.",
    ],
)
def test_lines_of_the_site_at_the_end_are_no_text(line: str) -> None:
    assert paragraphs(f"<article>{ARTICLE}<p>{line}</p></article>") == (ONE, TWO, THREE)


@pytest.mark.parametrize(
    "line",
    [
        "The commission earns more from affiliate trade than the newsletter told its readers.",
        "She wants more. And more and more, said Holt.",
        "A photo of the barge (taken by a neighbour) shows the load in the channel.",
    ],
)
def test_sentences_with_the_same_words_are_text(line: str) -> None:
    assert line in paragraphs(f"<article>{ARTICLE}<p>{line}</p></article>")


def test_teasers_announced_in_the_middle_end_the_article() -> None:
    teasers = "".join(f"<p>{'Town hall reopens. ' * 4}{n}</p>" for n in range(4))
    page = f"<article>{ARTICLE}<h2>Also in the news</h2>{teasers}</article>"
    assert paragraphs(page) == (ONE, TWO, THREE)
    goes_on = page.replace("</article>", f"<p>{ONE * 4}</p></article>")
    assert paragraphs(goes_on)[-1] == ONE * 4
    box = page.replace("Also in the news", "Related stories")
    assert len(paragraphs(box)) > len((ONE, TWO, THREE))


def test_the_headline_goes_with_its_rubric_but_no_heading_further_down() -> None:
    title = "Barge loses its load in the channel"
    page = f"<article><h2>Shipping: {title}</h2>{ARTICLE}<h2>Once more: {title}</h2><p>{ONE}</p>"
    assert paragraphs(page, title) == (ONE, TWO, THREE, f"Once more: {title}", ONE)


def test_the_headline_goes_where_the_title_is_worded_in_another_way() -> None:
    heading = "<h1>Barge blocks the harbour</h1>"
    again = f"{heading}<article><h2>Barge blocks the harbour</h2>{ARTICLE}</article>"
    assert paragraphs(again, "Port of Lund closed") == (ONE, TWO, THREE)
    notice = "<p>Please refresh the page or navigate to another page on the site to log in.</p>"
    below = f"<article>{notice}{heading}{ARTICLE}</article>"
    assert paragraphs(below, "Port of Lund closed") == (ONE, TWO, THREE)


def test_a_message_of_the_page_is_no_standfirst() -> None:
    text = "Find what you saved in the list under your profile."
    message = f"<div class='bookmark-notification'><p>{text}</p></div>"
    page = f"<div><h1>Port of Lund closed</h1>{message}<article>{ARTICLE}</article></div>"
    assert paragraphs(page, "Port of Lund closed") == (ONE, TWO, THREE)


def test_a_post_that_the_article_shows_is_text_whatever_its_frame_is_called() -> None:
    post = f"<div class='social-embed'><blockquote class='{{}}'><p>{THREE}</p></blockquote></div>"
    page = f"<article><p>{ONE}</p>{post}<p>{TWO}</p></article>"
    assert paragraphs(page.format("twitter-tweet")) == (ONE, THREE, TWO)
    assert paragraphs(page.format("other")) == (ONE, TWO)


def test_a_long_quotation_is_not_taken_for_the_article_around_it() -> None:
    quotation = f"<blockquote>{ARTICLE * 10}</blockquote>"
    found = paragraphs(f"<div><p>{ONE * 2}</p>{quotation}<p>{TWO * 2}</p></div>")
    assert (found[0], found[-1]) == (ONE * 2, TWO * 2)


@pytest.mark.parametrize("indent", ["&nbsp;&nbsp; ", "\u3000\u3000", "\n &nbsp; &nbsp;"])
def test_a_break_and_an_indentation_begin_a_paragraph(indent: str) -> None:
    text = f"<br>{indent}".join((ONE, TWO, THREE))
    assert paragraphs(f"<div>{text}</div>") == (ONE, TWO, THREE)


def test_rows_with_a_year_near_the_top_stay() -> None:
    table = "<table><tr><td>Barge</td><td>1998</td></tr><tr><td>Tug</td><td>2004</td></tr></table>"
    found = paragraphs(f"<article><p>{ONE}</p><p>{TWO}</p>{table}<p>{THREE}</p></article>")
    assert found == (ONE, TWO, "Barge | 1998", "Tug | 2004", THREE)


def test_the_bar_of_a_web_archive_is_no_text() -> None:
    bar = "<div id='wm-ipp-base'><div id='wm-ipp-inside'><p>Saved by a crawl of news pages, of "
    bar += "which volunteers of the archive look after the list from week to week.</p></div></div>"
    assert paragraphs(f"{bar}<h1>Flood</h1>{ARTICLE}") == (ONE, TWO, THREE)


def test_blanks_between_tags_do_not_outweigh_paragraphs() -> None:
    weather = "<div>Weather for the coast: rain in the evening and wind from the west</div>"
    page = f"<body><section>{ARTICLE}</section>{weather}{' ' * 3000}"
    assert paragraphs(page) == (ONE, TWO, THREE)
