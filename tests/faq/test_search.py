"""Search finds what people type: without Turkish letters, with endings, in capitals, with one mistake."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faq.models import QuestionPage
from faq.search import Terms, _most, search, stem
from tests.factories import faq

pytestmark = pytest.mark.django_db

# What is typed → the slug that has to be among the first five.
QUALITY = {
    "şifre": "sifremi-unuttum",
    "sifremi unuttum": "sifremi-unuttum",
    "ŞİFRE SIFIRLAMA": "sifremi-unuttum",
    "parola": "sifremi-unuttum",
    "giris yapamiyorum": "sifremi-unuttum",
    "kod gelmedi": "sifremi-unuttum",
    "profil": "profil-bilgileri",
    "telefon numaramı nasıl değiştiririm": "profil-bilgileri",
    "HESAP AYARLARI": "profil-bilgileri",
    "e-posta adresimi degistirmek istiyorum": "profil-bilgileri",
    "ekip": "ekip-uyesi-ekleme",
    "ekip daveti": "ekip-uyesi-ekleme",
    "personel eklemek": "ekip-uyesi-ekleme",
    "çalışanlarıma yetki vermek": "ekip-uyesi-ekleme",
    "hesabımı dondurmak": "hesabi-gecici-kapatma",
    "hesap silme": "hesabi-gecici-kapatma",
    "uyelik iptali": "hesabi-gecici-kapatma",
    "kredi kartı": "odeme-yontemleri",
    "KREDI KARTI": "odeme-yontemleri",
    "taksit var mı": "odeme-yontemleri",
    "havale ile ödeyebilir miyim": "odeme-yontemleri",
    "iyzico": "odeme-yontemleri",
    "odeme": "odeme-yontemleri",
    "fatura": "faturalar",
    "faturalarımı indirmek": "faturalar",
    "FATURA İNDİRME": "faturalar",
    "makbuz": "faturalar",
    "iade": "iade-sureci",
    "İADE": "iade-sureci",
    "IADE SURESI": "iade-sureci",
    "iadem ne zaman yatar": "iade-sureci",
    "param ne zaman gelir": "iade-sureci",
    "paramı geri almak istiyorum": "iade-sureci",
    "komisyon": "komisyon-oranlari",
    "komisyon yüzde kaç": "komisyon-oranlari",
    "satıcı ücreti": "komisyon-oranlari",
    "destek": "destek-suresi",
    "müşteri hizmetleri": "destek-suresi",
    "size nasıl ulaşırım": "destek-suresi",
    "kvkk": "veri-guvenligi",
    "verilerim guvende mi": "veri-guvenligi",
    "kisisel veriler": "veri-guvenligi",
    "bakım ne zaman": "planli-bakim",
    "site acilmiyor": "planli-bakim",
    "kesinti": "planli-bakim",
    "api": "api-ve-entegrasyon",
    "entegrasyonlar": "api-ve-entegrasyon",
    "muhasebe programıma bağlamak": "api-ve-entegrasyon",
    "modüller": "moduller",
    "randevu": "moduller",
    "gorusme": "moduller",
    "bulten": "yenilikler",
    "yenilikler nerede": "yenilikler",
    "üyelik": "kimler-kullanabilir",
    "veteriner hekim": "kimler-kullanabilir",
    "duyuru": "resmi-duyurular",
    "resmi aciklama": "resmi-duyurular",
    # Whole sentences, as people type them.
    "kedimin hesabına giremiyorum şifremi unuttum": "sifremi-unuttum",
    "parolamı nasıl yenilerim": "sifremi-unuttum",
    "dogrulama kodu gelmiyor": "sifremi-unuttum",
    "adımı ve telefonumu değiştirmek": "profil-bilgileri",
    "veteriner kliniğime asistan eklemek istiyorum": "ekip-uyesi-ekleme",
    "davet linki": "ekip-uyesi-ekleme",
    "HESABIMI KAPATMAK ISTIYORUM": "hesabi-gecici-kapatma",
    "hesabimi bir sureligine durdurabilir miyim": "hesabi-gecici-kapatma",
    "mama siparişimi havaleyle ödemek": "odeme-yontemleri",
    "kart ile ödeme güvenli mi": "odeme-yontemleri",
    "kedi maması faturası nerede": "faturalar",
    "faturami pdf indir": "faturalar",
    "iptal ettim param gelmedi": "iade-sureci",
    "iadeler kac gunde yapilir": "iade-sureci",
    "randevu iptal iade": "iade-sureci",
    "mağazada satış komisyonu": "komisyon-oranlari",
    "oranlar": "komisyon-oranlari",
    "destek ekibi kaç saatte yanıt verir": "destek-suresi",
    "acil durumda kime yazarım": "destek-suresi",
    "verilerimi kim görüyor": "veri-guvenligi",
    "kişisel verilerimin korunması": "veri-guvenligi",
    "planlı bakım duyurusu": "planli-bakim",
    "API anahtarı": "api-ve-entegrasyon",
    "yeni özellikleri nereden öğrenirim": "yenilikler",
    "kuaför ve otel randevusu": "moduller",
    "köpeğim için fon": "moduller",
    "kimler üye olabilir": "kimler-kullanabilir",
    "resmî duyurular": "resmi-duyurular",
}
# One mistake: found nonetheless, or by following the suggestion.
MISTYPED = {
    "komsiyon": "komisyon-oranlari",
    "entegrsyon": "api-ve-entegrasyon",
    "fatrua": "faturalar",
    "şifrre": "sifremi-unuttum",
    "kesnti": "planli-bakim",
    "makbus": "faturalar",
    "hesabmı dondurmak": "hesabi-gecici-kapatma",
    "bültenn": "yenilikler",
    "modüler": "moduller",
    "iadde": "iade-sureci",
    "komisyn oranı": "komisyon-oranlari",
    "şifermi unuttum": "sifremi-unuttum",
    "destk süresi": "destek-suresi",
    "duyrular": "resmi-duyurular",
    "odme yontemleri": "odeme-yontemleri",
    "faturalrımı": "faturalar",
    "davte": "ekip-uyesi-ekleme",
    "komsyon": "komisyon-oranlari",
}


def slugs(typed: str, **options) -> list[str]:
    return [page.slug for page in search(typed, language="tr", **options).questions[:5]]


def test_recall_of_the_first_five(record_property):
    """Wikis call it recall@5. Each pair is listed above; all of them hold."""
    faq.demo_questions()

    missed = {typed: slugs(typed) for typed, wanted in QUALITY.items() if wanted not in slugs(typed)}

    record_property("recall@5", 1 - len(missed) / len(QUALITY))
    assert not missed


def test_only_the_likeliest_are_weighed(tree, monkeypatch):
    """Among more than the bound, those with the word in their title are not lost."""
    for number in range(4):
        faq.question(tree.category, f"Soru {number}", summary="Mama üzerine.")
    wanted = faq.question(tree.category, "Mama")
    monkeypatch.setattr("faq.search.MOST_CANDIDATES", 2)

    found = search("mama", language="tr").questions

    assert len(found) == 2
    assert found[0] == wanted


def test_most_of_the_words_are_all_but_one_whichever():
    assert _most(["a"]) == "a"
    assert _most(["a", "b"]) == "a | b"
    assert _most(["a", "b", "c"]) == "(a & (b | c)) | (b & c)"
    assert _most(["a", "b", "c", "d"]) == "(a & ((b & (c | d)) | (c & d))) | (b & c & d)"


def test_first_hit_is_mostly_the_right_one(record_property):
    faq.demo_questions()

    hits = sum(slugs(typed)[:1] == [wanted] for typed, wanted in QUALITY.items())

    record_property("first hit", hits / len(QUALITY))
    assert hits / len(QUALITY) >= 0.9


def test_one_mistake_leads_there_by_the_suggestion():
    faq.demo_questions()

    def follow(typed: str) -> list[str]:
        found = search(typed, language="tr")
        return slugs(typed) or slugs(found.suggestion)

    missed = {typed: follow(typed) for typed, wanted in MISTYPED.items() if wanted not in follow(typed)}

    assert not missed


def test_nothing_similar_brings_neither_hits_nor_a_suggestion():
    faq.demo_questions()

    found = search("xylophonquartz", language="tr")

    assert (list(found.questions), found.is_exact, found.suggestion) == ([], False, "")


def test_some_of_the_words_bring_the_closest_answers():
    faq.demo_questions()

    found = search("fatura zürafa", language="tr")

    assert not found.is_exact
    assert found.questions[0].slug == "faturalar"


def test_each_language_finds_its_own_answers(tree, english):
    faq.question(tree.category, "Fatura ve refund")
    faq.question(english.category, "Refund")

    assert [page.title for page in search("refund", language="en").questions] == ["Refund"]


def test_an_audience_finds_its_own_answers_and_those_for_everyone(tree):
    for title, audiences in (("mama herkes", []), ("mama klinik", ["clinic"]), ("mama ebeveyn", ["owner"])):
        faq.question(tree.category, title, audiences=audiences)

    found = search("mama", language="tr", audience="clinic").questions

    assert {page.title for page in found} == {"mama herkes", "mama klinik"}


def test_drafts_are_not_found(tree):
    faq.question(tree.category, "Gizli mama", live=False)

    assert not search("mama", language="tr").questions


def test_questions_behind_a_restriction_are_not_found(tree):
    closed = faq.question(tree.category, "Kapalı mama")
    closed.view_restrictions.create(restriction_type="login")

    assert not search("mama", language="tr").questions
    assert not search("mama zürafa", language="tr").questions


def test_a_published_change_is_found_at_once(tree):
    page = faq.question(tree.category, "Mama")
    page.title = "Oyuncak"
    page.save_revision().publish()

    assert [found.pk for found in search("oyuncaklar", language="tr").questions] == [page.pk]
    assert not search("mama", language="tr").questions


def test_synonyms_find_an_answer_that_never_uses_them(tree):
    page = faq.question(tree.category, "Para iadesi", synonyms="geri ödeme, cayma hakkı")

    assert [found.pk for found in search("cayma", language="tr").questions] == [page.pk]


@pytest.mark.parametrize("count", [1, 200])
def test_a_search_costs_the_same_among_many(tree, count):
    faq.make_questions(tree.category, count)

    with CaptureQueriesContext(connection) as captured:
        assert search("mama aşı", language="tr").questions[:10]

    assert len(captured) == 2


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "!!!",
        "'; DROP TABLE faq_questionpage; --",
        "a & b | !c :* <->",
        "\\",
        "%_%",
        "(((",
        "☃",
        "a" * 10_000,
        "ne " * 3000,
        "<script>alert(1)</script>",
        "\u0130\u0307\u200f",
        "1:*",
        "'quoted' \"double\"",
    ],
)
def test_strange_input_is_only_words(tree, typed):
    faq.question(tree.category, "Soru")

    found = search(typed, language="tr")

    assert len(list(found.questions)) <= 1
    assert len(found.terms.typed) <= 200
    assert QuestionPage.objects.count() == 1


@pytest.mark.parametrize(
    ("word", "short"),
    [
        ("faturalarimi", "fatura"),
        ("hesabim", "hesa"),
        ("hesap", "hesa"),
        ("iade", "iade"),
        ("api", "api"),
        ("sifremi", "sifr"),
    ],
)
def test_stems_keep_the_beginning(word, short):
    assert short.startswith(stem(word))
    assert len(stem(word)) >= min(4, len(word))


def test_marks_escape_the_text_and_follow_folding():
    terms = Terms.read("sifremi")

    assert terms.mark("<b>Şifremi</b> & kod") == "&lt;b&gt;<mark>Şifremi</mark>&lt;/b&gt; &amp; kod"


def test_small_words_do_not_count_unless_they_are_all():
    assert Terms.read("iade ne zaman gelir").words == ["iade", "gelir"]
    assert Terms.read("ne zaman").words == ["ne", "zaman"]
