"""Texts that offer a medicine or a living animal are found however they are written; harmless ones pass."""

import pytest

from commerce import denied

DENIED = [
    "Amoksisilin 250 mg tablet, kediler için",
    "AMOKSİSİLİN süspansiyon",
    "a m o k s i s i l i n",
    "Am0ks1s1l1n kapsül",
    "Аmоksisilin 50 ml",  # Cyrillic А and о
    "İVERMEKTİN oral solüsyon",
    "iver-mek-tin damla",
    "Ivermectin %1 enjektabl",
    "1vermekt1n 10 ml",
    "i.v.e.r.m.e.k.t.i.n",
    "Enrofloksasin %5 çözelti",
    "ENROFLOXACİN 50",
    "Prazikuantel + pirantel şerit tablet",
    "Fipronil içeren damla",
    "Fіprоnіl kedi",  # Cyrillic і and о
    "Meloxicam oral süspansiyon köpek",
    "Prednizolon 5 mg",
    "Medroksiprogesteron tablet",
    "Ketamin flakon",
    "Bravecto çiğneme tableti 20-40 kg",
    "NEXGARD SPECTRA",
    "Simp@rica 3'lü paket",
    "Sìmparìcá köpek",
    "Frontline Combo kedi",
    "Fr0ntl1ne ense uygulaması",
    "Foresto büyük ırk",
    "Kuduz aşısı, tek doz",
    "Karma AŞI kedi",
    "a ş ı köpek",
    "Antibiyotikli toz",
    "ANTİBİYOTİK merhem",
    "İç dış parazit damlası",
    "Dış parazit spreyi",
    "Pire tasması, köpek",
    "Kene damlası 4 pipet",
    "Kedi kızgınlık önleyici hap",
    "Köpek ağrı kesici şurup",
    "Göz damlası, reçete ile",
    "Muhabbet kuşu yavru",
    "Satılık British Shorthair yavrusu",
]
HARMLESS = [
    "Tavuklu yetişkin kedi maması 3 kg",
    "Hormonsuz, antibiyotiksiz tavuk ödülü",
    "Aşı karnesi kabı, deri",
    "Aşı kartı kılıfı",
    "Kaşıma tahtası kedi",
    "Taşıma çantası orta boy",
    "Pire tarağı, metal diş",
    "Kene çıkarma pensi",
    "İlaç verme aparatı, silikon uçlu",
    "İlaç kutusu, haftalık bölmeli",
    "Yavru kedi maması somonlu",
    "Yavru köpek ped eğitim seti",
    "Muhabbet kuşu yemi 1 kg",
    "Muhabbet kuşu kafesi, beyaz",
    "Canlı renkli köpek tasması",
    "Balık yağı takviyesi 250 ml",
    "Hint bülbülü için meyveli yem",
    "Golden Retriever yetişkin köpek maması",
    "British Shorthair kedi maması",
    "Kedi çimi tohumu",
    "Kulak temizleme mendili",
    "Göz çevresi temizleme losyonu",
    "Diş macunu ve fırça seti",
    "UVB ampul 26 W teraryum",
    "Isı ampulü, kaplumbağa",
    "Kedi kumu topaklanan 10 L",
    "Antibakteriyel olmayan doğal şampuan",
    "Omega 3 ve biotin tablet ödül",
    "B12 vitaminli malt macunu",
    "Ördekli köpek konservesi",
    "Kaz tüyü dolgulu yatak",
    "At kılı fırça",
    "Koyun derisi minder",
    "Asil siyah tasma",
    "Bit pazarı desenli battaniye",
    "Aşık kemiği şeklinde oyuncak",
    "Papağan tüneği, doğal dal",
    "Hamster çarkı sessiz",
    "Ateş böceği desenli lazer oyuncak",
    "Koruyucu yakalık, ameliyat sonrası",
]


@pytest.mark.parametrize("words", DENIED)
def test_it_is_caught(words):
    assert denied.find(words, "")


def test_harmless_goods_pass():
    alarms = [words for words in HARMLESS if denied.find(words, "")]
    assert len(HARMLESS) == len(DENIED) == 40
    assert alarms == []


def test_what_is_written_in_the_description_counts():
    assert denied.find("Bakım seti", "İçinde ivermektin var") == [denied.Finding("medicine", "ivermektin")]
    assert denied.find("Sevimli dost", "Anne sütü emmiş, aşıları tam")[-1].matter == "live_animal"


def test_an_animal_is_no_question_for_the_search():
    assert denied.is_asked_for("kedi antibiyotiği")
    assert not denied.is_asked_for("muhabbet kuşu")
