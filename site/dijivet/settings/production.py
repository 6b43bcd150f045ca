"""Production: no default for a secret, nothing of development."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import EXAMPLE_COMPANY, LOCAL_E_ARCHIVE, LOCAL_SMS_GATEWAY, LOCAL_SUPPORT_MAILBOX, env, logs

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
BASE_URL = WAGTAILADMIN_BASE_URL = env.str("BASE_URL")
BROKER_URL = CELERY_BROKER_URL = env.str("BROKER_URL")
CACHES["default"]["LOCATION"] = env.str("CACHE_URL", BROKER_URL)  # noqa: F405
_MAIL_SERVER = env.email_url("EMAIL_URL", backend="core.smtp.Backend")
vars().update(_MAIL_SERVER, EMAIL_BACKEND=OUTBOX, EMAIL_DELIVERY_BACKEND=_MAIL_SERVER["EMAIL_BACKEND"])  # noqa: F405
SMS_GATEWAY = env.str("SMS_GATEWAY")
if SMS_GATEWAY == LOCAL_SMS_GATEWAY:
    raise ImproperlyConfigured("SMS_GATEWAY: codes for phones must not end in the mailbox of development.")
SUPPORT_MAILBOX = env.str("SUPPORT_MAILBOX", "support.mailbox.imap.Imap")
if SUPPORT_MAILBOX == LOCAL_SUPPORT_MAILBOX:
    raise ImproperlyConfigured("SUPPORT_MAILBOX: answers by mail would wait in a folder of development.")
SUPPORT_IMAP_URL = env.str("SUPPORT_IMAP_URL")  # imaps://user:password@host:993/INBOX
COMPANY = env.json("COMPANY")
if set(COMPANY) != set(EXAMPLE_COMPANY):
    raise ImproperlyConfigured(f"COMPANY: has to have exactly {', '.join(EXAMPLE_COMPANY)}.")
E_ARCHIVE = env.str("E_ARCHIVE", "")
if E_ARCHIVE == LOCAL_E_ARCHIVE:
    raise ImproperlyConfigured("E_ARCHIVE: documents would be carried to a folder of development.")
for _name in ("IYZICO_URL", "IYZICO_PAGE_URL", "PAYTR_URL", "PARAM_URL", "PARAM_PAGE_URL"):
    if not vars()[_name].startswith("https://"):
        raise ImproperlyConfigured(f"{_name}: money is spoken of by https only, and not with a test bank.")
DATABASES = {"default": env.db("DATABASE_URL")}
DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
    "-c statement_timeout=15s -c lock_timeout=3s -c idle_in_transaction_session_timeout=30s"
)

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^saglik/"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
OSCAR_BASKET_COOKIE_SECURE = OSCAR_RECENTLY_VIEWED_COOKIE_SECURE = True
OSCAR_URL_SCHEMA = "https"

LOGGING = logs.config(as_json=True, level=env.str("LOG_LEVEL", "INFO"))

STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "core.storage.HashedStaticFiles"},
    "private": STORAGES["private"],  # noqa: F405
}
