"""What can be in the way of `make run`, each with its sentence. The whole walk is dev/check_run.sh."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from dev import servers, stack
from dev.processes import command_line, free_port, wait_until

ROOT = Path(__file__).resolve().parents[2]
FOREVER = [sys.executable, "-c", "import signal; signal.pause()"]


def start(var: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dev.stack", *arguments]
    environment = {**os.environ, "VAR_DIR": str(var), "PORT": str(free_port()), **environment}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


def test_an_occupied_port(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = start(tmp_path, PORT=str(port))
    assert done.returncode == 1
    sentence = f"{port} portu dolu: make run PORT={port + 1} / Port {port} is taken: make run PORT={port + 1}"
    assert done.stderr.strip() == sentence


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "²"])
def test_a_port_that_is_no_port(tmp_path, port):
    done = start(tmp_path, PORT=port)
    assert done.returncode == 1
    assert "PORT must be a number" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_does_not_answer(tmp_path):
    url = f"postgresql://nobody@127.0.0.1:{free_port()}/none"
    done = start(tmp_path, DATABASE_URL=url, BROKER_URL="redis://127.0.0.1:1/0")
    assert done.returncode == 1
    assert "Could not connect with DATABASE_URL" in done.stderr
    assert not (tmp_path / "postgres").exists()


def test_a_run_that_cannot_go_on_stops_the_servers_it_started(tmp_path):
    """Here the demo database is out of reach, after the embedded Valkey was started."""
    url = f"postgresql://nobody@127.0.0.1:{free_port()}/none"
    environment = {key: value for key, value in os.environ.items() if key != "BROKER_URL"}
    command = [sys.executable, "-m", "dev.stack"]
    environment |= {"VAR_DIR": str(tmp_path), "PORT": str(free_port()), "DATABASE_URL": url}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert (tmp_path / "valkey").exists()
    assert not servers.valkey(tmp_path / "valkey").is_running()


@pytest.fixture
def place(tmp_path, monkeypatch) -> Path:
    for name, path in {"RECORD": "run/run.json", "LOCK": "run/lock", "LOGS": "log"}.items():
        monkeypatch.setattr(stack, name, tmp_path / path)
    return tmp_path


def test_a_second_run_in_the_same_folder(place):
    with stack.only_run():
        done = start(place)
    assert done.returncode == 1
    assert f"zaten çalışıyor (işlem {os.getpid()})" in done.stderr


def test_the_lock_of_a_killed_run_blocks_nobody(place):
    with stack.only_run(), stack.LOCK.open() as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with stack.only_run() as record:
        assert record.supervisor == os.getpid()


def test_programs_of_a_killed_run_are_ended(place):
    leftover = subprocess.Popen(FOREVER, start_new_session=True)
    assert wait_until(lambda: command_line(leftover.pid), 5)
    with stack.only_run() as record:
        record.save_programs({"site": (leftover.pid, " ".join(FOREVER))})
        stack.end_leftovers(record)
    assert leftover.wait(5) == -signal.SIGTERM
    assert json.loads(stack.RECORD.read_text())["programs"] == {}


def test_a_number_that_belongs_to_another_program_by_now_is_left_alone(place):
    stranger = subprocess.Popen(FOREVER, start_new_session=True)
    try:
        with stack.only_run() as record:
            record.save_programs({"site": (stranger.pid, "python manage.py runserver")})
            stack.end_leftovers(record)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_servers_of_a_killed_run_are_stopped_by_the_next_one(place):
    server = servers.valkey(place / "valkey")
    with stack.only_run() as record:
        stack.remember_server(record, "valkey", server)
    server.start()
    try:
        with stack.only_run() as record:
            stack.remember_server(record, "valkey", server)
            assert record.servers == ["valkey"]
    finally:
        server.stop()


def test_servers_that_ran_before_are_not_ours_to_stop(place):
    server = servers.valkey(place / "valkey")
    server.start()
    try:
        with stack.only_run() as record:
            stack.remember_server(record, "valkey", server)
        assert record.servers == []
    finally:
        server.stop()


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"unknown": 1}'])
def test_a_broken_record_counts_as_none(place, broken):
    stack.RECORD.parent.mkdir(parents=True)
    stack.RECORD.write_text(broken)
    assert stack.read_record() == stack.Record()


def test_a_folder_of_somebody_else_is_named():
    error = PermissionError(13, "Permission denied", "/x/var/run/lock")
    assert "somebody else owns it: /x/var/run/lock" in stack.sentence(error)
    assert "No space left" in stack.sentence(OSError(28, "No space left on device"))


def test_a_full_disk(place, monkeypatch):
    monkeypatch.setattr(stack, "ROOM", 10**18)
    monkeypatch.setattr(stack, "VAR", place)
    with pytest.raises(stack.RunError, match="MB left on the disk"):
        stack.require_room()


def test_ctrl_c_in_the_middle_of_a_step_ends_in_one_sentence(tmp_path):
    """A database that accepts and never answers keeps the run waiting in its third step."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"postgresql://x@127.0.0.1:{silent.getsockname()[1]}/x"
        environment = os.environ | {"VAR_DIR": str(tmp_path), "PORT": str(free_port()), "DATABASE_URL": url}
        run = subprocess.Popen(
            [sys.executable, "-m", "dev.stack"],
            cwd=ROOT,
            env=environment | {"BROKER_URL": "redis://127.0.0.1:1/0"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        silent.settimeout(30)
        connection, _ = silent.accept()
        run.send_signal(signal.SIGINT)
        output, errors = run.communicate(timeout=30)
        connection.close()
    assert run.returncode == 0
    assert output.endswith("Durdu. / Stopped.\n")
    assert errors == ""
    assert wait_until(lambda: not (tmp_path / "run" / "run.json").exists(), 1)
