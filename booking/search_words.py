"""The words with which people look for a time: services, animals, parts of the day, in Turkish and English.

All of them folded (`core.text.fold`): “aşı”, “ASI” and “asi” are the same word. Endings are not listed:
`fits` knows them. Where a last letter changes with an ending, both stems stand here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.text import fold
from pets.species import BREEDS, Species

from .kinds import Kind


@dataclass(frozen=True)
class Service:
    """What people ask for. `names`: how such offerings are called (a pattern of PostgreSQL, each from the
    beginning of a word); without it all of its kind are meant."""

    code: str
    label: Any
    kind: Kind
    words: str
    names: str = ""


SERVICES = [
    Service("veteriner", Kind.VISIT.label, Kind.VISIT, "veteriner, veterinerlik, vet, hekim, doktor, doctor, klinik, klinig, clinic"),
    Service("muayene", _("Examination"), Kind.VISIT, "muayene, examination, exam, checkup, check up", "muayene|exam|check"),
    Service("asi", _("Vaccination"), Kind.VISIT, "asi, asilama, asilat, kuduz, kuduz asi, karma asi, vaccine, vaccination, vaccinate, shots, rabies", "asi|kuduz|vaccin"),
    Service("kontrol", _("Control"), Kind.VISIT, "kontrol, control, follow up", "kontrol|control|follow"),
    Service("dis", _("Teeth"), Kind.VISIT, "dis, dis tasi, dis tasi temizlik, dis tasi temizlig, dis bakim, dental, teeth, tooth", "dis\\M|dental|teeth|tooth"),
    Service("kisirlastirma", _("Neutering"), Kind.VISIT, "kisirlastirma, kisirlastir, kisirlastirt, kisirlik, spay, spaying, neuter, neutering", "kisir|spay|neuter"),
    Service("ameliyat", _("Surgery"), Kind.VISIT, "ameliyat, ameliyad, operasyon, surgery, operation", "ameliyat|operasyon|surgery|operation"),
    Service("tahlil", _("Tests and pictures"), Kind.VISIT, "tahlil, kan tahlil, kan test, rontgen, ultrason, blood test, x ray, xray, ultrasound", "tahlil|kan\\M|test|rontgen|ultra|blood|x.?ray"),
    Service("kuafor", Kind.GROOMING.label, Kind.GROOMING, "kuafor, grooming, groomer, pet kuafor, kuaforluk, kuaforlug"),
    Service("tiras", _("Haircut"), Kind.GROOMING, "tiras, tras, tiraslat, tuy kesim, tuy kesme, kirpma, kirptir, haircut, trim, trimming, clipping, full grooming, tam bakim, bakim", "tiras|tras|tuy|kirp|bakim|groom|hair|trim|clip"),
    Service("banyo", _("Bath"), Kind.GROOMING, "banyo, yikama, yikat, yika, bath, wash, washing", "banyo|yika|bath|wash"),
    Service("tirnak", _("Nails"), Kind.GROOMING, "tirnak, tirnak kesim, tirnak kesme, nail, nails, nail cutting", "tirnak|nail"),
    Service("otel", Kind.STAY.label, Kind.STAY, "otel, pet otel, pansiyon, konaklama, konaklat, konakla, hotel, boarding, stay, kennel"),
    Service("egitim", Kind.TRAINING.label, Kind.TRAINING, "egitim, egitmen, egit, egitmek, egittir, egittirmek, itaat, terbiye, training, trainer, obedience, lesson, ders"),
    Service("danisma", Kind.CONSULTATION.label, Kind.CONSULTATION, "online danisma, online danismanlik, danisma, danismanlik, danismanlig, danis, online, goruntulu, goruntulu gorusme, gorusme, video, consultation, online vet, online veteriner"),
    Service("nakil", Kind.TRANSFER.label, Kind.TRANSFER, "nakil, nakl, nakliye, transfer, tasima, tasimacilik, taksi, pet taksi, transport, taxi"),
]  # fmt: skip
BY_CODE = {one.code: one for one in SERVICES}

SPECIES = {
    Species.CAT: "kedi, kedicik, cat, cats, kitten, kittens",
    Species.DOG: "kopek, kopeg, kopis, dog, dogs, puppy, puppies",
    Species.BIRD: "kus, papagan, muhabbet kus, kanarya, bird, birds, parrot, parrots",
    Species.RABBIT: "tavsan, rabbit, rabbits, bunny, bunnies",
    Species.HAMSTER: "hamster, hamsters",
    Species.FERRET: "gelincik, gelincig, ferret, ferrets",
    Species.FISH: "balik, balig, fish",
    Species.TURTLE: "kaplumbaga, tosbaga, turtle, turtles, tortoise, tortoises",
}


ANIMAL = ("hayvan", "pet", "pets", "animal", "animals")
MOST_ANIMALS = 20  # as many as an offering may take at once


class Part(TextChoices):
    MORNING = "sabah", _("Morning")
    AFTERNOON = "ogleden-sonra", _("Afternoon")
    EVENING = "aksam", _("Evening")


BOUNDS = {
    Part.MORNING: (time.min, time(12)),
    Part.AFTERNOON: (time(12), time(17)),
    Part.EVENING: (time(17), time.max),
}
PARTS = {
    Part.MORNING: "sabah, sabahleyin, ogleden once, morning, erken saat, before noon",
    Part.AFTERNOON: "ogleden sonra, ogle, oglen, ogleyin, ikindi, afternoon, noon, lunch time",
    Part.EVENING: "aksam, aksamustu, aksam uzeri, is cikis, mesai sonrasi, gece, evening, after work, tonight",
}

SORTS = {"fiyat": "en ucuz, ucuz, ekonomik, uygun fiyat, cheap, cheapest", "": "en erken, earliest, soonest"}

NUMBERS = {
    name: number
    for number, names in enumerate(
        [
            "bir one a an", "iki two", "uc three", "dort four", "bes five",
            "alti six", "yedi seven", "sekiz eight", "dokuz nine", "on ten",
        ],
        1,
    )
    for name in names.split()
}  # fmt: skip

# They carry no wish of their own.
SILENT = frozenset(
    fold(
        "acaba al almak alabilir alalım ara arıyorum at ayarla ayır ayırt bak bana ben benim bir biz bize bizim boş bul bulabilir "
        "bulunan bulur civarı civarında çevresi çevresinde çok da dahi de diye en evcil fiyat fiyatı gerek gerekiyor gitmek göre "
        "götürmek gün günü günlüğüne hafta hayvan hayvanı hayvanım hizmet hizmeti iç için içinde ihtiyacım ile ilgili iste "
        "istiyorum istiyoruz işlemi kadar kim küçük lazım lütfen mı mi mu mü merkez merhaba müsait nasıl ne nerede olan olarak "
        "olsun öyle randevu randevusu randevular rezervasyon saat saati saatleri saatler selam semti semtinde şehir şehri "
        "tarafında tarih tarihi tarihinde tarihli uygun ücret ücreti var ve veya vakit yaptır yaptırmak yapan yakın yakını yakınında "
        "yavru yaşlı yer yeri yerde yap yapılan yaptırabilir yok "
        "a am an and any appointment appointments around at available book booking by can could do during find for from get have "
        "hello hi i in is it looking me my near nearby need of on or pet pets please pm search slot somewhere the there time to "
        "want we where which with would"
    ).split()
)  # fmt: skip

# Endings: plural, whose, case, “which is in” (Kadıköy'deki). Short ones only after stems long enough.
_ENDING = re.compile(
    r"(l[ae]r)?(im|um|m|imiz|umuz|miz|muz|in|un|n|iniz|unuz|niz|i|u|si|su|leri|lari)?"
    r"(y?[aeiu]|n[aeiu]|n?[dt][ae]n?|nin|nun|in|un|y?l[ae]|c[ae])?(ki|ku|kiler|lik|lig|luk|lug)?([iu]n?[ae]?|ne)?"
)
_PLACE_ENDING = re.compile(
    r"(da|de|ta|te)(ki|kiler|n|yim|yiz)?|ya|ye|a|e|nin|nun|in|un|yi|yu|i|u|li|lu|n[ae]|nd[ae]n?"
)


def fits(word: str, stem: str, *, is_place: bool = False) -> bool:
    """Is this folded word the stem, alone or with an ending?"""
    if not word.startswith(stem):
        return False
    rest = word[len(stem) :]
    ending = _PLACE_ENDING if is_place else _ENDING
    return not rest or (len(stem) > 2 and ending.fullmatch(rest) is not None)


def listed(words: str) -> list[tuple[str, ...]]:
    """“kuduz asi, vaccine” as phrases."""
    return [tuple(phrase.split()) for phrase in words.split(", ")]


def breeds() -> Iterable[tuple[tuple[str, ...], Species]]:
    """Breeds by name, those that belong to one kind of animal only."""
    owners: dict[tuple[str, ...], set[str]] = {}
    for species, names in BREEDS.items():
        for name in names:
            owners.setdefault(tuple(fold(name).split()), set()).add(species)
    return [(phrase, Species(*found)) for phrase, found in owners.items() if len(found) == 1]
