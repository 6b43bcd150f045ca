"""What is given to an animal: vaccines and parasite treatments, by species."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .species import Species


class Vaccine(TextChoices):
    RABIES = "rabies", _("Rabies")
    CAT_COMBINED = "cat_combined", _("Combined, cat (panleukopenia, rhinotracheitis, calicivirus)")
    FELV = "felv", _("Leukaemia (FeLV)")
    FIP = "fip", _("FIP")
    DOG_COMBINED = "dog_combined", _("Combined, dog (distemper, parvovirus, hepatitis)")
    LEPTO = "lepto", _("Leptospirosis")
    KENNEL_COUGH = "kennel_cough", _("Kennel cough (Bordetella)")
    CORONA = "corona", _("Coronavirus, dog")
    LYME = "lyme", _("Lyme disease")
    DISTEMPER = "distemper", _("Distemper")
    MYXOMATOSIS = "myxomatosis", _("Myxomatosis")
    RHD = "rhd", _("Rabbit haemorrhagic disease")
    NEWCASTLE = "newcastle", _("Newcastle disease")
    INTERNAL = "internal", _("Internal parasites")
    EXTERNAL = "external", _("External parasites")
    OTHER = "other", _("Another one")


_EVERYWHERE = (Vaccine.INTERNAL, Vaccine.EXTERNAL, Vaccine.OTHER)
VACCINES: dict[str, tuple[Vaccine, ...]] = {
    Species.CAT: (Vaccine.RABIES, Vaccine.CAT_COMBINED, Vaccine.FELV, Vaccine.FIP, *_EVERYWHERE),
    Species.DOG: (
        Vaccine.RABIES,
        Vaccine.DOG_COMBINED,
        Vaccine.LEPTO,
        Vaccine.KENNEL_COUGH,
        Vaccine.CORONA,
        Vaccine.LYME,
        *_EVERYWHERE,
    ),
    Species.FERRET: (Vaccine.RABIES, Vaccine.DISTEMPER, *_EVERYWHERE),
    Species.RABBIT: (Vaccine.MYXOMATOSIS, Vaccine.RHD, *_EVERYWHERE),
    Species.BIRD: (Vaccine.NEWCASTLE, *_EVERYWHERE),
}


def vaccines_of(species: str) -> tuple[Vaccine, ...]:
    return VACCINES.get(species, _EVERYWHERE)


class Measure(TextChoices):
    WEIGHT = "weight", _("Body weight")
    TEMPERATURE = "temperature", _("Temperature")
    PULSE = "pulse", _("Heartbeats a minute")
    BREATH = "breath", _("Breaths a minute")


UNITS = {Measure.WEIGHT: "kg", Measure.TEMPERATURE: "°C", Measure.PULSE: "", Measure.BREATH: ""}
