"""Databases beside the one the tests stand in."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from tests import database as test_databases


@pytest.fixture
def url(django_db_setup) -> Iterator[str]:
    """An empty database of its own."""
    name = f"{test_databases.CLONE}{os.getpid()}_{uuid.uuid4().hex[:8]}"
    with test_databases.administrator() as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield psycopg.conninfo.make_conninfo(
            admin.info.dsn, dbname=name, password=admin.info.password or None
        )
    test_databases.drop(name)
