"""Lists read `commerce_listing` (docs/decisions/0095); what goods and shelves left in Wagtail's index goes."""

from django.db import migrations

SWEEP = """
    DELETE FROM wagtailsearch_indexentry USING django_content_type AS kind
    WHERE kind.id = content_type_id AND kind.app_label = 'catalogue'
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0036_reviews_count"), ("wagtailsearch", "0010_add_text_fields")]
    operations = [migrations.RunSQL(SWEEP, migrations.RunSQL.noop)]
