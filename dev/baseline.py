"""What all migrations made, as one file: an empty database for development and tests is filled in a second.

    python -m dev.baseline      # writes the file anew (minutes: it runs every migration)

The file knows the migrations it was made by. As long as each of them is still there unchanged it is used, and
only newer ones have to run; otherwise it is left aside. Production migrates step by step.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import psycopg

from dev.postgres import Postgres, program

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "dev" / "baseline.sql.gz"
MIGRATIONS = ("*/migrations/*.py", "*/*/migrations/*.py", "*/*/*/migrations/*.py")
# Lines that only the program psql understands, or only the newest PostgreSQL.
LEFT_OUT = ("\\", "SET transaction_timeout", "--")


def migrations() -> dict[str, str]:
    """Every migration of ours by its content."""
    paths = [path.relative_to(ROOT) for pattern in MIGRATIONS for path in sorted(ROOT.glob(pattern))]
    ours = [path for path in paths if path.parts[0] not in (".venv", "var")]
    return {str(path): hashlib.sha256((ROOT / path).read_bytes()).hexdigest()[:8] for path in ours}


def has_run(ran: dict[str, str]) -> bool:
    """All of these are still there unchanged, so a database they made needs only the newer ones."""
    return bool(ran) and ran.items() <= migrations().items()


def recorded() -> dict[str, str]:
    """The migrations that made the file."""
    return _read()[0]


def load(**where: Any) -> bool:
    """Fill this database, if it is empty and the file still holds. `where` is as for psycopg.connect."""
    ran, body = _read()
    if not has_run(ran):
        return False
    with psycopg.connect(**where) as connection:
        if connection.execute("SELECT to_regclass('public.django_migrations')").fetchone() != (None,):
            return False
        connection.execute(body.encode())
    return True


def _read() -> tuple[dict[str, str], str]:
    head, _line, body = gzip.decompress(FILE.read_bytes()).decode().partition("\n")
    return json.loads(head.removeprefix("-- ")), body


def write(url: str, pg_dump: Path) -> None:
    """Keep what stands in this freshly migrated database."""
    options = ["--inserts", "--no-owner", "--no-privileges", "--no-comments"]
    done = subprocess.run([pg_dump, *options, url], check=True, capture_output=True, text=True)
    lines = [line for line in done.stdout.splitlines() if line and not line.startswith(LEFT_OUT)]
    text = "\n".join([f"-- {json.dumps(migrations())}", *lines])
    FILE.write_bytes(gzip.compress(text.encode(), mtime=0))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = Postgres(Path(folder) / "postgres")
        server.start()
        try:
            server.create_database("baseline")
            url = server.url("baseline")
            django = {"PYTHONPATH": "site:.", "DJANGO_SETTINGS_MODULE": "dijivet.settings.dev"}
            command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
            subprocess.run(command, cwd=ROOT, env=os.environ | django | {"DATABASE_URL": url}, check=True)
            write(url, program("pg_dump"))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
