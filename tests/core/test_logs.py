import io
import json
import logging
import logging.config

import pytest

from core import logs


@pytest.fixture
def written():
    """A logger of its own with our formatter; returns what it wrote as one JSON object."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    formatter = logs.config(as_json=True, level="INFO")["formatters"]["line"]
    handler.setFormatter(formatter.pop("()")(**formatter))
    logger = logging.getLogger("tests.logs")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield logger, lambda: json.loads(stream.getvalue())
    logger.removeHandler(handler)


@pytest.mark.parametrize(
    "canary",
    [
        "ayse.yildiz@ornek.test",
        "5528 7900 0000 0008",
        "5528790000000008",
        "TR33 0006 1005 1978 6457 8413 26",
        "10000000146",
        "0532 118 04 62",
        "+905321180462",
    ],
)
def test_no_personal_data_in_message_or_fields(written, canary):
    logger, line = written
    logger.info("seen %s here", canary, extra={"note": [canary], "more": {"deep": canary}})
    assert canary not in json.dumps(line(), ensure_ascii=False)


@pytest.mark.parametrize("name", ["password", "reset_code", "api_key", "csrftoken", "Cookie", "sessionid"])
def test_secret_by_its_name(written, name):
    logger, line = written
    logger.info("form", extra={"fields": {name: "gizli"}})
    assert line()["fields"][name] == "[secret]"


def test_trace_is_masked_too(written):
    logger, line = written
    try:
        raise ValueError("no account for ayse@ornek.test")
    except ValueError:
        logger.exception("failed")
    assert "ayse@" not in line()["exception"]
    assert "ValueError" in line()["exception"]


def test_what_helps_stays(written):
    logger, line = written
    logger.warning("slow", extra={"path": "/yardim/", "ms": 812, "status": 200})
    assert (line()["event"], line()["path"], line()["ms"], line()["level"]) == (
        "slow",
        "/yardim/",
        812,
        "warning",
    )
