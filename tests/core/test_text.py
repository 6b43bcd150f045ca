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
