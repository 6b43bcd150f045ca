"""Loaded before Django: gives the tests a PostgreSQL and a Valkey when the environment names none.

Each xdist worker gets a cache of its own, so clearing one never empties another's.
"""

import os
import re

from dev import servers

if "DATABASE_URL" not in os.environ or "BROKER_URL" not in os.environ:
    servers.start()
    os.environ.setdefault("DATABASE_URL", servers.postgres().url("postgres"))
    os.environ.setdefault("BROKER_URL", servers.valkey().url(0))

_worker = re.sub(r"\D", "", os.environ.get("PYTEST_XDIST_WORKER", "")) or "14"
os.environ["CACHE_URL"] = re.sub(r"/\d+$", f"/{int(_worker) % 14 + 1}", os.environ["BROKER_URL"])
