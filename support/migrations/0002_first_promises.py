"""What is promised from the first day on. Later promises are rows of the back office."""

from datetime import date

from django.db import migrations

FROM = date(2025, 1, 1)
MINUTES = {1: 30, 2: 4 * 60, 3: 12 * 60, 4: 24 * 60}  # emergency, high, normal, low


def promise(apps, schema_editor):
    target = apps.get_model("support", "SlaTarget")
    for priority, minutes in MINUTES.items():
        target.objects.create(priority=priority, minutes=minutes, valid_from=FROM)


class Migration(migrations.Migration):
    dependencies = [("support", "0001_initial")]
    operations = [migrations.RunPython(promise, migrations.RunPython.noop)]
