"""Stories in scripts without spaces, and whatever accents and typographic marks are written."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import searcher
from index import Article

JAPANESE = (
    "港町の川は一晩で二メートル上がり、古い橋は閉鎖された。市長は月曜日に技術者が橋脚を調べると述べた。"
    "それまでは渡し船が住民を運び、水門は閉じたままとなる。市議会は真夜中まで話し合い、首都に援助を求めた。"
    "学校は左岸で休みとなり、市場は教会の広場に移る。消防団は土のうを積み、商店は地下室の水をくみ出している。"
    "気象台は雨が木曜日まで続くと予報し、鉄道会社は海沿いの路線を止めた。避難所には毛布と食料が届いている。"
)
CHINESE = (
    "河水一夜之间上涨两米，旧桥已经关闭。市长表示工程师将于星期一检查桥墩，届时才能决定是否重新通车。"
    "在此之前由渡船运送居民，水闸继续关闭。市议会开会直到午夜，请求首都提供水泵、沙袋和士兵支援。"
    "左岸的学校停课，集市迁往教堂广场。消防队员堆起沙袋，商店正在抽出地下室里的积水，居民互相帮忙。"
    "气象台预报降雨将持续到星期四，铁路公司停运了沿海线路。避难所已经收到毛毯和食品，志愿者轮流值班。"
)
THAI = (
    "แม่น้ำสูงขึ้นสองเมตรในคืนเดียวและสะพานเก่าถูกปิด นายกเทศมนตรีกล่าวว่าวิศวกรจะตรวจเสาสะพานในวันจันทร์"
    "จนกว่าจะถึงเวลานั้นเรือข้ามฟากจะรับส่งทุกคนและประตูน้ำยังคงปิดอยู่ "
    "สภาเมืองประชุมจนถึงเที่ยงคืนและขอเครื่องสูบน้ำจากเมืองหลวง"
    "โรงเรียนฝั่งซ้ายหยุดเรียนและตลาดย้ายไปที่ลานหน้าโบสถ์ นักดับเพลิงวางกระสอบทรายและร้านค้าสูบน้ำออกจากชั้นใต้ดิน"
)
FRENCH = (
    "L’élévation du fleuve a forcé la fermeture du pont : « Il fallait agir », a déclaré le maire. "
    "Jusqu’à lundi, le bac transporte tous ceux qui doivent traverser – élèves, médecins. "
    "Le conseil a siégé jusqu’à minuit et a demandé à la capitale des pompes et des bateaux. "
    "Les écoles de la rive gauche restent fermées, et le marché déménage sur la place de l’église."
)
OTHERS = {
    JAPANESE: "新しい図書館は九月に丘の上で開館する。屋根は昨年の冬に漏れたが、修理は終わった。"
    * 3,
    CHINESE: "新图书馆将于九月在山上开放。屋顶去年冬天漏水，但修理工作已经完成，孩子们很期待。" * 3,
    THAI: "ห้องสมุดใหม่จะเปิดในเดือนกันยายนบนเนินเขา หลังคารั่วเมื่อฤดูหนาวที่แล้วแต่สถาปนิกบอกว่าซ่อมเสร็จแล้ว" * 3,
    FRENCH: "La nouvelle bibliothèque ouvre en septembre sur la colline, deux ans plus tard. " * 4,
}


def plain(text: str) -> str:
    """Return a text without accents and with the marks of a typewriter."""
    for mark, typed in (("’", "'"), ("« ", '"'), (" »", '"'), ("–", "-")):
        text = text.replace(mark, typed)
    parts = unicodedata.normalize("NFD", text)
    return "".join(part for part in parts if not unicodedata.combining(part))


@pytest.mark.parametrize(
    ("text", "other", "relation"),
    [
        (JAPANESE, JAPANESE[: len(JAPANESE) // 2], "excerpt"),
        (JAPANESE, JAPANESE.replace("、", "，").replace("。", "．"), "exact copy"),
        (JAPANESE, f"{JAPANESE}（無断転載を禁じます）", "near copy"),
        (CHINESE, CHINESE[: len(CHINESE) // 2], "excerpt"),
        (CHINESE, f"本报讯 {CHINESE}", "near copy"),
        (THAI, THAI[: len(THAI) // 2], "excerpt"),
        (THAI, f"{THAI} สงวนลิขสิทธิ์", "near copy"),
        (FRENCH, unicodedata.normalize("NFD", FRENCH), "near copy"),
        (FRENCH, FRENCH.upper(), "exact copy"),
        (FRENCH, plain(FRENCH), "near copy"),
    ],
)
def test_a_copy_in_any_script_and_spelling_is_of_the_story(
    text: str,
    other: str,
    relation: str,
    make_article: Callable[..., Article],
    write_archive: Callable[..., Path],
) -> None:
    day, title = {"published": date(2025, 6, 3)}, text[:18]
    unlike = OTHERS[text]
    articles = [
        make_article(title, text, source="One", **day),
        make_article(title, other, source="Two", location="/two", **day),
        make_article(unlike[:18], unlike, source="Three", **day),
    ]
    with searcher.open(write_archive(articles[:1], articles[1:])) as archive:
        members = archive.story(articles[0].id)
        assert {member.source for member in members} == {"One", "Two"}
        assert sorted(member.relation or "" for member in members) == sorted(["lead", relation])
        assert [member.source for member in archive.story(articles[2].id)] == ["Three"]
        assert len(archive.search("NOT xyzzy")) == 2
