"""What both embedded servers need: folders that are ours alone, locks, logs, and whose files they are."""

from __future__ import annotations

import contextlib
import fcntl
import functools
import importlib.util
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

PATIENCE = 30.0


class ServerError(RuntimeError):
    """A server cannot run here; the message says why, in Turkish and English."""


def package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ServerError(f"{name} kurulu değil: make setup / {name} is not installed: make setup")
    return Path(next(iter(spec.submodule_search_locations)))


@contextlib.contextmanager
def one_at_a_time(data: Path) -> Iterator[None]:
    """Two commands that start the same server at once take turns; a killed one lets go by dying."""
    data.parent.mkdir(parents=True, exist_ok=True)
    with data.with_name(data.name + ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def private_folder(folder: Path, user: int | None = None, group: int | None = None) -> None:
    """Ours and closed to others. In a shared place like /tmp somebody may have taken the name first."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700, parents=True)
        os.chown(folder, -1 if user is None else user, -1 if group is None else group)
    found = folder.lstat()
    if found.st_uid not in (os.getuid(), user) or folder.is_symlink() or found.st_mode & 0o077:
        raise ServerError(
            f"{folder} başkasının ya da başkasına açık. / "
            f"{folder} belongs to somebody else or is open to others."
        )


def write_privately(file: Path, text: str) -> None:
    new = file.with_name(file.name + ".new")
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
        handle.write(text)
    new.replace(file)


def log_file(data: Path, name: str) -> Path:
    file = data.parent / "log" / f"{name}.log"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
        os.chown(file, *owner())
    return file


def with_log(sentence: str, log: Path) -> str:
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-8:])
    return f"{sentence}\n{log}:\n{tail}"


def owner() -> tuple[int, int]:
    """Whose files PostgreSQL's folders must be."""
    if os.geteuid() != 0 or namespaces_allowed():
        return os.getuid(), os.getgid()
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


@functools.cache
def namespaces_allowed() -> bool:
    probe = ["unshare", "-U", "--map-user=1000", "--map-group=1000", "--", "true"]
    return shutil.which("unshare") is not None and subprocess.run(probe, capture_output=True).returncode == 0
