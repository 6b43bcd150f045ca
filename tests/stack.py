"""The real thing for tests that need it: web server, workers, Valkey and a mail server, on loopback.

Everything belongs to one `Stack`, lives in one temporary folder and is stopped by its own process id.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.request import urlopen

from aiosmtpd.controller import Controller
from django.db import connection
from redis import Redis

from dev import processes, servers
from tests import database

ROOT = Path(__file__).resolve().parents[1]


def wait_for(condition: Callable[[], object], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds} s for {what}")
        time.sleep(0.05)


class Postbox:
    """A mail server that keeps what it gets."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.port = processes.free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server, session, envelope) -> str:
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 kept"

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()


class Stack:
    def __init__(self, folder: Path, template: str) -> None:
        self.folder, self.template = folder, template
        self.database = database.clone(template, "stack")
        self.valkey = servers.valkey(folder / "valkey")
        self.postbox = Postbox()
        self.processes: list[subprocess.Popen] = []
        self.port = processes.free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.spare_port = processes.free_port()  # for a second web server

    def start(self) -> Stack:
        self.valkey.start()
        self.postbox.start()
        return self

    def renew(self) -> None:
        """Forget all that happened. The servers go on: each request looks whether its connection lives."""
        connection.close()
        database.clone(self.template, "stack")
        Redis.from_url(self.valkey.url(1)).flushdb()  # the cache; the broker's database knows the queues

    def stop(self) -> None:
        for process in self.processes:
            kill(process, signal.SIGTERM)
        self.valkey.stop()
        self.postbox.stop()
        database.drop(self.database)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "PYTHONPATH": "site:.",
            "DJANGO_SETTINGS_MODULE": "dijivet.settings.dev",
            "DATABASE_URL": re.sub(
                r"/\w+(\?|$)", rf"/{self.database}\1", os.environ["DATABASE_URL"], count=1
            ),
            "BROKER_URL": self.valkey.url(0),
            "CACHE_URL": self.valkey.url(1),
            "EMAIL_URL": f"smtp://127.0.0.1:{self.postbox.port}",
            "BASE_URL": self.url,
            "LOG_LEVEL": "WARNING",
        }

    def run(self, *command: str, **more: str) -> subprocess.Popen:
        """Start a program of the environment's bin folder; its output goes to a log in our folder."""
        program = [sys.executable, "-m", *command]
        with (self.folder / f"{command[0]}-{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                program,
                cwd=ROOT,
                env={**self.environment, **more},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def end(self, process: subprocess.Popen) -> None:
        kill(process, signal.SIGTERM)
        self.processes.remove(process)

    def web(self, workers: int = 2, port: int = 0, **more: str) -> subprocess.Popen:
        port = port or self.port
        process = self.run(
            "gunicorn",
            "dijivet.wsgi",
            "--bind",
            f"127.0.0.1:{port}",
            "--workers",
            str(workers),
            "--threads",
            "4",
            "--log-level",
            "warning",
            **more,
        )
        wait_for(lambda: self.answers("/saglik/hazir/", port), 60, "the web server")
        return process

    def worker(self, app: str = "dijivet", concurrency: int = 2) -> subprocess.Popen:
        return self.run(
            "celery",
            "-A",
            app,
            "worker",
            "--concurrency",
            str(concurrency),
            "--loglevel",
            "WARNING",
            "--without-gossip",
            "--without-mingle",
            "--hostname",
            f"w{len(self.processes)}@stack",
        )

    def answers(self, path: str, port: int = 0) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{port or self.port}{path}", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False


def kill(process: subprocess.Popen, sign: int = signal.SIGKILL) -> None:
    """End a process with its children, which share its process group."""
    if process.poll() is None:
        os.killpg(process.pid, sign)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
