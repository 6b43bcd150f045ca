"""The parts of the platform as they are when this room opens. Staff may rename them and add others."""

from django.db import migrations

PARTS = [
    ("site", "Site", "Website", "Diji.vet’in bütün sayfaları", "All pages of Diji.vet", ["/"]),
    (
        "panel",
        "Panel",
        "Panel",
        "Kişi ve işletme panelleri, hesap ayarları",
        "Panels of people and businesses, account settings",
        ["/panel/", "/isletme/", "/isletme-kaydi/", "/hesap/"],
    ),
    ("payments", "Ödemeler", "Payments", "Kart, havale ve cüzdanla ödeme", "Paying by card, transfer and wallet", ["/odeme/", "/magaza/odeme/"]),
    ("store", "Mağaza", "Store", "Ürünler, sepet ve siparişler", "Goods, basket and orders", ["/magaza/", "/panel/siparisler/"]),
    ("booking", "Randevu", "Booking", "Takvimler ve randevular", "Calendars and bookings", ["/randevu/"]),
    ("api", "API", "API", "Makinelerin okuduğu ve yazdığı adresler", "Addresses that machines read and write", ["/api/"]),
    ("mail", "E-posta", "E-mail", "Gönderdiğimiz e-postalar", "Mails we send", []),
]


def seed(apps, schema_editor):
    component = apps.get_model("upkeep", "Component")
    component.objects.bulk_create(
        component(
            key=key, name=name, name_en=name_en, covers=covers, covers_en=covers_en, prefixes=prefixes, place=place * 10
        )
        for place, (key, name, name_en, covers, covers_en, prefixes) in enumerate(PARTS, 1)
    )


def unseed(apps, schema_editor):
    apps.get_model("upkeep", "Component").objects.filter(key__in=[row[0] for row in PARTS]).delete()


class Migration(migrations.Migration):
    dependencies = [("upkeep", "0002_guards")]
    operations = [migrations.RunPython(seed, unseed)]
