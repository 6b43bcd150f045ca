"""VAT of goods by the lists of decree 2007/13033, as the law had and has it."""

from datetime import date

from django.db import migrations

FIRST = "BKK 2007/13033 (RG 30.12.2007/26742)"
NOW = "KDV Kanunu 28; Cumhurbaşkanı Kararı 7346 (RG 07.07.2023/32241)"
FIGURES = [
    ("vat_standard", "18", date(2007, 12, 30), date(2023, 7, 10), FIRST),
    ("vat_standard", "20", date(2023, 7, 10), None, NOW),
    ("vat_list_2", "8", date(2007, 12, 30), date(2023, 7, 10), FIRST),
    ("vat_list_2", "10", date(2023, 7, 10), None, NOW),
    ("vat_list_1", "1", date(2007, 12, 30), None, FIRST),
]
CHECKED_ON = date(2026, 11, 1)


def fill(apps, schema_editor):
    rate = apps.get_model("finance", "TaxRate")
    for tax, percent, begin, end, source in FIGURES:
        rate.objects.get_or_create(
            tax=tax,
            valid_from=begin,
            defaults={"percent": percent, "valid_until": end, "source": source, "checked_on": CHECKED_ON},
        )


def empty(apps, schema_editor):
    apps.get_model("finance", "TaxRate").objects.filter(tax__startswith="vat_").delete()


class Migration(migrations.Migration):
    dependencies = [("finance", "0008_vat_of_goods")]
    operations = [migrations.RunPython(fill, empty)]
