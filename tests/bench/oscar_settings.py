"""Oscar as it comes, on the same database: its own apps, views and templates, nothing of ours.

Tuned as far as settings go: templates are loaded once, its search engine and thumbnails cost nothing.
"""

import os

from oscar import INSTALLED_APPS as OSCAR
from oscar.defaults import *  # noqa: F403

SECRET_KEY = "bench"
DEBUG = False
ALLOWED_HOSTS = ["*"]
USE_TZ = True
LANGUAGE_CODE = "tr"
SITE_ID = 1
ROOT_URLCONF = "tests.bench.oscar_urls"
STATIC_URL, MEDIA_URL = "/static/", "/media/"
DATABASES = {"default": {}}  # given by whoever runs it (tests/bench/oscar.py)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.contrib.flatpages",
    *(app for app in OSCAR if not app.startswith("django.contrib.")),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "oscar.apps.basket.middleware.BasketMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                ("django.template.loaders.cached.Loader", ["django.template.loaders.app_directories.Loader"])
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oscar.apps.search.context_processors.search_form",
                "oscar.apps.checkout.context_processors.checkout",
                "oscar.core.context_processors.metadata",
            ],
        },
    }
]
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "tests.bench.free_search.FreeEngine"}}
OSCAR_SHOP_NAME, OSCAR_DEFAULT_CURRENCY = "Bench", "TRY"
OSCAR_PRODUCTS_PER_PAGE = 20
OSCAR_THUMBNAILER = "tests.bench.oscar.NoThumbnails"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
OSCAR_SEARCH_FACETS = {"fields": {}, "queries": {}}  # nor does counting
