"""Databases for tests: migrated once into a template, cloned for each run and worker (0.1 s).

The template's name carries a hash of all migrations and of the locked packages, so a change of
either makes a new one and the old ones are dropped. Where migrations were only added, the new template grows
from the old one, else from the baseline of development.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from psycopg import sql

from commerce import listings
from core import journal
from dev import baseline

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "dijivet_tpl_"
CLONE = "dijivet_run_"
LOCK = 7_301_102
STRONG = ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def fingerprint(*patterns: str) -> str:
    digest = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for pattern in (*baseline.MIGRATIONS, *patterns):
        for path in sorted(ROOT.glob(pattern)):
            if path.relative_to(ROOT).parts[0] not in (".venv", "var"):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def administrator() -> Iterator[psycopg.Connection]:
    """A connection beside the test database, for CREATE and DROP DATABASE."""
    settings = connections["default"].get_connection_params()
    names = {"host", "port", "user", "password"}
    with psycopg.connect(
        dbname="postgres", autocommit=True, **{key: settings[key] for key in names & set(settings)}
    ) as connection:
        yield connection


def migrated_template() -> str:
    return _template(PREFIX + fingerprint(), _migrate, base=_older() or "template1")


def _older() -> str | None:
    """A template whose migrations are all still there unchanged, so that only the new ones have to run."""
    with administrator() as admin:
        rows = admin.execute(
            "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database WHERE datname ~ %s",
            [f"^{PREFIX}[0-9a-f]{{12}}$"],
        ).fetchall()
    return next((name for name, ran in rows if baseline.has_run(json.loads(ran or "{}"))), None)


def demo_template() -> str:
    """As the migrated one, plus the demo content: for browser tests and benchmarks."""
    name = f"{PREFIX}demo_" + fingerprint(
        "*/demo/**/*.*",
        "tests/database.py",
        "core/pictures.py",
        "faq/models/*.py",
        "blog/*.py",
        "legal/*.py",
        "booking/**/demo.py",
        "teams/demo.py",
        "upkeep/demo.py",
        "payments/demo.py",
        "booking/transfers/demo.py",
        "booking/transfers/drawing.py",
    )
    return _template(name, _load, base=migrated_template())


def _template(name: str, fill, base: str) -> str:
    with administrator() as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not _exists(admin, name):
            building = f"{name}_building"
            _drop(admin, building)
            _run(admin, "CREATE DATABASE {} TEMPLATE {}", building, base)
            _drop_old(admin, name)
            with use(building):
                fill()
            ran = sql.Literal(json.dumps(baseline.migrations()))
            admin.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(building), ran))
            _run(admin, "ALTER DATABASE {} RENAME TO {}", building, name)
    return name


def _migrate() -> None:
    settings = connections["default"].get_connection_params()
    names = {"host", "port", "user", "password", "dbname"}
    baseline.load(**{key: settings[key] for key in names & set(settings)})
    call_command("migrate", verbosity=0, interactive=False)


def _load() -> None:
    with override_settings(PASSWORD_HASHERS=STRONG):  # the stack signs people in by its own settings
        call_command("load_demo", force=True, verbosity=0)
    while journal.sweep():  # as the worker would by now
        pass
    listings.refresh_all()


@contextmanager
def use(name: str) -> Iterator[None]:
    """Point Django's connection at another database for a while."""
    connection = connections["default"]
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def clone(template: str, label: str) -> str:
    name = f"{CLONE}{os.getpid()}_{label}"
    with administrator() as admin:
        _drop(admin, name)
        _run(admin, "CREATE DATABASE {} TEMPLATE {}", name, template)
    return name


@contextmanager
def demo_clone(label: str) -> Iterator[None]:
    """The demo content for a while, to write in as one likes."""
    name = clone(demo_template(), label)
    with use(name):
        yield
    drop(name)


def drop(name: str) -> None:
    with administrator() as admin:
        _drop(admin, name)


def drop_leftovers() -> None:
    """Databases of runs whose process is gone."""
    with administrator() as admin:
        for (name,) in admin.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [CLONE + "%"]):
            if not Path(f"/proc/{name.removeprefix(CLONE).split('_')[0]}").exists():
                _drop(admin, name)


def _exists(admin: psycopg.Connection, name: str) -> bool:
    return admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _drop_old(admin: psycopg.Connection, name: str) -> None:
    family = name.rsplit("_", 1)[0]
    rows = admin.execute("SELECT datname FROM pg_database WHERE datname ~ %s", [f"^{family}_[0-9a-f]{{12}}$"])
    for (old,) in rows.fetchall():
        _drop(admin, old)


def _drop(admin: psycopg.Connection, name: str) -> None:
    """An autovacuum worker belongs to the superuser and may not be ended by us; it leaves by itself."""
    for pause in (0.1, 0.5, 2, 10):
        try:
            return _run(admin, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        except psycopg.errors.InsufficientPrivilege:
            time.sleep(pause)
    _run(admin, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _run(admin: psycopg.Connection, statement: str, *names: str) -> None:
    admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
