"""What stock Oscar costs on the same goods, in a process of its own: `python -m tests.bench.oscar`.

Reads the database's parameters and what to look at from standard input, writes figures to standard output.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any


class NoThumbnails:
    """Rows of the bench have no files, and drawing thumbnails is not what is compared."""

    def generate_thumbnail(self, source: Any, **options: Any) -> Any:
        return source

    def delete_thumbnails(self, source: Any) -> None:
        return None


def measured(database: dict[str, Any], product: int, shelf: int) -> dict[str, dict[str, float]]:
    """Figures of stock Oscar, measured by a child process."""
    asked = json.dumps({"database": database, "product": product, "shelf": shelf})
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.oscar"], input=asked, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    asked = json.loads(sys.stdin.read())
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.oscar_settings"
    from django.conf import settings

    settings.DATABASES["default"] = asked["database"]
    import django

    django.setup()
    from oscar.core.loading import get_model

    from .pages import cost

    product = get_model("catalogue", "Product").objects.get(pk=asked["product"])
    shelf = get_model("catalogue", "Category").objects.get(pk=asked["shelf"])
    addresses = {
        "list": "/catalogue/",
        "shelf": shelf.get_absolute_url(),
        "product": product.get_absolute_url(),
    }
    print(json.dumps({name: cost(address, rounds=5) for name, address in addresses.items()}))


if __name__ == "__main__":
    main()
