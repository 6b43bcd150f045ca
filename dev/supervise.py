"""Run several programs together: show their lines, notice a death, end them all.

Each program is the leader of its own process group, so Ctrl-C in the terminal reaches the
supervisor alone, and the supervisor ends whatever a program has started.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import subprocess
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO

from dev.processes import die_with_parent, kill_group, wait_until
from dev.terminal import line_of, say

CODE_CHANGED = 3  # how Django's reloader asks to be started again
PATIENCE = 12.0


@dataclass(frozen=True)
class Program:
    name: str
    command: list[str]
    environment: Mapping[str, str]
    holds_code: bool = True  # started again when the code has changed


class ProgramDied(RuntimeError):
    """A program ended by itself. Its last lines are in the message."""


@dataclass
class Running:
    program: Program
    process: subprocess.Popen[bytes]
    output: IO[bytes]
    rest: bytes = b""
    last: deque[str] = field(default_factory=lambda: deque(maxlen=15))

    def read(self) -> bytes | None:
        """What has arrived; empty at the end of the output, None if there is nothing just now."""
        try:
            return os.read(self.output.fileno(), 65536)
        except BlockingIOError:
            return None

    def lines(self, received: bytes) -> Iterator[str]:
        """Whole lines; half a line waits for its end."""
        *whole, self.rest = (self.rest + received).split(b"\n")
        for raw in whole:
            text = raw.decode(errors="replace").rstrip()
            self.last.append(text)
            yield text

    @property
    def has_ended(self) -> bool:
        return self.process.poll() is not None


class Supervisor:
    """Use from one thread. `changed` is told what runs now: process number and command by name."""

    def __init__(self, changed: Callable[[dict[str, tuple[int, str]]], None]) -> None:
        self._changed = changed
        self._running: dict[str, Running] = {}
        self._outputs = selectors.DefaultSelector()
        self._watcher: Program | None = None  # who told us that code has changed
        self._broken: list[Program] = []  # ended since; the next change may mend them

    def start(self, program: Program) -> None:
        process = subprocess.Popen(
            program.command,
            env=dict(program.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent,  # safe: no threads here
        )
        assert process.stdout is not None  # noqa: S101  (a pipe was asked for)
        os.set_blocking(process.stdout.fileno(), False)
        running = self._running[program.name] = Running(program, process, process.stdout)
        self._outputs.register(running.output, selectors.EVENT_READ, running)
        self._report()

    def watch(self, until: Callable[[], bool]) -> None:
        """Show what the programs say until the condition holds. Raises ProgramDied."""
        while not until():
            for key, _ in self._outputs.select(timeout=0.2):
                self._show(key.data)
            ended = next((running for running in self._running.values() if running.has_ended), None)
            if ended:
                self._handle_end(ended)

    def stop(self) -> None:
        """End all of them, together; who does not leave in time is killed."""
        for running in self._running.values():
            running.process.terminate()
        wait_until(lambda: all(running.has_ended for running in self._running.values()), PATIENCE)
        for running in list(self._running.values()):
            self._remove(running)

    def _show(self, running: Running) -> None:
        received = running.read()
        if received == b"":
            self._stop_listening(running)
        for text in running.lines(received or b""):
            say(line_of(running.program.name, text))

    def _handle_end(self, running: Running) -> None:
        program, code = running.program, running.process.returncode
        if code == CODE_CHANGED and program.holds_code:
            self._watcher = program
            self._start_changed_code()
            return
        self._show(running)
        self._remove(running)
        ended = f"{program.name} durdu ({code}). / {program.name} stopped ({code})."
        if not program.holds_code or self._watcher in (None, program):
            raise ProgramDied("\n".join([ended, *running.last]))
        say(ended)
        self._broken.append(program)

    def _start_changed_code(self) -> None:
        """A mistake saved half-way ends the worker, not the run: it gets its chance again here."""
        holders = [one for one in self._running.values() if one.program.holds_code]
        for running in holders:
            running.process.terminate()  # all at once, so that the site need not wait for the worker
        for running in holders:
            self._remove(running)
            self.start(running.program)
        for program in self._broken:
            self.start(program)
        self._broken.clear()

    def _remove(self, running: Running) -> None:
        """The program and all it has started are gone after this."""
        running.process.terminate()
        wait_until(lambda: running.has_ended, PATIENCE)
        kill_group(running.process.pid)
        running.process.wait()
        self._stop_listening(running)
        running.output.close()
        del self._running[running.program.name]
        self._report()

    def _stop_listening(self, running: Running) -> None:
        with contextlib.suppress(KeyError):  # its output has ended before
            self._outputs.unregister(running.output)

    def _report(self) -> None:
        running = self._running.items()
        self._changed({name: (one.process.pid, " ".join(one.program.command)) for name, one in running})
