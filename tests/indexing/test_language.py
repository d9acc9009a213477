"""The language of a text is told, and where it is not sure nothing is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.parse.language import (
    detect_language,
    language_tag,
    settle_language,
    spoken_language,
)

SENTENCES = {
    "en": "The council said on Monday that it will rebuild the bridge that was lost.",
    "de": "Der Rat hat am Montag beschlossen, die Brücke wieder aufzubauen, die bei der Flut fiel.",
    "fr": "Le conseil a décidé lundi de reconstruire le pont qui a été emporté par la crue.",
    "es": "El consejo decidió el lunes que se reconstruya el puente que se llevó la crecida.",
    "pt": "O conselho decidiu que não vai reconstruir a ponte que foi levada pela cheia do rio.",
    "it": "Il consiglio ha deciso che il ponte della città non sarà ricostruito dopo la piena.",
    "nl": "De raad heeft besloten dat het de brug niet zal herbouwen die werd vernield.",
    "sv": "Rådet har beslutat att det inte ska bygga upp bron som förstördes av vattnet och isen.",
    "fi": "Neuvosto päätti, että silta on rakennettava uudelleen, mutta se ei ole vielä valmis.",
    "pl": "Rada zdecydowała, że nie odbuduje mostu, który został zniszczony i jest stary.",
    "cs": "Rada rozhodla, že se most, který byl zničen při povodni, nebude stavět ani jinde.",
    "hu": "A tanács döntött, hogy nem építi újjá a hidat, és az is kérdés, hogy mi lesz.",
    "ro": "Consiliul a decis că podul nu va fi reconstruit după ce a fost distrus de apă.",
    "tr": "Meclis, köprünün yeniden inşa edilmesi için bir karar aldı ancak ne zaman belli değil.",
    "id": "Dewan kota itu memutuskan untuk tidak membangun jembatan yang rusak karena banjir.",
    "vi": "Hội đồng đã quyết định không xây lại cây cầu và các nhà trong thành phố này.",
    "ru": "Совет решил, что мост, который был разрушен, не будет восстановлен.",
    "uk": "Рада вирішила, що міст, який був зруйнований, не відбудують, але це ще не все.",
    "bg": "Съветът реши, че мостът, който беше разрушен, няма да се строи отново, но ще се пази.",
    "el": "Το συμβούλιο αποφάσισε ότι η γέφυρα δεν θα ξαναχτιστεί.",
    "ar": "قرر المجلس يوم الاثنين أن الجسر الذي دمر لن يعاد بناؤه في هذا العام من قبل المدينة.",
    "fa": "شورا روز دوشنبه تصمیم گرفت که این پل را در سال آینده برای مردم شهر بازسازی نکند.",
    "he": "המועצה החליטה כי הגשר לא ייבנה מחדש אבל היא גם אמרה כי זה לא סוף של הפרשה.",
    "ja": "市議会は月曜日、洪水で流された橋を再建しないことを決めた。",
    "zh": "市议会星期一决定不再重建被洪水冲毁的大桥。",
    "ko": "시의회는 월요일 홍수로 무너진 다리를 다시 짓지 않기로 했다.",
    "th": "สภาเมืองตัดสินใจเมื่อวันจันทร์ว่าจะไม่สร้างสะพานใหม่",
    "hi": "परिषद ने सोमवार को कहा कि नदी के पुल को फिर से नहीं बनाया जाएगा और यह भी कहा है।",
    "bn": "পরিষদ সোমবার সিদ্ধান্ত নিয়েছে যে সেতুটি আর নির্মাণ করা হবে না।",
}


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items())
def test_a_sentence_tells_its_language(language: str, sentence: str) -> None:
    assert detect_language(sentence) == language


@pytest.mark.parametrize(
    "text", ["", "1234 5678", "Jane Roe", "OK", "xyzzy plugh foo bar baz quux"]
)
def test_what_is_not_sure_is_none(text: str) -> None:
    assert detect_language(text) is None


@pytest.mark.parametrize(
    ("declared", "tag"),
    [
        ("en-US", "en"),
        ("pt_BR", "pt"),
        ("zh-Hant-TW", "zh"),
        ("nb-NO", "no"),
        ("iw", "he"),
        (" DE ", "de"),
        ("en, fr", "en"),
        ("english", None),
        ("und", None),
        ("", None),
        (None, None),
    ],
)
def test_a_declaration_becomes_a_primary_subtag(declared: str | None, tag: str | None) -> None:
    assert language_tag(declared) == tag


@pytest.mark.parametrize(
    ("declared", "text", "settled"),
    [
        ("en", SENTENCES["ja"], "ja"),
        ("en", SENTENCES["ru"], "ru"),
        ("ru", SENTENCES["en"], "en"),
        ("en", " ".join([SENTENCES["de"]] * 4), "de"),
        ("no", SENTENCES["sv"], "no"),
        ("sr", SENTENCES["ru"], "sr"),
        ("ja", SENTENCES["zh"], "ja"),
        ("gd", SENTENCES["en"], "gd"),
        ("de", "Jane Roe", "de"),
        (None, SENTENCES["fr"], "fr"),
        (None, "Jane Roe", None),
    ],
)
def test_a_declaration_loses_only_to_a_plain_contradiction(
    declared: str | None, text: str, settled: str | None
) -> None:
    assert settle_language(declared, text) == settled


@pytest.mark.parametrize(
    ("declared", "language", "spoken"),
    [
        ("en", "de", "de"),
        ("en", "fi", "fi"),
        ("en", "en", "en"),
        ("no", "sv", "no"),
        (None, "fr", "fr"),
    ],
)
def test_a_template_that_says_english_is_not_believed(
    declared: str | None, language: str, spoken: str
) -> None:
    assert spoken_language(declared, " ".join([SENTENCES[language]] * 4)) == spoken


@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    found = detect_language(text)
    assert found is None or found == language_tag(found)
