from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0002_kept_answers")]

    operations = [
        migrations.CreateModel(
            name="SuppressedAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(max_length=254, unique=True, verbose_name="address")),
                ("at", models.DateTimeField(verbose_name="since")),
                ("error", models.CharField(blank=True, max_length=500, verbose_name="what its server said")),
                ("tried_at", models.DateTimeField(null=True, verbose_name="last try")),
            ],
            options={
                "verbose_name": "address without reader",
                "verbose_name_plural": "addresses without reader",
            },
        ),
        migrations.AddField("mail", "essential", models.BooleanField(default=False)),
        migrations.AddField("mail", "error", models.CharField(blank=True, default="", max_length=500), preserve_default=False),
        migrations.AddField(
            "mail",
            "outcome",
            models.CharField(
                blank=True,
                default="",
                max_length=10,
                choices=[
                    ("sent", "Sent"),
                    ("expired", "Pointless before it could leave"),
                    ("refused", "Refused for good"),
                    ("suppressed", "Address known to be dead"),
                    ("unknown", "Handed over without an answer"),
                ],
            ),
            preserve_default=False,
        ),
    ]
