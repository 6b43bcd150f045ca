"""`make setup`: the virtual environment in .venv, exactly as the lock files say.

Runs on the bare Python of the machine, so it uses the standard library only. Done once: later
calls compare a stamp. Whatever an interrupted call left behind is completed or replaced.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "locks.sha256"
LOCKS = ("requirements-uv.lock", "requirements-dev.lock")
OLDEST = (3, 11)
ROOM = 2_000_000_000  # bytes; the packages and the installer's cache


class SetupError(RuntimeError):
    """The environment cannot be made; the message says why, in Turkish and English."""


def ensure() -> bool:
    """Have .venv match the locks. True if something had to be installed."""
    _require_python()
    with (ROOT / "requirements-dev.lock").open() as lock:  # two calls at once take turns
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _is_current():
            return False
        _require_room()
        if not _works():
            _create()
        _install()
        STAMP.write_text(_fingerprint())
        return True


def _require_python() -> None:
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        raise SetupError(
            f"Python 3.11 veya yenisi gerekir, bu {found}: make run PYTHON=python3.11 / "
            f"Python 3.11 or newer is needed, this is {found}: make run PYTHON=python3.11"
        )


def _require_room() -> None:
    free = shutil.disk_usage(ROOT).free
    if free < ROOM:
        raise SetupError(
            f"Diskte {free // 10**6} MB kaldı, kurulum {ROOM // 10**6} MB ister. / "
            f"{free // 10**6} MB left on the disk, the set-up needs {ROOM // 10**6} MB."
        )


def _is_current() -> bool:
    return STAMP.exists() and STAMP.read_text() == _fingerprint() and _works()


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for name in LOCKS:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def _works() -> bool:
    """False for a half-made one, or one whose Python was upgraded away or replaced by another."""
    if not os.access(PYTHON, os.X_OK):
        return False
    probe = "import sys, pip; print('python%d.%d' % sys.version_info[:2])"
    done = subprocess.run([str(PYTHON), "-c", probe], capture_output=True, text=True)
    return done.returncode == 0 and (VENV / "lib" / done.stdout.strip()).is_dir()


def _create() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        raise SetupError(
            "python3-venv eksik: sudo apt install python3-venv / "
            "python3-venv is missing: sudo apt install python3-venv"
        )
    _run([sys.executable, "-m", "venv", "--clear", str(VENV)])


def _install() -> None:
    """pip installs uv, uv installs everything else: the same hashes, several times faster."""
    print("Paketler kuruluyor; ilk seferde bir iki dakika sürer.", flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([*pip, "--require-hashes", "-r", "requirements-uv.lock"])
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    # The certificates of the machine, as pip does: company proxies are known there.
    sync = [str(PYTHON), "-m", "uv", "pip", "sync", "--system-certs", *quiet, "--python", str(PYTHON)]
    _run([*sync, "--require-hashes", "requirements-dev.lock"])


def _run(command: list[str]) -> None:
    if subprocess.run(command, cwd=ROOT).returncode:
        raise SetupError(
            "Kurulum yarıda kaldı; nedeni yukarıda. Aynı komut kaldığı yerden sürer. / "
            "The set-up stopped, see above. The same command continues it."
        )


def main() -> int:
    try:
        ensure()
    except (SetupError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
