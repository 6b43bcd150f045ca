"""Development: everything on loopback, helpful pages on errors."""

from .base import *  # noqa: F403
from .local_bank import *  # noqa: F403

# Off, so that errors wear our face as in production and the trace goes to the terminal.
# `make run DEBUG=1` shows Django's own pages and reads changed templates at once.
DEBUG = env.bool("DEBUG", False)  # noqa: F405
DEVELOPMENT = True
SECRET_KEY = "for development only: production takes its key from the environment"
INTERNAL_IPS = ["127.0.0.1"]
OSCAR_URL_SCHEMA = "http"

# Static files straight from their folders: no collectstatic while developing.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True

# The demo's staff sign in with a password alone; REQUIRE_SECOND_FACTOR=1 shows how production does it.
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", False)  # noqa: F405
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost

# Money here is play money: top-ups are open, an account to transfer to is made up, tests may crash us.
PAYMENTS_ACCEPT_TEST = True
WALLET_TOP_UP = env.bool("WALLET_TOP_UP", True)  # noqa: F405
TRANSFER_IBAN = env.str("TRANSFER_IBAN", "TR330006100519786457841326")  # noqa: F405
TRANSFER_RECEIVER = env.str("TRANSFER_RECEIVER", "Diji.vet (örnek)")  # noqa: F405
CRASH_AT = env.str("CRASH_AT", "")  # noqa: F405
