"""Tests: as production, except speed (hashing) and places (mail in memory, media in a folder of the run)."""

from .base import *  # noqa: F403

DEBUG = False
SECRET_KEY = "for tests only"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
RESPONSE_CACHE = False  # its own tests switch it on
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
STORAGES = {**STORAGES, "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}  # noqa: F405
