import re

from django.db import migrations

from core import text


def learn(apps, schema_editor):
    """As faq.vocabulary does from now on with each saved answer."""
    Word = apps.get_model('faq', 'Word')
    rows = apps.get_model('faq', 'QuestionPage').objects.filter(live=True)
    found = {
        (language, word)
        for language, title, synonyms in rows.values_list('locale__language_code', 'title', 'synonyms').iterator()
        for word in re.findall(r'[^\W_]+', text.lower(f'{title} {synonyms}'))
        if len(word) <= 100
    }
    words = [Word(language=language, spelling=word, plain=text.fold(word)) for language, word in sorted(found)]
    Word.objects.bulk_create(words, batch_size=5000, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ('faq', '0004_search_at_scale'),
    ]

    operations = [
        migrations.RunPython(learn, migrations.RunPython.noop),
    ]
