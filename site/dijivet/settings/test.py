"""Tests: as production, except speed (hashing) and places (mail in memory, media in a folder of the run)."""

from .base import *  # noqa: F403
from .local_bank import *  # noqa: F403

DEBUG = False
SECRET_KEY = "for tests only"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
RESPONSE_CACHE = False  # its own tests switch it on
UPKEEP_REFRESH_SECONDS = None  # read where a test says so, never in between
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
REQUIRE_SECOND_FACTOR = False  # tests/accounts/test_second_factor.py switches it on
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
PAYMENTS_ACCEPT_TEST = WALLET_TOP_UP = True
TRANSFER_IBAN, TRANSFER_RECEIVER = "TR330006100519786457841326", "Diji.vet"
