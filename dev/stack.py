"""`make run`, second half, inside .venv: servers, database, site, worker, scheduler, mailbox.

`python -m dev.stack` starts everything and stays; Ctrl-C ends everything it started and nothing
else. `python -m dev.stack stop` ends a run from another terminal, with the embedded servers.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import shutil
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field

from dev import database, servers
from dev.processes import LOOPBACK, command_line, free_port, kill_group, port_is_free, wait_until
from dev.supervise import PATIENCE, Program, ProgramDied, Supervisor
from dev.terminal import say, seconds, step

ROOT, VAR = servers.ROOT, servers.VAR
LOGS = VAR / "log"
RECORD = VAR / "run" / "run.json"
LOCK = VAR / "run" / "lock"
ROOM = 300_000_000  # bytes; a database of demo content with its log
READY_PATIENCE = 120.0


class RunError(RuntimeError):
    """The run cannot start; the message says why, in Turkish and English."""


class Stopped(BaseException):
    """Ctrl-C or a request to stop. Not an Exception: nobody handles it on the way."""


@dataclass
class Record:
    """What this run has started, on disk: after a `kill -9` the next run tidies up with it."""

    supervisor: int = 0
    programs: dict[str, tuple[int, str]] = field(default_factory=dict)
    servers: list[str] = field(default_factory=list)

    def save(self) -> None:
        new = RECORD.with_suffix(".new")
        new.write_text(json.dumps(vars(self)))
        new.replace(RECORD)

    def save_programs(self, programs: dict[str, tuple[int, str]]) -> None:
        self.programs = programs
        self.save()


def read_record() -> Record:
    try:
        return Record(**json.loads(RECORD.read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return Record()


# --- Starting -------------------------------------------------------------------------------


def run() -> None:
    began = float(os.environ.pop("RUN_BEGAN", time.time()))
    port = wanted_port()
    with only_run() as record:
        try:
            with step(1, "Ortam hazır", began):
                killed = end_leftovers(record)
                require_room()
                require_free(port, patience=3 if killed else 0)
            supervise(record, port, began)
        finally:
            stop_servers(record)
            RECORD.unlink(missing_ok=True)


def supervise(record: Record, port: int, began: float) -> None:
    supervisor = Supervisor(record.save_programs)
    try:
        with step(2, "PostgreSQL ve Valkey çalışıyor"):
            environment = start_servers(record, port)
        accounts = prepare_database(environment)
        with step(5, "Site yanıt veriyor"):
            start_site(supervisor, environment, port)
        start_background(supervisor, environment)
        say(summary(port, environment["BANK_URL"], accounts, time.time() - began))
        supervisor.watch(until=lambda: False)
    finally:
        ignore_signals()
        supervisor.stop()


def start_servers(record: Record, port: int) -> dict[str, str]:
    """The environment of all programs. A server given by address is used, not started."""
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(["site", "."]),
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "dijivet.settings.dev",
        "VAR_DIR": str(VAR),
        "BASE_URL": os.environ.get("BASE_URL", f"http://{LOOPBACK}:{port}"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # compiling Django and Wagtail anew takes 5 s
    if "DATABASE_URL" not in environment:
        remember_server(record, "postgres", servers.postgres())
        environment["DATABASE_URL"] = servers.start_postgres()
    if "BROKER_URL" not in environment:
        remember_server(record, "valkey", servers.valkey())
        environment["BROKER_URL"] = servers.start_valkey()
    return environment


def remember_server(record: Record, name: str, server: servers.Postgres | servers.Valkey) -> None:
    """Ours to stop, unless it runs already. Noted before it starts: Ctrl-C may come in between."""
    if name not in record.servers and not server.is_running():
        record.servers.append(name)
        record.save()


def prepare_database(environment: dict[str, str]) -> str:
    database.require_connection(environment["DATABASE_URL"])
    with step(3, "Veritabanı güncel"):
        database.migrate(environment, LOGS)
    with step(4, "Demo içerik yüklü"):
        _, said = database.load_demo(environment, LOGS)
    return said


def start_site(supervisor: Supervisor, environment: dict[str, str], port: int) -> None:
    """Django's development server: it follows changes of code, templates and translations.

    RUN_MAIN makes this process the reloader's child, so Django is loaded once instead of twice;
    when code changes it ends with CODE_CHANGED and the supervisor starts it again.
    """
    if "EMAIL_URL" not in environment:
        mail = free_port()
        environment["EMAIL_URL"] = f"smtp://{LOOPBACK}:{mail}"
        command = [sys.executable, "-m", "dev.mailbox", str(mail), str(VAR / "mail")]
        supervisor.start(Program("posta", command, environment, holds_code=False))
    if "IYS_URL" not in environment:
        register = free_port()
        environment |= {"IYS_URL": f"http://{LOOPBACK}:{register}/", "IYS_TOKEN": "development"}
        command = [sys.executable, "-m", "dev.iys", str(register), str(VAR / "iys.json")]
        supervisor.start(Program("iys", command, environment, holds_code=False))
    start_bank(supervisor, environment)
    command = [sys.executable, "manage.py", "runserver", "--skip-checks", f"{LOOPBACK}:{port}"]
    own = {"RUN_MAIN": "true", "DJANGO_RUNSERVER_HIDE_WARNING": "true"}
    supervisor.start(Program("site", command, environment | own))
    deadline = time.monotonic() + READY_PATIENCE
    supervisor.watch(until=lambda: is_ready(port) or time.monotonic() > deadline)
    if time.monotonic() > deadline:
        raise RunError(f"Site {READY_PATIENCE:.0f} sn içinde hazır olmadı. / The site did not become ready.")


def start_bank(supervisor: Supervisor, environment: dict[str, str]) -> None:
    """The three banks across the street; a real sandbox is named by the addresses of docs/settings.md."""
    if "BANK_URL" in environment:
        return
    bank = free_port()
    environment["BANK_URL"] = f"http://{LOOPBACK}:{bank}"
    listeners = environment["BASE_URL"] + "/odeme/bildirim/{provider}/"
    command = [sys.executable, "-m", "payments.bank", str(bank), str(VAR / "bank.sqlite")]
    supervisor.start(Program("banka", [*command, "--callbacks", listeners], environment, holds_code=False))


def is_ready(port: int) -> bool:
    address = f"http://{LOOPBACK}:{port}/saglik/hazir/"
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(address, timeout=30) as answer:
            return bool(answer.status == 200)
    except (OSError, ValueError):  # refused, or 503 while something is missing
        return False


def start_background(supervisor: Supervisor, environment: dict[str, str]) -> None:
    """Worker and scheduler come after the site: nobody waits for them."""
    celery = [sys.executable, "-m", "celery", "--quiet", "-A", "dijivet"]
    calm = ["--loglevel", "WARNING"]  # the sweeper runs every few seconds
    worker = ["worker", *calm, "--concurrency", "2", "--without-gossip", "--without-mingle"]
    beat = ["beat", *calm, "--schedule", str(VAR / "run" / "schedule"), "--pidfile="]
    supervisor.start(Program("işçi", [*celery, *worker], environment))
    supervisor.start(Program("zamanlayıcı", [*celery, *beat], environment))


def summary(port: int, bank: str, accounts: str, duration: float) -> str:
    home = f"http://{LOOPBACK}:{port}"
    return "\n".join(
        [
            "",
            f"Diji.vet hazır ({seconds(duration)}). Durdurmak için Ctrl-C.",
            f"  Site          {home}/  ·  {home}/en/",
            f"  Yönetim       {home}/yonetim/",
            f"  Posta kutusu  {home}/posta/",
            f"  Banka         {bank}/",
            f"  İçerik API    {home}/api/content/v2/pages/",
            *(f"  {line}" for line in accounts.splitlines()[-9:] if line.strip()),
            "",
        ]
    )


# --- What can be in the way -----------------------------------------------------------------


def wanted_port() -> int:
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 1 <= int(given) <= 65535:
        raise RunError(
            f"PORT 1 ile 65535 arası bir sayı olmalı: {given} / PORT must be a number up to 65535."
        )
    return int(given)


def require_free(port: int, patience: float = 0) -> None:
    """Patience is for programs of a killed run: their sockets close a moment after they are gone."""
    if not wait_until(lambda: port_is_free(port), patience):
        raise RunError(
            f"{port} portu dolu: make run PORT={port + 1} / Port {port} is taken: make run PORT={port + 1}"
        )


def require_room() -> None:
    free = shutil.disk_usage(VAR).free
    if free < ROOM:
        raise RunError(
            f"Diskte {free // 10**6} MB kaldı; {VAR} için {ROOM // 10**6} MB gerekir. / "
            f"{free // 10**6} MB left on the disk; {VAR} needs {ROOM // 10**6} MB."
        )


@contextlib.contextmanager
def only_run() -> Iterator[Record]:
    """One run for each var/. The lock dies with its holder, so a killed run blocks nobody."""
    for folder in (LOCK.parent, LOGS):
        folder.mkdir(parents=True, exist_ok=True)
    with LOCK.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            number = read_record().supervisor
            raise RunError(
                f"make run bu klasörde zaten çalışıyor (işlem {number}): make stop / "
                f"make run is already running in this folder (process {number}): make stop"
            ) from None
        record = read_record()
        record.supervisor = os.getpid()
        record.save()
        yield record


# --- Stopping -------------------------------------------------------------------------------


def end_leftovers(record: Record) -> bool:
    """End programs of a killed run, if the number still belongs to the command we started.

    True if the run before was killed at all.
    """
    killed = bool(record.programs)
    for process, command in record.programs.values():
        if command_line(process) == command:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGTERM)
            wait_until(lambda number=process: not command_line(number), PATIENCE)  # type: ignore[misc]
            kill_group(process)
    record.save_programs({})
    return killed


def stop_servers(record: Record) -> None:
    ignore_signals()
    if "valkey" in record.servers:
        servers.valkey().stop()
    if "postgres" in record.servers:
        servers.postgres().stop()


def stop() -> None:
    """End the run of this folder, if there is one, and the embedded servers."""
    number = read_record().supervisor
    if "dev.stack" in command_line(number):
        os.kill(number, signal.SIGTERM)
        wait_until(lambda: not command_line(number), PATIENCE * 3)
    with only_run() as record:
        end_leftovers(record)
        RECORD.unlink(missing_ok=True)
    servers.stop()


def sentence(error: Exception) -> str:
    """Our own errors speak already; the two of the system that people meet get words here."""
    if isinstance(error, PermissionError):
        return (
            f"Yazma izni yok, sahibi başka: {error.filename} / "
            f"No permission to write, somebody else owns it: {error.filename}"
        )
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "Diskte yer kalmadı. / No space left on the disk."
    return str(error)


def raise_stopped(number: int, frame: object) -> None:
    raise Stopped


SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def ignore_signals() -> None:
    """Stopping has begun and takes seconds at most; a second Ctrl-C must not cut it short."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def main() -> int:
    for number in SIGNALS:
        signal.signal(number, raise_stopped)
    try:
        stop() if sys.argv[1:] == ["stop"] else run()
    except Stopped:
        say("\nDurdu. / Stopped.")
        return 0
    except (RunError, ProgramDied, database.DatabaseError, servers.ServerError, OSError) as error:
        print(sentence(error), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
