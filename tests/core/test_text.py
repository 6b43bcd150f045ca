import pytest

from core import text


@pytest.mark.parametrize(
    ("typed", "folded"),
    [("ISIRIK", "isirik"), ("İade", "iade"), ("Şifremi unuttum", "sifremi unuttum"), ("KLİNİĞİ", "klinigi")],
)
def test_fold_makes_turkish_and_plain_typing_equal(typed, folded):
    assert text.fold(typed) == folded
    assert text.fold(folded) == folded


def test_lower_knows_both_letters_i():
    assert text.lower("IĞDIR İZMİR") == "ığdır izmir"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Kedi aşıları", "kedi-asilari"),
        ("Isırık & çizik!", "isirik-cizik"),
        ("Ücretlendirme", "ucretlendirme"),
    ],
)
def test_slug_keeps_every_letter(title, slug):
    assert text.slug(title) == slug


def test_time_takes_the_ending_of_its_last_word():
    said = {
        (19, 0): "19:00’da",
        (13, 0): "13:00’te",
        (8, 0): "08:00’de",
        (20, 0): "20:00’de",
        (0, 0): "00:00’da",
    }
    said |= {(9, 30): "09:30’da", (17, 45): "17:45’te", (10, 0): "10:00’da", (16, 40): "16:40’ta"}
    assert {when: text.at_time(*when) for when in said} == said
