"""Which ways there are from the first day. The back office opens and closes them."""

from django.db import migrations

WAYS = [
    ("iyzico", "card"),
    ("paytr", "card"),
    ("param", "card"),
    ("transfer", "transfer"),
    ("wallet", "wallet"),
]


def forward(apps, schema_editor):
    table = apps.get_model("payments", "OpenMethod")
    for position, (provider, method) in enumerate(WAYS):
        table.objects.get_or_create(provider=provider, method=method, defaults={"position": position})


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_money_on_its_way")]
    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]
