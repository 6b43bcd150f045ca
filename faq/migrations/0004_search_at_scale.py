import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# The sub-select is read once and first, so the cast meets only numbers, whatever else is indexed.
# "+ 0" keeps the index on content types out: nearly every entry is a question's, so it would be read whole.
VIEW = """
    CREATE VIEW faq_indexedquestion AS
    SELECT object_id::integer AS page_id, autocomplete, title, body
    FROM wagtailsearch_indexentry
    WHERE content_type_id + 0 = (
        SELECT id FROM django_content_type WHERE app_label = 'faq' AND model = 'questionpage'
    )
"""


class Migration(migrations.Migration):

    dependencies = [
        ('faq', '0003_readers'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('wagtailsearch', '0010_add_text_fields'),
    ]

    operations = [
        migrations.RunSQL(VIEW, "DROP VIEW faq_indexedquestion"),
        migrations.CreateModel(
            name='IndexedQuestion',
            fields=[
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='indexed', serialize=False, to='faq.questionpage')),
                ('autocomplete', django.contrib.postgres.search.SearchVectorField()),
                ('title', django.contrib.postgres.search.SearchVectorField()),
                ('body', django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                'db_table': 'faq_indexedquestion',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=12)),
                ('spelling', models.CharField(max_length=100)),
                ('plain', models.CharField(max_length=100)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['plain'], name='word_by_trigrams', opclasses=['gin_trgm_ops'])],
                'constraints': [models.UniqueConstraint(fields=('language', 'spelling'), name='word_is_spelled_once')],
            },
        ),
    ]
