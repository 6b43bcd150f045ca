"""`make setup`: when it installs, and what it says when it cannot."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dev import environment


@pytest.fixture
def venv(tmp_path, monkeypatch) -> Path:
    """A place for a virtual environment, empty; installing is only noted down."""
    for name, path in {"VENV": ".venv", "PYTHON": ".venv/bin/python", "STAMP": ".venv/locks.sha256"}.items():
        monkeypatch.setattr(environment, name, tmp_path / path)
    return tmp_path / ".venv"


@pytest.fixture
def installs(monkeypatch) -> list[str]:
    seen: list[str] = []
    monkeypatch.setattr(environment, "_install", lambda: seen.append("install"))
    return seen


def make_venv(folder: Path) -> None:
    """Without pip, which takes seconds to install; a package of that name is enough here."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    [packages] = folder.glob("lib/python3.*/site-packages")
    (packages / "pip.py").touch()


def test_installed_once(venv, installs):
    make_venv(venv)
    assert environment.ensure() is True
    assert environment.ensure() is False
    assert installs == ["install"]


def test_changed_locks_are_installed(venv, installs, monkeypatch):
    make_venv(venv)
    environment.ensure()
    monkeypatch.setattr(environment, "LOCKS", ("requirements.txt",))
    assert environment.ensure() is True


def test_an_interrupted_installation_is_repeated(venv, monkeypatch):
    make_venv(venv)
    monkeypatch.setattr(environment, "_install", lambda: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        environment.ensure()
    assert not environment._is_current()


@pytest.mark.parametrize("damage", ["bin/python", "lib", "pip"])
def test_a_damaged_environment_is_made_anew(venv, installs, monkeypatch, damage):
    make_venv(venv)
    environment.ensure()
    if damage == "lib":
        [folder] = (venv / "lib").glob("python3.*")
        folder.rename(folder.with_name("python3.1"))
    elif damage == "pip":
        next(venv.glob("lib/python3.*/site-packages/pip.py")).unlink()
    else:
        (venv / damage).unlink()
    monkeypatch.setattr(environment, "_create", lambda: (shutil.rmtree(venv), make_venv(venv)))
    assert environment.ensure() is True
    assert environment._works()


def test_an_old_python(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))
    assert environment.main() == 1
    assert "Python 3.11 or newer is needed, this is 3.9.18" in capsys.readouterr().err


def test_python_without_venv(venv, monkeypatch, capsys):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert environment.main() == 1
    assert "sudo apt install python3-venv" in capsys.readouterr().err


def test_a_full_disk(venv, monkeypatch, capsys):
    monkeypatch.setattr(environment, "ROOM", 10**18)
    assert environment.main() == 1
    assert "MB left on the disk" in capsys.readouterr().err
    assert not venv.exists()


def test_a_failed_installation(monkeypatch, capsys, venv):
    monkeypatch.setattr(environment, "_create", lambda: environment._run(["false"]))
    assert environment.main() == 1
    assert "The same command continues it." in capsys.readouterr().err


def test_the_launcher_needs_nothing_but_the_standard_library():
    """`make run` starts on the bare Python of the machine."""
    done = subprocess.run(
        [sys.executable, "-S", "-I", "-c", "import sys; sys.path.insert(0, '.'); import dev.run"],
        cwd=environment.ROOT,
        capture_output=True,
        text=True,
    )
    assert done.stderr == ""
