from django.db import migrations


def note(apps, schema_editor):
    """A mail with a moment was sent; one without words and moment was over before it left."""
    mails = apps.get_model("core", "Mail").objects.filter(outcome="")
    mails.exclude(sent_at=None).update(outcome="sent")
    mails.filter(sent_at=None, text="", html="", expires_at__isnull=False).update(outcome="expired")


class Migration(migrations.Migration):
    dependencies = [("core", "0003_mail_outcomes")]
    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
