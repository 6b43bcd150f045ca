"""Small questions about ports and processes, answered by the standard library."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

LINUX = sys.platform == "linux"
LOOPBACK = "127.0.0.1"
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if LINUX else None  # loaded before any fork


def command_line(process: int) -> str:
    """What the process was started as; empty if it is gone or only waits to be reaped."""
    if LINUX:
        with contextlib.suppress(OSError):
            raw = Path(f"/proc/{process}/cmdline").read_text(errors="replace")
            return raw.rstrip("\0").replace("\0", " ")
        return ""
    ask = ["ps", "-ww", "-o", "args=", "-p", str(process)]
    return subprocess.run(ask, capture_output=True, text=True).stdout.strip()


def die_with_parent() -> None:
    """For a child between fork and exec: leave when the supervisor is killed (Linux only)."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def kill_group(leader: int) -> None:
    """End what is left of the group that this process leads or led."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def wait_until(condition: Callable[[], bool], patience: float, pause: float = 0.02) -> bool:
    """Whether the condition came true in time."""
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with contextlib.suppress(OSError):
            probe.bind((LOOPBACK, port))
            return True
    return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
