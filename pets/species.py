"""Species, their usual breeds and their default pictures. Breed names are proper names and stay Turkish."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Species(TextChoices):
    CAT = "cat", _("Cat")
    DOG = "dog", _("Dog")
    BIRD = "bird", _("Bird")
    RABBIT = "rabbit", _("Rabbit")
    HAMSTER = "hamster", _("Hamster")
    FERRET = "ferret", _("Ferret")
    FISH = "fish", _("Fish")
    TURTLE = "turtle", _("Turtle")
    OTHER = "other", _("Another animal")


class Sex(TextChoices):
    UNKNOWN = "", _("Not known")
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")


# The law asks for a chip and an entry in PETVET for these.
REGISTERED = frozenset({Species.CAT, Species.DOG, Species.FERRET})

STAMPS = {
    Species.CAT: ("cat", "rose"),
    Species.DOG: ("dog", "sky"),
    Species.BIRD: ("bird", "apricot"),
    Species.RABBIT: ("rabbit", "quince"),
    Species.HAMSTER: ("paw", "apricot"),
    Species.FERRET: ("paw", "quince"),
    Species.FISH: ("fish", "mint"),
    Species.TURTLE: ("turtle", "almond"),
    Species.OTHER: ("paw", "sky"),
}

# Offered while typing; another word is welcome.
BREEDS: dict[str, tuple[str, ...]] = {
    Species.CAT: (
        "Tekir",
        "Melez",
        "Van kedisi",
        "Ankara kedisi",
        "Sarman",
        "Smokin",
        "Calico",
        "British Shorthair",
        "British Longhair",
        "Scottish Fold",
        "Scottish Straight",
        "İran kedisi",
        "Chinchilla",
        "Siyam",
        "Bengal",
        "Maine Coon",
        "Ragdoll",
        "Sfenks",
        "Rus mavisi",
        "Norveç orman kedisi",
        "Habeş",
        "Exotic Shorthair",
    ),
    Species.DOG: (
        "Melez",
        "Kangal",
        "Akbaş",
        "Kars çoban köpeği",
        "Malaklı",
        "Zerdava",
        "Türk tazısı",
        "Çatalburun",
        "Golden Retriever",
        "Labrador Retriever",
        "Alman çoban köpeği",
        "Belçika çoban köpeği",
        "Border Collie",
        "Sibirya kurdu",
        "Fransız buldoğu",
        "Pug",
        "Pomeranian",
        "Maltese",
        "Maltipoo",
        "Toy Poodle",
        "Yorkshire Terrier",
        "Jack Russell Terrier",
        "Beagle",
        "Cocker Spaniel",
        "Cavalier King Charles",
        "Chihuahua",
        "Shih Tzu",
        "Dachshund",
        "Boxer",
        "Rottweiler",
        "Doberman",
        "İngiliz setteri",
        "Cane Corso",
    ),
    Species.BIRD: ("Muhabbet kuşu", "Kanarya", "Sultan papağanı", "Jako", "Cennet papağanı", "Hint bülbülü"),
    Species.RABBIT: ("Hollanda Lop", "Aslan başlı", "Cüce tavşan", "Rex", "Melez"),
    Species.HAMSTER: ("Gonzales", "Suriye hamsteri", "Roborovski", "Çin hamsteri"),
    Species.FERRET: ("Evcil gelincik", "Angora gelincik"),
    Species.FISH: ("Japon balığı", "Beta", "Lepistes", "Moli", "Melek balığı", "Ciklet"),
    Species.TURTLE: ("Kırmızı yanaklı su kaplumbağası", "Sarı yanaklı su kaplumbağası", "Tosbağa"),
    Species.OTHER: (),
}
