"""What is wrong with a page, seen in every width and theme during one visit."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
ALL_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# A theme changes colours and nothing else: names, order and structure are asked once, in the light.
OF_COLOUR = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# What passed is not counted out and not carried over: most of the time went there.
ONLY = {"resultTypes": ["violations"], "preload": False}
WIDTHS = (320, 360, 390, 768, 1024, 1440)
READ_AT = (390, 1440)


def violations(page: Page, rules: dict = ALL_RULES) -> list[str]:
    """By axe. The visitor needs `bypass_csp=True`, because axe writes styles of its own."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate("axe => (0, eval)(axe)", AXE)
    found = page.evaluate("rules => axe.run(document, rules).then(found => found.violations)", rules | ONLY)
    return [
        f"{one['id']}: {node['target']} {node['failureSummary'][:160]}"
        for one in found
        for node in one["nodes"]
    ]


def faults(visitor) -> list[str]:
    """Sideways scroll at any width; what axe finds on a phone and on a desk, in the light and in the dark."""
    page = visitor.page
    found = [f"scrolls sideways at {width}" for width in WIDTHS if _is_wide(page, width)]
    for width in READ_AT:
        _resize(page, width)
        for scheme, rules in (("dark", OF_COLOUR), ("light", ALL_RULES)):
            page.emulate_media(color_scheme=scheme)
            visitor.keep_picture()
            found += [f"{width} {scheme} {one}" for one in violations(page, rules)]
    return found


def faults_by_page(visitor, pages: dict[str, str]) -> dict[str, list[str]]:
    """Pages by name; those without a fault are left out."""
    found = {}
    for name, path in pages.items():
        visitor.go(path)
        if wrong := faults(visitor):
            found[name] = wrong
    return found


def _resize(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})


def _is_wide(page: Page, width: int) -> bool:
    _resize(page, width)
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")
