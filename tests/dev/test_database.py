"""Skipping is safe: only what this very database has seen is skipped."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from dev import database


@pytest.fixture
def calls(url, monkeypatch) -> list[str]:
    """Stands in for `manage.py`: what Django's commands leave in the database."""
    seen: list[str] = []

    def manage(arguments: list[str], environment: dict[str, str], logs: Path) -> None:
        seen.append(arguments[0])
        (logs / f"{arguments[0]}.out").write_text(f"said {len(seen)}")
        execute(url, "CREATE TABLE IF NOT EXISTS django_migrations (id serial, name text)")
        execute(url, "CREATE TABLE IF NOT EXISTS accounts_user (id serial, email text)")
        table = "django_migrations (name)" if arguments[0] == "migrate" else "accounts_user (email)"
        execute(url, f"INSERT INTO {table} VALUES ('x')")

    monkeypatch.setattr(database, "manage", manage)
    monkeypatch.setattr(database.baseline, "load", lambda **where: False)
    return seen


def execute(url: str, statement: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(statement)


def migrate(url: str, logs: Path) -> bool:
    return database.migrate({"DATABASE_URL": url}, logs)


def load_demo(url: str, logs: Path) -> tuple[bool, str]:
    return database.load_demo({"DATABASE_URL": url}, logs)


def test_the_second_time_there_is_nothing_to_do(url, calls, tmp_path):
    assert migrate(url, tmp_path) is True
    assert migrate(url, tmp_path) is False
    assert load_demo(url, tmp_path) == (True, "said 2")
    assert load_demo(url, tmp_path) == (False, "said 2")
    assert migrate(url, tmp_path) is False
    assert calls == ["migrate", "load_demo"]


def test_a_changed_migration_is_applied(url, calls, tmp_path, monkeypatch):
    migrate(url, tmp_path)
    monkeypatch.setattr(database, "MIGRATIONS", ("README.md", "manage.py"))
    assert migrate(url, tmp_path) is True


def test_a_database_migrated_backwards_by_hand_is_migrated_again(url, calls, tmp_path):
    migrate(url, tmp_path)
    execute(url, "DELETE FROM django_migrations")
    assert migrate(url, tmp_path) is True


def test_changed_demo_content_is_loaded_again(url, calls, tmp_path, monkeypatch):
    migrate(url, tmp_path)
    load_demo(url, tmp_path)
    monkeypatch.setattr(database, "DEMO", ("manage.py",))
    assert load_demo(url, tmp_path)[0] is True


def test_a_flushed_database_gets_its_demo_again(url, calls, tmp_path):
    migrate(url, tmp_path)
    load_demo(url, tmp_path)
    execute(url, "DELETE FROM accounts_user")
    assert load_demo(url, tmp_path)[0] is True


def test_a_foreign_comment_is_no_memory(url, calls, tmp_path):
    migrate(url, tmp_path)
    with psycopg.connect(url) as connection:
        name = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("COMMENT ON DATABASE {} IS 'not ours'").format(name))
    assert migrate(url, tmp_path) is True


def test_a_command_that_fails_shows_its_last_words(tmp_path):
    with pytest.raises(database.DatabaseError, match="no_such_command failed"):
        database.manage(["no_such_command"], os.environ | {"PYTHONPATH": "site:."}, tmp_path)
    assert "Unknown command" in (tmp_path / "no_such_command.log").read_text()
