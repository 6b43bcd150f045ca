"""Each check of the campaign prints one line and adds it to trust-report.json."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import database
from tests.stack import Stack

REPORT = Path(__file__).resolve().parents[2] / "trust-report.json"
LINES: list[dict] = []


@pytest.fixture
def seed() -> int:
    return int(os.environ.get("SEED", "1"))


@pytest.fixture
def verdict(request: pytest.FixtureRequest, seed: int) -> Callable[[object, str, bool], None]:
    """`verdict(figure, threshold, passed)`: the line of this check. Fails the test when not passed."""
    check = request.node.get_closest_marker("trust").args[0]

    def say(figure: object, threshold: str, passed: bool) -> None:
        word = "PASS" if passed else "FAIL"
        LINES.append(
            {"id": check, "figure": str(figure), "threshold": threshold, "verdict": word, "seed": seed}
        )
        assert passed, f"{check} {figure} {threshold}"

    return say


@pytest.fixture
def stack(tmp_path: Path, django_db_setup: None, django_db_blocker) -> Iterator[Stack]:
    """The whole system on a database of its own; Django in this process looks at the same one."""
    with django_db_blocker.unblock():
        system = Stack(tmp_path, database.migrated_template())
        try:
            with database.use(system.database):
                yield system.start()
        finally:
            system.stop()


def pytest_sessionfinish() -> None:
    if LINES:
        known = json.loads(REPORT.read_text()) if REPORT.exists() else []
        REPORT.write_text(json.dumps(known + LINES, ensure_ascii=False, indent=1) + "\n")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in sorted(LINES, key=lambda line: line["id"]):
        terminalreporter.write_line("{id} {figure} {threshold} {verdict} seed={seed}".format(**line))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """`--check T12` keeps one check."""
    wanted = config.getoption("check")
    if wanted:
        items[:] = [item for item in items if _id(item) == wanted]


def _id(item: pytest.Item) -> str | None:
    marker = item.get_closest_marker("trust")
    return marker.args[0] if marker else None
