"""The worker. It only hurries work that already stands in the database as a row."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dijivet.settings.dev")

app = Celery("dijivet")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
