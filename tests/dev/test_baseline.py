"""What all migrations made, in a second; left aside as soon as one of them is another."""

from pathlib import Path

import psycopg
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from dev import baseline
from tests import database as test_databases


def said(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchone()[0]


def test_it_is_in_use():
    """Red when an old migration was changed: `python -m dev.baseline` writes the file anew."""
    assert baseline.has_run(baseline.recorded())


def test_an_empty_database_is_filled_and_only_new_migrations_are_left(url):
    assert baseline.load(conninfo=url) is True
    assert said(url, "SELECT count(*) FROM wagtailcore_page") == 2
    with test_databases.use(psycopg.conninfo.conninfo_to_dict(url)["dbname"]):
        executor = MigrationExecutor(connections["default"])
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        left = {(move.app_label, move.name) for move, _backwards in plan}
    ran = {(path.parts[-3], path.stem) for path in map(Path, baseline.recorded())}
    assert not left & ran


def test_a_database_that_holds_something_is_left_alone(url):
    assert baseline.load(conninfo=url) is True
    assert baseline.load(conninfo=url) is False


def test_a_changed_migration_puts_it_aside(url, monkeypatch):
    changed = {**baseline.migrations(), next(iter(baseline.recorded())): "changed"}
    monkeypatch.setattr(baseline, "migrations", lambda: changed)
    assert baseline.load(conninfo=url) is False
    assert said(url, "SELECT to_regclass('django_migrations')") is None
