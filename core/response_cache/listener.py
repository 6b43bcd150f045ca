"""A thread that hears of purges from PostgreSQL and tells the front of its process."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any, Protocol

import psycopg
from django.db import connection
from psycopg import sql

from .tags import CHANNEL

log = logging.getLogger(__name__)
PAUSE = 1.0


class Cache(Protocol):
    def drop(self, tags: list[str]) -> None: ...
    def drop_all(self) -> None: ...


class Listener:
    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        self.is_live = False
        self.link: psycopg.Connection | None = None
        self.stopped = False

    def start(self) -> None:
        self.is_live = False
        self.cache.drop_all()
        threading.Thread(target=self._run, name="response cache", daemon=True).start()

    def stop(self) -> None:
        self.stopped = True
        if self.link:
            self.link.close()

    def _run(self) -> None:
        while not self.stopped:
            try:
                self._listen()
            except psycopg.Error:
                if not self.stopped:
                    log.warning("no news of purges; asking the database for each answer", exc_info=True)
            finally:
                self.is_live = False
                self.cache.drop_all()
            time.sleep(PAUSE)

    def _listen(self) -> None:
        with psycopg.connect(**self._address(), autocommit=True) as self.link:
            link = self.link
            link.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
            self.is_live = True
            for notification in link.notifies():
                self.cache.drop(notification.payload.split())

    def _address(self) -> dict[str, Any]:
        names = {"host", "port", "user", "password", "dbname", "sslmode"}
        parameters = connection.get_connection_params()
        return {name: parameters[name] for name in names & set(parameters)} | {"keepalives_idle": 10}
