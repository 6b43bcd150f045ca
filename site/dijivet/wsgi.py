"""The entry that the web server imports."""

import os

from django.core.wsgi import get_wsgi_application

from core.response_cache.front import Front

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dijivet.settings.production")

application = Front(get_wsgi_application())
