"""`make run`, first half, on the bare Python of the machine: make .venv, then go on inside it."""

from __future__ import annotations

import os
import sys
import time

from dev import environment


def main() -> int:
    began = time.time()
    status = environment.main()
    if status == 0:
        os.environ["RUN_BEGAN"] = str(began)
        os.chdir(environment.ROOT)
        os.execv(environment.PYTHON, [str(environment.PYTHON), "-m", "dev.stack"])
    return status


if __name__ == "__main__":
    sys.exit(main())
