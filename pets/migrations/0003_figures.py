"""The figures in force when this room opened, each with its source and the day it was looked up."""

from datetime import date

from django.db import migrations

CHECKED = date(2026, 11, 25)
REGULATION = "Kedi, Köpek ve Gelinciklerin Kimliklendirilmesi ve Kayıt Altına Alınmasına Dair Yönetmelik"
REGULATION_URL = "https://www.resmigazete.gov.tr/eskiler/2018/02/20180226-9.htm"
LAW = "5199 sayılı Hayvanları Koruma Kanunu, geçici madde 4"
LAW_URL = "https://www.mevzuat.gov.tr/mevzuat?MevzuatNo=5199&MevzuatTur=1&MevzuatTertip=5"
PRACTICE = "Yaygın koruyucu hekimlik tavsiyesi; hekimin başka bir tarih verdiyse o geçerli"
START = date(2021, 1, 1)  # the regulation's application began

FIGURES = [
    ("chip.age", "months", 6, None, f"{REGULATION}; {LAW}", REGULATION_URL),
    ("chip.deadline", "date", None, date(2025, 12, 31), LAW, LAW_URL),
    ("rabies.first_age", "weeks", 12, None, REGULATION, REGULATION_URL),
    ("rabies.again", "months", 12, None, "Kuduz Hastalığından Korunma ve Kuduz Hastalığı ile Mücadele Yönetmeliği", ""),
    ("owner_change.notice", "days", 60, None, REGULATION, REGULATION_URL),
    ("death.report", "days", 30, None, REGULATION, REGULATION_URL),
    ("loss.report", "days", 7, None, REGULATION, REGULATION_URL),
    ("combined.again", "months", 12, None, PRACTICE, ""),
    ("internal.again", "months", 3, None, PRACTICE, ""),
    ("external.again", "months", 1, None, PRACTICE, ""),
]


def seed(apps, schema_editor):
    figure = apps.get_model("pets", "Figure")
    figure.objects.bulk_create(
        figure(
            code=code, unit=unit, amount=amount, day=day, valid_from=START, source=source, source_url=url,
            checked_on=CHECKED,
        )
        for code, unit, amount, day, source, url in FIGURES
    )


def unseed(apps, schema_editor):
    apps.get_model("pets", "Figure").objects.filter(code__in=[row[0] for row in FIGURES]).delete()


class Migration(migrations.Migration):
    dependencies = [("pets", "0002_guards")]
    operations = [migrations.RunPython(seed, unseed)]
