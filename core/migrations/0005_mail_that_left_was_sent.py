from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("core", "0004_outcomes_of_old_mails")]

    operations = [
        migrations.AddConstraint(
            "mail",
            models.CheckConstraint(condition=Q(sent_at=None) | Q(outcome="sent"), name="mail_that_left_was_sent"),
        ),
    ]
