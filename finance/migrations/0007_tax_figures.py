"""What the law asks for when this room opens. The figures are kept up in the back office."""

from datetime import date

from django.db import migrations

FIGURES = [
    ("commission_vat", "20", date(2023, 7, 10), "KDV Kanunu 28; Cumhurbaşkanı Kararı 7346 (RG 07.07.2023/32241)"),
    ("withholding", "1", date(2025, 1, 1), "GVK 94/17; CK 9284; GVK Genel Tebliği 330 (RG 30.12.2024/32768)"),
]
CHECKED_ON = date(2026, 11, 1)


def fill(apps, schema_editor):
    rate = apps.get_model("finance", "TaxRate")
    for tax, percent, begin, source in FIGURES:
        rate.objects.get_or_create(
            tax=tax, valid_from=begin, defaults={"percent": percent, "source": source, "checked_on": CHECKED_ON}
        )


def empty(apps, schema_editor):
    rate = apps.get_model("finance", "TaxRate")
    for tax, _percent, begin, source in FIGURES:
        rate.objects.filter(tax=tax, valid_from=begin, source=source).delete()


class Migration(migrations.Migration):
    dependencies = [("finance", "0006_document_mails_and_bundles"), ("finance", "0006_fees_of_providers")]
    operations = [migrations.RunPython(fill, empty)]
