"""Settings shared by development, tests and production.

Values come from the environment; a name may also be given as NAME_FILE, the path of a file
that holds it (secrets of a container platform). `docs/settings.md` lists every name.
"""

from pathlib import Path

import environ
import oscar
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _
from oscar.defaults import *  # noqa: F403  (Oscar reads its settings from ours)
from redis.backoff import NoBackoff
from redis.retry import Retry

from core import logs

env = environ.FileAwareEnv()

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(env.str("VAR_DIR", str(ROOT / "var")))

DEVELOPMENT = False  # mounts the style guide, the mailbox and uploads; never on in production

# --- Who we are ---------------------------------------------------------------------------
SITE_ID = 1
WAGTAIL_SITE_NAME = OSCAR_SHOP_NAME = "Diji.vet"
OSCAR_SHOP_TAGLINE = ""
BASE_URL = env.str("BASE_URL", "http://127.0.0.1:8000")
WAGTAILADMIN_BASE_URL = BASE_URL
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])

# --- Rooms --------------------------------------------------------------------------------
OWN_APPS = [
    "core",
    "accounts",
    "teams",
    "newsletter",
    "notifications",
    "upkeep",
    "pets",
    "support",
    "finance",
    "payments",
    "blog",
    "editorial",
    "faq",
    "legal",
    "commerce.apps.StoreConfig",
    "booking",
    "booking.requirements",
    "booking.stays",
    "booking.consultations",
    "booking.waitlist",
    "booking.transfers",
    "booking.series",
    "home",
    "api",
]

# Oscar's own list, without Django's apps and with our forks in place of the originals.
FORKS = {
    "oscar.config.Shop": "commerce.apps.Shop",
    "oscar.apps.catalogue.apps.CatalogueConfig": "commerce.catalogue.apps.CatalogueConfig",
    "oscar.apps.catalogue.reviews.apps.CatalogueReviewsConfig": (
        "commerce.catalogue.reviews.apps.CatalogueReviewsConfig"
    ),
    "oscar.apps.partner.apps.PartnerConfig": "commerce.partner.apps.PartnerConfig",
    "oscar.apps.customer.apps.CustomerConfig": "commerce.customer.apps.CustomerConfig",
    "oscar.apps.order.apps.OrderConfig": "commerce.order.apps.OrderConfig",
    "oscar.apps.dashboard.orders.apps.OrdersDashboardConfig": "commerce.desk.apps.OrdersDashboardConfig",
}
OSCAR_APPS = [FORKS.get(app, app) for app in oscar.INSTALLED_APPS if not app.startswith("django.contrib.")]

INSTALLED_APPS = [
    *OWN_APPS,
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtail.api.v2",
    "modelcluster",
    "taggit",
    "rest_framework",
    "corsheaders",
    "django_cotton",
    "laces",
    "csp",
    *OSCAR_APPS,
    "sorl.thumbnail",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.contrib.flatpages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "api.middleware.ExactVary",
    "corsheaders.middleware.CorsMiddleware",
    "core.middleware.RefuseNullBytes",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.ContentSecurityPolicy",
    "upkeep.middleware.Gate",
    "core.response_cache.middleware.KeptAnswers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.AccountGate",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "oscar.apps.basket.middleware.BasketMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "dijivet.urls"
WSGI_APPLICATION = "dijivet.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "wagtail.contrib.settings.context_processors.settings",
                "oscar.core.context_processors.metadata",
            ],
        },
    },
]
COTTON_DIR = "components"
COTTON_SNAKE_CASED_NAMES = False  # <c-error-summary> is components/error-summary.html

# --- Data ---------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", "postgresql://127.0.0.1/dijivet")}
DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
# Requests are many and small: helpers of one query, and compiling it, cost them more than they save.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault(
    "options", "-c max_parallel_workers_per_gather=0 -c jit=off"
)

BROKER_URL = env.str("BROKER_URL", "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.str("CACHE_URL", BROKER_URL),
        "KEY_PREFIX": "dijivet",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2, "retry": Retry(NoBackoff(), 0)},
    }
}

# How old what a process knows of running upkeep may be; one small read of the database per this time.
UPKEEP_REFRESH_SECONDS: float | None = 2.0

# Answers to anonymous readers are kept until what they show changes (docs/decisions/0009).
RESPONSE_CACHE = env.bool("RESPONSE_CACHE", True)

# --- Worker (trust rule: no countdown above 60 s, late acknowledgement, one task at a time) --
CELERY_BROKER_URL = BROKER_URL
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 90
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# The row is safe, so a broker that is away must not hold a request: no retries (6 s by default).
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    "max_retries": 0,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
CELERY_TIMEZONE = "Europe/Istanbul"
CELERY_BEAT_SCHEDULE = {
    "sweep journal": {"task": "core.tasks.sweep_journal", "schedule": 10.0},
    "sweep kept answers": {"task": "core.tasks.sweep_answers", "schedule": 60.0},
    "check proofs": {"task": "core.tasks.check_proofs", "schedule": 15 * 60.0},
    "bring legal versions into force": {"task": "legal.tasks.bring_into_force", "schedule": 60.0},
    "announce untold posts": {"task": "blog.tasks.announce_untold", "schedule": 60.0},
    "end pauses of accounts": {"task": "accounts.tasks.end_pauses", "schedule": 60.0},
    "erase closed accounts": {"task": "accounts.tasks.erase_closed", "schedule": 60.0},
    "delete old exports": {"task": "accounts.tasks.delete_old_exports", "schedule": 3600.0},
    "hand over notices": {"task": "notifications.tasks.hand_over", "schedule": 30.0},
    "send digests": {"task": "notifications.tasks.send_digests", "schedule": 5 * 60.0},
    "keep time of upkeep": {"task": "upkeep.tasks.keep_time", "schedule": 20.0},
    "go on telling of upkeep": {"task": "upkeep.tasks.go_on", "schedule": 20.0},
    "tell missed news": {"task": "notifications.tasks.tell_missed_news", "schedule": 5 * 60.0},
    "refresh duties": {"task": "pets.tasks.refresh_duties", "schedule": crontab(hour=1, minute=30)},
    "announce duties": {"task": "pets.tasks.announce_duties", "schedule": crontab(hour="7-20", minute=20)},
    # Hourly, so that a day the worker slept through costs an hour; each licence is told of once.
    "watch licences": {"task": "teams.tasks.watch_licences", "schedule": 60 * 60.0},
    "watch promises of answers": {"task": "support.tasks.watch_promises", "schedule": 60.0},
    "read support mail": {"task": "support.tasks.read_mail", "schedule": 20.0},
    "close solved tickets": {"task": "support.tasks.close_old", "schedule": 15 * 60.0},
    "forget old tickets": {"task": "support.tasks.forget_old", "schedule": crontab(hour=3, minute=10)},
    # Every ten minutes, so that a month begins on time; the month is unique, so it begins once.
    "assemble newsletter": {"task": "newsletter.tasks.assemble_issue", "schedule": 10 * 60.0},
    "send newsletters": {"task": "newsletter.tasks.send_issues", "schedule": 30.0},
    "tell İYS": {"task": "newsletter.tasks.push_to_iys", "schedule": 60.0},
    "ask İYS": {"task": "newsletter.tasks.pull_from_iys", "schedule": 10 * 60.0},
    "compare with İYS": {"task": "newsletter.tasks.compare_with_iys", "schedule": crontab(hour=3, minute=40)},
    "forget old subscriptions": {
        "task": "newsletter.tasks.forget_old",
        "schedule": crontab(hour=4, minute=10),
    },
    "ask payment providers": {"task": "payments.tasks.ask_providers", "schedule": 20.0},
    "send refunds": {"task": "payments.tasks.send_refunds", "schedule": 20.0},
    "watch refunds": {"task": "payments.tasks.watch_refunds", "schedule": 60.0},
    "end unpaid payments": {"task": "payments.tasks.expire_payments", "schedule": 30.0},
    "end bookings": {"task": "booking.tasks.end_due", "schedule": 10.0},
    "remind of bookings": {"task": "booking.tasks.remind", "schedule": 60.0},
    "earn bookings": {"task": "booking.tasks.earn_due", "schedule": 15 * 60.0},
    "tell of consultations": {"task": "booking.consultations.tasks.tell", "schedule": 30.0},
    "forget old consultations": {
        "task": "booking.consultations.tasks.forget_old",
        "schedule": crontab(hour=4, minute=50),
    },
    "forget whom to call while an animal is away": {
        "task": "booking.requirements.tasks.forget_care",
        "schedule": crontab(hour=4, minute=40),
    },
    "read calendars kept elsewhere": {"task": "booking.tasks.read_feeds", "schedule": 60.0},
    "hand out times that became free": {"task": "booking.waitlist.tasks.sweep", "schedule": 30.0},
    "end requests for transfers": {"task": "booking.transfers.tasks.end_due", "schedule": 30.0},
    "confirm deliveries": {"task": "booking.transfers.tasks.confirm_due", "schedule": 60.0},
    "forget places of transfers": {
        "task": "booking.transfers.tasks.forget_old",
        "schedule": crontab(hour=4, minute=25),
    },
    "release unpaid orders": {"task": "commerce.tasks.release_unpaid", "schedule": 30.0},
    "make missing contracts": {"task": "commerce.tasks.make_contracts", "schedule": 60.0},
    "send payouts": {"task": "payments.payout_tasks.send_payouts", "schedule": 20.0},
    "match bank statements": {"task": "payments.payout_tasks.match_statements", "schedule": 30.0},
    # Hourly, so that a morning the worker slept through costs an hour; a day is asked for once.
    "ask for planned payouts": {"task": "payments.payout_tasks.ask_planned", "schedule": 60 * 60.0},
    # From 03:15 local on, again each hour while a provider is silent.
    "compare days with providers": {
        "task": "payments.payout_tasks.compare_days",
        "schedule": crontab(hour="3-9", minute=15),
    },
    "deliver silent parcels": {"task": "commerce.parcel_tasks.deliver_due", "schedule": 15 * 60.0},
    "close parcels": {"task": "commerce.parcel_tasks.close_due", "schedule": 15 * 60.0},
    "watch late parcels": {"task": "commerce.parcel_tasks.watch_late", "schedule": 60.0},
    # Readers make what is due before they read; this is for what came in thousands.
    "refresh listings": {"task": "commerce.listing_tasks.refresh_listings", "schedule": 10.0},
    "make missing documents": {"task": "finance.tasks.make_missing_documents", "schedule": 60.0},
    "carry documents": {"task": "finance.tasks.carry_documents", "schedule": 30.0},
    "go on with bundles": {"task": "finance.tasks.go_on_with_bundles", "schedule": 30.0},
    "delete old bundles": {"task": "finance.tasks.delete_old_bundles", "schedule": 3600.0},
    "go on with imports": {"task": "commerce.tasks.go_on_with_imports", "schedule": 15.0},
    "delete old imports": {
        "task": "commerce.tasks.delete_old_imports",
        "schedule": crontab(hour=4, minute=40),
    },
    "go on with returns": {"task": "commerce.after_tasks.go_on_with_returns", "schedule": 60.0},
    "tell of stock": {"task": "commerce.after_tasks.tell_of_stock", "schedule": 60.0},
    "ask for reviews": {
        "task": "commerce.after_tasks.ask_for_reviews",
        "schedule": crontab(hour="10-18", minute=5),
    },
    "forget unconfirmed alerts": {
        "task": "commerce.after_tasks.forget_unconfirmed_alerts",
        "schedule": crontab(hour=4, minute=20),
    },
    "publish scheduled": {"task": "editorial.tasks.publish_scheduled", "schedule": 60.0},
    "expire invitations": {"task": "teams.tasks.expire_invitations", "schedule": 300.0},
}

# --- People -------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "landing"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30

ACCOUNT_ADAPTER = "accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignIn",
    "signup": "accounts.forms.SignUp",
    "reset_password": "accounts.forms.ResetPassword",
    "reset_password_from_key": "accounts.forms.NewPassword",
    "change_password": "accounts.forms.ChangePassword",
    "confirm_email_verification_code": "accounts.forms.ConfirmAddress",
    "confirm_password_reset_code": "accounts.forms.ConfirmReset",
    "reauthenticate": "accounts.factor_forms.ReauthenticateByPassword",
}
# The same answer for an address we know and one we do not; its owner reads the difference in a mail.
ACCOUNT_PREVENT_ENUMERATION = ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_LOGIN_TIMEOUT = 60 * 60
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True

# Codes (docs/decisions/0008): six digits, ten minutes, five tries, one use.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 3

# Counted for each account or address typed (key), person (user) and client address (ip).
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/h/ip,20/d/key",
    "signup": "20/m/ip,100/h/ip",
    "confirm_email": "1/30s/key,5/h/key",
    "reset_password": "20/h/ip,3/h/key",
    "reset_password_from_key": "20/m/ip",
    "code_try": f"{ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS}/h/key",
    "change_password": "5/m/user,20/h/user",
    "reauthenticate": "10/m/user,20/h/user",
}
# Asking again who it is, before money, roles and the ways in are touched.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60

# Sessions, second factor (docs/decisions/0040). Staff with rights over money, people or settings need one.
MFA_ADAPTER = "accounts.factors.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Diji.vet"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "accounts.factor_forms.Authenticate",
    "reauthenticate": "accounts.factor_forms.ReauthenticateByCode",
    "activate_totp": "accounts.factor_forms.ActivateApp",
    "add_webauthn": "accounts.factor_forms.AddPasskey",
    "authenticate_webauthn": "accounts.factor_forms.AuthenticateByPasskey",
    "login_webauthn": "accounts.factor_forms.SignInByPasskey",
    "reauthenticate_webauthn": "accounts.factor_forms.ReauthenticateByPasskey",
}
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", True)
STAFF_SESSION_HOURS = (12, 3)  # at most since signing in, at most without a click

# Short messages; production names a real gateway.
SMS_GATEWAY = LOCAL_SMS_GATEWAY = "accounts.sms.ToMailbox"

ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)

# Wagtail's own ways to change password and address would pass by our rules and mails.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATORS = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": _VALIDATORS + "UserAttributeSimilarityValidator"},
    {"NAME": _VALIDATORS + "MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": _VALIDATORS + "CommonPasswordValidator"},
]

# --- Language, place, time ----------------------------------------------------------------
LANGUAGE_CODE = "tr"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("tr", _("Turkish")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale", ROOT / "locale" / "vendor"]
USE_I18N = WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
TIME_ZONE = "Europe/Istanbul"
FORMAT_MODULE_PATH = ["core.formats"]
USE_TZ = True

# --- Files --------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(VAR / "media")))
# Evidence that only a view gives out, after it has asked who reads. No web server may reach this folder.
PRIVATE_ROOT = Path(env.str("PRIVATE_ROOT", str(VAR / "private")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "core.storage.Private"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# --- Wagtail ------------------------------------------------------------------------------
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "turkish"}
}
WAGTAILAPI_LIMIT_MAX = 100
WAGTAILAPI_RICH_TEXT_FORMAT = "html"  # links and pictures resolved; ?rich_text_format= may ask otherwise
WAGTAIL_LOCALIZE_MACHINE_TRANSLATOR = None
WAGTAIL_ENABLE_UPDATE_CHECK = False  # the browser may speak to nobody but us
TAGGIT_CASE_INSENSITIVE = True  # “Kedi” and “kedi” are one tag

# --- Front ends elsewhere -----------------------------------------------------------------
# Which web pages may read the content API from a browser. It is public, so by default all may.
_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=["*"])
CORS_ALLOW_ALL_ORIGINS = "*" in _ORIGINS
CORS_ALLOWED_ORIGINS = [origin for origin in _ORIGINS if origin != "*"]
CORS_URLS_REGEX = r"^/api/content/"
CORS_ALLOW_CREDENTIALS = False
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = ["accept", "accept-language", "if-none-match"]
CORS_EXPOSE_HEADERS = ["ETag"]
# Where the editor's preview opens drafts on such a front end; empty: nowhere.
HEADLESS_PREVIEW_URL = env.str("HEADLESS_PREVIEW_URL", "")
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False  # a new translation is a draft, not Turkish under /en/

# --- Editorial (docs/decisions/0020, 0021) ------------------------------------------------
# Sections by page type, and which rights and workflow they get. A type that is not there is skipped.
EDITORIAL_SECTIONS = {
    "faq.FaqIndexPage": "content",
    "blog.BlogIndexPage": "content",
    "legal.LegalIndexPage": "legal",
}
OFFICE_GROUPS = {  # people of the platform who write nothing, and what the back office opens for them
    "Destek": [
        "accounts.change_datarequest",
        "support.work_tickets",
        "support.suspend_from_ticket",
        "commerce.decide_returns",
        "commerce.change_reviewreport",
    ],
    "Destek lideri": [
        "support.work_tickets",
        "support.lead_tickets",
        "support.suspend_from_ticket",
        "commerce.decide_returns",
        "commerce.change_reviewreport",
        *(
            f"support.{action}_{model}"
            for model in ("slatarget", "oncallshift", "answertemplate")
            for action in ("add", "change", "delete", "view")
        ),
    ],
    "İşletme inceleyen": ["teams.review_verification"],
    "Ürün inceleyen": ["commerce.review_goods"],
    "Altyapı": [
        "upkeep.run_upkeep",
        "upkeep.read_receipts",
        "upkeep.add_component",
        "upkeep.change_component",
    ],
    # Who sends a refund or payout by hand and who confirms it are two people; the database says so too.
    "Finans": [
        "payments.read_payments",
        "payments.refund_payments",
        "payments.reconcile_payments",
        "finance.change_commissionrate",
        *(f"finance.{action}_taxrate" for action in ("add", "change", "view")),
    ],
    "Finans onaylayan": [
        "payments.read_payments",
        "payments.refund_payments",
        "payments.reconcile_payments",
        "payments.approve_payouts",
    ],
    "Bülten hazırlayan": ["newsletter.assemble_issue"],
    "Bülten onaylayan": ["newsletter.release_issue"],
}
EDITORIAL_SNIPPETS = ["blog.Author", "blog.BlogTag"]  # kept by editors
WAGTAIL_FINISH_WORKFLOW_ACTION = "editorial.finish.finish_workflow"
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # our policy blocks its host, and editors' addresses stay with us
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False  # mails go to those whose task it is

# --- Oscar --------------------------------------------------------------------------------
OSCAR_DEFAULT_CURRENCY = "TRY"
OSCAR_CURRENCY_FORMAT = {"TRY": {"format": "₺#,##0.00"}}  # Babel writes "TRY1,234.50" in English
OSCAR_OFFERS_INCL_TAX = True  # prices include KDV, so discounts are counted from them too
OSCAR_SLUG_MAP = {"ı": "i", "İ": "i", "ğ": "g", "Ğ": "g", "ş": "s", "Ş": "s"}
OSCAR_ALLOW_ANON_REVIEWS = False
OSCAR_INITIAL_ORDER_STATUS = (
    "pending"  # an order follows its parcels (commerce.states), nobody moves it by hand
)
OSCAR_ORDER_STATUS_PIPELINE = {"pending": (), "paid": (), "cancelled": ()}
STORE_DELIVERED_AFTER_DAYS = env.int("STORE_DELIVERED_AFTER_DAYS", 10)
STORE_WITHDRAWAL_DAYS = 14  # of the law
STORE_CLOSING_GRACE_DAYS = env.int("STORE_CLOSING_GRACE_DAYS", 2)
OSCAR_EAGER_ALERTS = False  # a sweeper tells, in the order of asking (commerce.services.alerts)
OSCAR_IMAGE_FOLDER = "products/%Y/%m/"
OSCAR_MAX_BASKET_QUANTITY_THRESHOLD = 500
OSCAR_PRODUCTS_PER_PAGE = 18  # full rows of two and of three
HAYSTACK_SIGNAL_PROCESSOR = "haystack.signals.BaseSignalProcessor"
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}

# Pages are Wagtail's here, so the dashboard offers no flat pages, but a way back to Wagtail. Reviews are
# looked at there, too, with the reasons that keep one from being shown.
_NOT_HERE = {"dashboard:page-list", "dashboard:reviews-list"}
OSCAR_DASHBOARD_NAVIGATION = [
    {**entry, "children": [item for item in entry["children"] if item.get("url_name") not in _NOT_HERE]}
    if "children" in entry
    else entry
    for entry in OSCAR_DASHBOARD_NAVIGATION  # noqa: F405
]
OSCAR_DASHBOARD_NAVIGATION.append(
    {
        "label": _("Back office"),
        "icon": "fas fa-arrow-left",
        "url_name": "wagtailadmin_home",
        "access_fn": lambda user, *args: user.has_perm("wagtailadmin.access_admin"),
    }
)

# --- Mail ---------------------------------------------------------------------------------
# What anybody sends becomes a row of our outbox; only the worker talks to the mail server.
EMAIL_BACKEND = OUTBOX = "core.outbox.Backend"
_MAIL_SERVER = env.email_url("EMAIL_URL", "smtp://127.0.0.1:1025", backend="core.smtp.Backend")
vars().update(_MAIL_SERVER, EMAIL_BACKEND=OUTBOX, EMAIL_DELIVERY_BACKEND=_MAIL_SERVER["EMAIL_BACKEND"])
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Diji.vet <merhaba@diji.vet>")
OSCAR_FROM_EMAIL = DEFAULT_FROM_EMAIL

# Answers to tickets come back to this address with a signed part (docs/decisions/0070). A mailbox is a class
# of `support.mailbox`; the local one is a Maildir folder, production reads IMAP.
SUPPORT_ADDRESS = env.str("SUPPORT_ADDRESS", "destek@diji.vet")
SUPPORT_MAILBOX = LOCAL_SUPPORT_MAILBOX = "support.mailbox.maildir.Maildir"
SUPPORT_IMAP_URL = ""
SUPPORT_MAILDIR = VAR / "support-mail"
# --- The company that runs the site: it stands on its own invoices, statements and receipts -----
EXAMPLE_COMPANY = {
    "name": "Diji.vet (örnek şirket)",
    "tax_number": "1234567890",
    "tax_office": "Kadıköy",
    "street": "Örnek Mah. Deneme Sok. No: 1",
    "district": "Kadıköy",
    "city": "İstanbul",
    "postcode": "34710",
}
COMPANY = env.json("COMPANY", EXAMPLE_COMPANY)

# Who carries electronic originals to the tax office (docs/decisions/0083). The local one only plays it, and
# its documents say so; production names an integrator's class, or nobody: then they wait.
E_ARCHIVE = LOCAL_E_ARCHIVE = "finance.documents.earchive.local.Local"
E_ARCHIVE_FOLDER = VAR / "e-archive"

# --- İYS, the state's register of approvals for commercial mail (docs/iys.md) ---------------
# Without an address nothing is told and, since İYS must have each approval, no newsletter leaves.
IYS_URL = env.str("IYS_URL", "")
IYS_TOKEN = env.str("IYS_TOKEN", "")

# --- Payments (docs/decisions/0082) ---------------------------------------------------------
# In the order in which they are offered; a provider without keys is not offered at all.
PAYMENT_PROVIDERS = [
    "payments.providers.iyzico.Iyzico",
    "payments.providers.paytr.PayTR",
    "payments.providers.param.Param",
    "payments.providers.transfer.Transfer",
    "payments.providers.wallet.Wallet",
]
PAYMENTS_ACCEPT_TEST = False  # money of a provider's test mode is no money
RATE_NOTICE_DAYS = env.int("RATE_NOTICE_DAYS", 15)  # a rate that takes more is announced so long ahead
PAYOUT_PROVIDER = env.str("PAYOUT_PROVIDER", "iyzico")  # without its keys payouts go in a file for our bank
PAYOUT_MINIMUM = env.int("PAYOUT_MINIMUM", 100)  # lira; less waits, unless it is all there is
TRANSFER_IBAN = env.str("TRANSFER_IBAN", "")  # our own account for bank transfers; empty: not offered
TRANSFER_RECEIVER = env.str("TRANSFER_RECEIVER", "")
WALLET_TOP_UP = env.bool("WALLET_TOP_UP", False)  # needs a licence, or a licensed partner
CRASH_AT = ""  # tests of crashes name a point (payments/crash.py)
LOCAL_BANK = False  # whether `payments.bank` may run with these settings; never in production
IYZICO_URL = env.str("IYZICO_URL", "https://api.iyzipay.com")
IYZICO_PAGE_URL = env.str("IYZICO_PAGE_URL", "https://cpp.iyzipay.com")
IYZICO_API_KEY = env.str("IYZICO_API_KEY", "")
IYZICO_SECRET_KEY = env.str("IYZICO_SECRET_KEY", "")
PAYTR_URL = env.str("PAYTR_URL", "https://www.paytr.com")
PAYTR_MERCHANT_ID = env.str("PAYTR_MERCHANT_ID", "")
PAYTR_MERCHANT_KEY = env.str("PAYTR_MERCHANT_KEY", "")
PAYTR_MERCHANT_SALT = env.str("PAYTR_MERCHANT_SALT", "")
PAYTR_TEST_MODE = env.bool("PAYTR_TEST_MODE", False)
PAYTR_TRANSFERS = env.bool("PAYTR_TRANSFERS", False)  # their page for bank transfers, a contract of its own
PARAM_URL = env.str("PARAM_URL", "https://posws.param.com.tr")
PARAM_PAGE_URL = env.str("PARAM_PAGE_URL", "https://pos.param.com.tr")
PARAM_CLIENT_CODE = env.str("PARAM_CLIENT_CODE", "")
PARAM_USERNAME = env.str("PARAM_USERNAME", "")
PARAM_PASSWORD = env.str("PARAM_PASSWORD", "")
PARAM_GUID = env.str("PARAM_GUID", "")

# --- Online consultations (docs/decisions/0102) ---------------------------------------------
# STUN and TURN servers as browsers take them: [{"urls": "turn:…", "username": …, "credential": …}].
# Empty: two browsers find each other only where their networks let them directly.
ICE_SERVERS = env.json("ICE_SERVERS", [])

# --- Browser's limits: everything from us, scripts and styles only with this answer's nonce --
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
# The written exception: Wagtail's and Oscar's own pages (see core.middleware).
BACK_OFFICE_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}
# What no page may use; the rooms of consultations alone ask for camera and microphone (docs/decisions/0102).
PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), display-capture=()"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
CSRF_FAILURE_VIEW = "core.views.csrf_failure"

# --- Logs ---------------------------------------------------------------------------------
LOG_LEVEL = env.str("LOG_LEVEL", "INFO")
LOGGING = logs.config(as_json=env.bool("LOG_JSON", False), level=LOG_LEVEL)

# --- Limits for input ---------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024 * 2
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
