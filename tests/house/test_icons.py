"""Every icon that a template or a panel entry names is in our sprite."""

import re
from pathlib import Path

from core import panel
from notifications import kinds

ROOT = Path(__file__).resolve().parents[2]
SPRITE = set(re.findall(r'<symbol[^>]*\bid="([^"]+)"', (ROOT / "static/img/icons.svg").read_text()))


def test_named_icons_exist():
    texts = [path.read_text() for path in (ROOT / "templates").rglob("*.html")]
    used = {name for text in texts for name in re.findall(r'<c-icon name="([a-z0-9-]+)"', text)}
    assert used - SPRITE == set()


def test_icons_of_the_panel_exist():
    assert {entry.icon for entry in panel.entries()} - SPRITE == set()


def test_icons_of_notices_exist():
    assert {kind.icon for kind in kinds.every()} - SPRITE == set()
