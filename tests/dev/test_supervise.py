"""The supervisor with small real programs: lines, deaths, changed code, and who is left at the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from dev.processes import command_line, wait_until
from dev.supervise import CODE_CHANGED, Program, ProgramDied, Supervisor

FOREVER = "import signal; signal.pause()"


def program(name: str, code: str, **options: bool) -> Program:
    return Program(name, [sys.executable, "-u", "-c", code], os.environ, **options)


@pytest.fixture
def running() -> dict[str, int]:
    return {}


@pytest.fixture
def supervisor(running) -> Iterator[Supervisor]:
    def changed(programs: dict[str, tuple[int, str]]) -> None:
        running.clear()
        running.update({name: process for name, (process, _) in programs.items()})

    supervisor = Supervisor(changed)
    yield supervisor
    supervisor.stop()


class Lines:
    """What the terminal shows; `seen(text)` is a condition to watch until."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys, self.text = capsys, ""

    def seen(self, text: str, times: int = 1) -> bool:
        self.text += self.capsys.readouterr().out
        return self.text.count(text) >= times


@pytest.fixture
def lines(capsys) -> Lines:
    return Lines(capsys)


def test_lines_carry_the_name_of_their_program(supervisor, lines):
    supervisor.start(program("site", f"print('hazırım'); {FOREVER}"))
    supervisor.watch(until=lambda: lines.seen("hazırım"))
    assert "site        | hazırım\n" in lines.text


def test_a_program_that_dies_is_named_with_its_last_words(supervisor, running):
    supervisor.start(program("site", FOREVER))
    supervisor.start(program("işçi", "print('disk dolu'); raise SystemExit(7)"))
    with pytest.raises(ProgramDied, match=r"işçi durdu \(7\)(?s:.*)disk dolu"):
        supervisor.watch(until=lambda: False)
    assert list(running) == ["site"]


def test_stop_ends_every_program_and_what_it_started(supervisor, running, lines):
    child = "import subprocess, sys; "
    child += f"print('child', subprocess.Popen([sys.executable, '-c', {FOREVER!r}]).pid); "
    supervisor.start(program("işçi", child + FOREVER))
    supervisor.start(program("site", FOREVER))
    supervisor.watch(until=lambda: lines.seen("child"))
    started = [*running.values(), int(lines.text.split("child ")[1].split()[0])]
    assert wait_until(lambda: all(command_line(process) for process in started), 5)
    supervisor.stop()
    assert running == {}
    assert wait_until(lambda: not any(command_line(process) for process in started), 5)


def test_stop_kills_who_does_not_listen(supervisor, running, lines, monkeypatch):
    monkeypatch.setattr("dev.supervise.PATIENCE", 0.2)
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf'); "
    supervisor.start(program("site", deaf + "signal.pause()"))
    supervisor.watch(until=lambda: lines.seen("deaf"))
    process = running["site"]
    supervisor.stop()
    assert not command_line(process)


RELOADER = f"""
import signal, sys
signal.signal(signal.SIGUSR1, lambda *_: sys.exit({CODE_CHANGED}))
print("site up")
signal.pause()
"""


def test_changed_code_restarts_what_holds_code_and_nothing_else(supervisor, running, lines):
    supervisor.start(program("posta", FOREVER, holds_code=False))
    supervisor.start(program("site", RELOADER))
    supervisor.start(program("işçi", FOREVER))
    supervisor.watch(until=lambda: lines.seen("site up"))
    before = dict(running)
    os.kill(running["site"], signal.SIGUSR1)
    supervisor.watch(until=lambda: lines.seen("site up", times=2))
    assert running["posta"] == before["posta"]
    assert running["işçi"] != before["işçi"]
    assert not command_line(before["işçi"])


def test_a_mistake_in_changed_code_waits_for_the_next_change(supervisor, running, lines, tmp_path):
    mistake = tmp_path / "mistake"
    worker = f"import pathlib; assert not pathlib.Path({str(mistake)!r}).exists(); print('worker up'); "
    supervisor.start(program("site", RELOADER))
    supervisor.start(program("işçi", worker + FOREVER))
    supervisor.watch(until=lambda: lines.seen("site up") and lines.seen("worker up"))

    mistake.touch()
    os.kill(running["site"], signal.SIGUSR1)
    supervisor.watch(until=lambda: lines.seen("işçi stopped (1)") and lines.seen("site up", times=2))
    assert list(running) == ["site"]

    mistake.unlink()
    os.kill(running["site"], signal.SIGUSR1)
    supervisor.watch(until=lambda: lines.seen("worker up", times=2))
    assert set(running) == {"site", "işçi"}


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel call is Linux's")
def test_programs_leave_when_the_supervisor_is_killed():
    code = f"""
import os, sys
from dev.supervise import Program, Supervisor
supervisor = Supervisor(lambda programs: print(programs["site"][0], flush=True))
supervisor.start(Program("site", [sys.executable, "-c", {FOREVER!r}], os.environ))
supervisor.watch(until=lambda: False)
"""
    killed = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    process = int(killed.stdout.readline())
    assert wait_until(lambda: FOREVER in command_line(process), 5)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert wait_until(lambda: not command_line(process), 5)
