"""What people type is understood, in Turkish and English; what is not understood is given back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from booking.search_reading import read

TODAY = date(2026, 11, 30)  # a Monday

HOW_MANY = [
    ("yarın iki kedi için aşı", 2, "cat", ""),
    ("3 köpeğime banyo", 3, "dog", ""),
    ("iki hayvan otel 2 gece", 2, "", ""),
    ("two dogs grooming", 2, "dog", ""),
    ("12 Aralık 2 kedi muayene", 2, "cat", ""),
    ("2 kedi 3 köpek", 2, "cat", "3 köpek"),
    ("kedi 3 gün sonra", 0, "cat", ""),
    ("99 kedi", 0, "cat", "99"),
    ("saat 3 kedi aşısı", 0, "cat", ""),
]

# sentence | place | service | animal | first day | last day | part | nights | not understood
TABLE = """
yarın Kadıköy'de kedi aşısı|Kadıköy, İstanbul|asi|cat|12-01|12-01|||
YARIN KADIKÖY’DE KEDİ AŞISI|Kadıköy, İstanbul|asi|cat|12-01|12-01|||
yarin kadikoyde kedi asisi|Kadıköy, İstanbul|asi|cat|12-01|12-01|||
cumartesi Çankaya köpek tıraşı|Çankaya, Ankara|tiras|dog|12-05|12-05|||
12 Aralık'ta Bursa'da otel 2 gece|Bursa|otel||12-12|12-12||2|
bugün Beşiktaş'ta muayene|Beşiktaş, İstanbul|muayene||11-30|11-30|||
bugünkü aşı||asi||11-30|11-30|||
yarınki muayene||muayene||12-01|12-01|||
öbür gün kontrol||kontrol||12-02|12-02|||
yarından sonra kontrol||kontrol||12-02|12-02|||
hafta sonu köpek kuaförü||kuafor|dog|12-05|12-06|||
bu haftasonu köpeğimin banyosu||banyo|dog|12-05|12-06|||
gelecek hafta sonu tırnak kesimi||tirnak||12-12|12-13|||
hafta içi sabah muayene||muayene||11-30|12-04|sabah||
haftaya aşı||asi||12-07|12-13|||
haftaya salı aşı||asi||12-08|12-08|||
gelecek hafta cuma||||12-11|12-11|||
önümüzdeki cuma||||12-04|12-04|||
bu cuma akşamı||||12-04|12-04|aksam||
pazartesi||||11-30|11-30|||
gelecek pazartesi||||12-07|12-07|||
Pazar günü kuş muayenesi||muayene|bird|12-06|12-06|||
salıya||||12-01|12-01|||
çarşambaları||||12-02|12-02|||
3 gün sonra||||12-03|12-03|||
üç gün sonra muayene||muayene||12-03|12-03|||
iki hafta sonra||||12-14|12-14|||
12 aralık||||12-12|12-12|||
12 Aralık Cumartesi||||12-12|12-12|||
12 Aralık Pazar||||12-12|12-12|||Pazar
12 Aralık 2026'da||||12-12|12-12|||
12 ocak||||2027-01-12|2027-01-12|||
12.12.2026||||12-12|12-12|||
12.12.2026'da||||12-12|12-12|||
12/12||||12-12|12-12|||
2026-12-12||||12-12|12-12|||
Aralık'ın 12'si||||12-12|12-12|||
aralığın 12sinde||||12-12|12-12|||
ayın 15'inde||||12-15|12-15|||
31 Şubat||||||||31 Şubat
5 Ocak 2020||||2020-01-05|2020-01-05|||
12-14 Aralık kedi oteli||otel|cat|12-12|12-12||2|
12 ile 14 Aralık arası muayene||muayene||12-12|12-14|||
üç geceliğine Bodrum'da köpek pansiyonu|Bodrum, Muğla|otel|dog||||3|
1 hafta otel||otel|||||7|
2 gecelik konaklama||otel|||||2|
öğleden sonra||||||ogleden-sonra||
öğleden önce||||||sabah||
sabahleyin muayene||muayene||||sabah||
bu akşam veteriner||veteriner||11-30|11-30|aksam||
bu sabah muayene||muayene||11-30|11-30|sabah||
saat 15'te muayene||muayene||||ogleden-sonra||
15:30 muayene||muayene||||ogleden-sonra||
saat 3'te muayene||muayene||||ogleden-sonra||
9:30'da muayene||muayene||||sabah||
iş çıkışı köpek yıkama||banyo|dog|||aksam||
kedime kuduz aşısı yaptırmak istiyorum||asi|cat|||||
kedimin diş taşı temizliği||dis|cat|||||
köpekler için eğitim||egitim|dog|||||
köpeğimi eğittirmek istiyorum||egitim|dog|||||
online danışmanlık||danisma||||||
görüntülü görüşme yarın akşam||danisma||12-01|12-01|aksam||
pet taksi||nakil||||||
nakliye||nakil||||||
kısırlaştırma İzmir|İzmir|kisirlastirma||||||
İzmir'de köpek kısırlaştırması|İzmir|kisirlastirma|dog|||||
ISPARTA'DA MUAYENE|Isparta|muayene||||||
ığdır muayene|Iğdır|muayene||||||
i̇stanbul muayene|İstanbul|muayene||||||
İstanbul'un Şile'sinde otel|Şile, İstanbul|otel||||||
Kadıköydeki veterinerler|Kadıköy, İstanbul|veteriner||||||
İstanbul Kadıköy|Kadıköy, İstanbul|||||||
Kadıköy, İstanbul|Kadıköy, İstanbul|||||||
Edremit|Edremit|||||||
Edremit Van|Edremit, Van|||||||
Van Edremit|Edremit, Van|||||||
Balıkesir'in Edremit'inde|Edremit, Balıkesir|||||||
Karşıyaka'da|Karşıyaka, İzmir|||||||
Urfa'da|Şanlıurfa|||||||
Eyüp'te|Eyüpsultan, İstanbul|||||||
Kağıthane|Kağıthane, İstanbul|||||||
Kâğıthane'de|Kağıthane, İstanbul|||||||
19 Mayıs'ta muayene||muayene||2027-05-19|2027-05-19|||
van kedisi Van'da|Van||cat|||||
Ankara kedisi muayene||muayene|cat|||||
golden retriever banyosu||banyo|dog|||||
muhabbet kuşum için muayene||muayene|bird|||||
tavşanımın tırnakları||tirnak|rabbit|||||
balığım||| fish|||||
kaplumbağaya||| turtle|||||
gelinciğim||| ferret|||||
kasımda Kaş'ta|Kaş, Antalya|||||||kasımda
köpek kuaförü tıraş||tiras|dog|||||
tıraş, köpek kuaförü||tiras|dog|||||
Nişantaşı'nda kedi aşısı||asi|cat|||||Nişantaşı'nda
Kadıköy Çankaya aşı|Kadıköy, İstanbul|asi||||||Çankaya
kedi ve köpek aşısı||asi|cat|||||köpek
yarın cuma aşı||asi||12-01|12-01|||cuma
aşı banyo||asi||||||banyo
Ağrı'da ağrı kesici|Ağrı|||||||kesici
sarman papyon fotoğrafı|||cat|||||papyon fotoğrafı
acil veteriner||veteriner||11-30|11-30|||
hemen muayene||muayene||11-30|11-30|||
tomorrow cat vaccination in Kadıköy|Kadıköy, İstanbul|asi|cat|12-01|12-01|||
I need a vet for my dog today||veteriner|dog|11-30|11-30|||
dog grooming next friday afternoon in Ankara|Ankara|kuafor|dog|12-04|12-04|ogleden-sonra||
dog haircut this weekend||tiras|dog|12-05|12-06|||
pet hotel in Bursa December 12 for 2 nights|Bursa|otel||12-12|12-12||2|
12 December evening||||12-12|12-12|aksam||
in 3 days||||12-03|12-03|||
next week checkup||muayene||12-07|12-13|||
the day after tomorrow||||12-02|12-02|||
x ray for a rabbit||tahlil|rabbit|||||
boarding for a week||otel|||||7|
online vet tonight||danisma||11-30|11-30|aksam||
""".strip().splitlines()


def day(words: str) -> str:
    return words if not words or len(words) > 5 else f"2026-{words}"


@pytest.mark.parametrize("line", TABLE)
def test_it_is_understood(line):
    sentence, place, service, animal, first, last, part, nights, rest = (
        one.strip() for one in line.split("|")
    )
    found = read(sentence, today=TODAY)
    assert [
        found.place.label if found.place else "",
        found.service,
        found.species,
        str(found.first or ""),
        str(found.last or ""),
        found.part,
        str(found.nights or ""),
        " ".join(found.rest),
    ] == [place, service, animal, day(first), day(last), part, nights, rest]


@pytest.mark.parametrize(
    ("sentence", "sort"), [("en ucuz kuaför", "fiyat"), ("cheapest vet", "fiyat"), ("en erken muayene", "")]
)
def test_the_order_is_understood(sentence, sort):
    found = read(sentence, today=TODAY)
    assert (found.sort, found.rest) == (sort, [])


@pytest.mark.parametrize(("today", "first"), [(date(2026, 12, 5), 5), (date(2026, 12, 6), 6)])
def test_a_weekend_that_has_begun_is_this_one(today, first):
    found = read("hafta sonu", today=today)
    assert (found.first, found.last) == (date(2026, 12, first), date(2026, 12, 6))


PIECES = """
yarın 12 aralık'ta Aralık 31 şubat 2026-13-45 99.99.9999 hafta sonu gelecek ayın 40 gece saat 25:61 Kadıköy'de
'de 1'i in on a bir 0 00 2000 20 sonra ile 5-3 1-32 may mart sept dun ② ٣ ١٢ İ ı i̇ ' ’ Of'ta çat
"""
WORDS = st.sampled_from(PIECES.split())


@given(st.one_of(st.text(), st.lists(st.one_of(WORDS, st.text(max_size=5))).map(" ".join)))
@example("\x00\ud800" + "9" * 5000)
@example("29 şubat 9999")
def test_whatever_is_typed_nothing_breaks(sentence):
    """And every word that stands in the answer as not understood was typed so."""
    for today in (TODAY, date(2028, 2, 29), date(2026, 12, 31)):
        found = read(sentence, today=today)
        assert all(isinstance(word, str) and word for word in found.rest)
        assert (found.first is None) == (found.last is None)
        if found.first and found.last:
            assert found.first <= found.last


@pytest.mark.parametrize(("sentence", "animals", "species", "rest"), HOW_MANY)
def test_how_many_animals(sentence, animals, species, rest):
    found = read(sentence, today=TODAY)
    assert (found.animals, found.species, " ".join(found.rest)) == (animals, species, rest)
