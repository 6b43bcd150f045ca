"""Bring a development database up to date, and skip what is known to be done.

What was done is remembered as a comment on the database itself. A new, restored or other database
has no such comment, so nothing is ever skipped that this very database has not seen.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg import sql

from dev import baseline
from dev.baseline import MIGRATIONS

ROOT = Path(__file__).resolve().parents[1]
DEMO = ("*/demo/**/*", "*/management/commands/load_demo.py")


class DatabaseError(RuntimeError):
    """The database cannot be used; the message says why, in Turkish and English."""


def migrate(environment: Mapping[str, str], logs: Path) -> bool:
    """Apply what is missing. True if there was something to do."""
    url = environment["DATABASE_URL"]
    files = _fingerprint(*MIGRATIONS)
    if _remembered(url, "migrations") == _migrated_state(url, files):
        return False
    baseline.load(conninfo=url)
    manage(["migrate", "--verbosity", "1"], environment, logs)
    _remember(url, "migrations", _migrated_state(url, files))
    return True


def load_demo(environment: Mapping[str, str], logs: Path) -> tuple[bool, str]:
    """Load the demo content unless this database has it. Also what the command said the last time."""
    url, said = environment["DATABASE_URL"], logs / "load_demo.out"
    state = _fingerprint(*MIGRATIONS, *DEMO)
    if _remembered(url, "demo") == state and _has_people(url) and said.exists():
        return False, said.read_text()
    manage(["load_demo"], environment, logs)
    _remember(url, "demo", state)
    return True, said.read_text()


def manage(arguments: list[str], environment: Mapping[str, str], logs: Path) -> None:
    """Run one of Django's commands; what it says is kept, its errors are shown when it fails."""
    name = arguments[0]
    command = [sys.executable, "manage.py", *arguments]
    with (logs / f"{name}.out").open("w") as output, (logs / f"{name}.log").open("w") as errors:
        done = subprocess.run(command, cwd=ROOT, env=dict(environment), stdout=output, stderr=errors)
    if done.returncode:
        last = "\n".join((logs / f"{name}.log").read_text(errors="replace").splitlines()[-15:])
        raise DatabaseError(f"{name} başarısız. / {name} failed: {logs}/{name}.log\n{last}")


def require_connection(url: str) -> None:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as error:
        raise DatabaseError(
            f"DATABASE_URL ile bağlanamadık. / Could not connect with DATABASE_URL: {error}"
        ) from error


def _fingerprint(*patterns: str) -> str:
    """Our files by content, everybody else's by the lock file."""
    digest = hashlib.sha256((ROOT / "requirements-dev.lock").read_bytes())
    for path in sorted({path for pattern in patterns for path in ROOT.glob(pattern)}):
        if path.is_file() and path.suffix != ".pyc" and ".venv" not in path.parts:
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def _migrated_state(url: str, files: str) -> str:
    """Also what the database itself says: somebody may have migrated it backwards by hand."""
    with psycopg.connect(url) as connection:
        if connection.execute("SELECT to_regclass('django_migrations')").fetchone() == (None,):
            return f"{files} empty"
        rows = connection.execute("SELECT count(*), max(id) FROM django_migrations").fetchone()
    return f"{files} {rows}"


def _has_people(url: str) -> bool:
    """A flushed database keeps its comment but not its demo accounts."""
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT EXISTS (SELECT FROM accounts_user)").fetchone() == (True,)


def _remembered(url: str, key: str) -> str | None:
    return _memory(url).get(key)


def _memory(url: str) -> dict[str, str]:
    query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()
    try:
        return dict(json.loads(row[0])) if row and row[0] else {}
    except ValueError:  # somebody's own comment
        return {}


def _remember(url: str, key: str, value: str) -> None:
    text = json.dumps(_memory(url) | {key: value})
    with psycopg.connect(url) as connection:
        name = sql.Identifier(connection.info.dbname)
        statement = sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(text))
        try:
            connection.execute(statement)
        except psycopg.errors.InsufficientPrivilege:  # not the owner: nothing is skipped next time
            connection.rollback()
