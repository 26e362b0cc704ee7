"""Make docs/screenshots/*.png from a demo workspace: `python -m docs.screenshots WORKSPACE`, by hand, with Chromium."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).parent / "screenshots"
PORT = 8439
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
#: Name, language, address, and the link followed from there (CSS).
PICTURES = (
    ("picture-nl", "nl", "/", ""),
    ("picture-en", "en", "/", ""),
    ("campaign", "en", "/campaigns/", "#main table.data tbody tr:nth-child(2) a"),
    ("thing", "en", "/incidents/?text=gasterra", "#main tbody a[href*='/incidents/things/']"),
    ("incidents", "en", "/incidents/", ""),
    ("triangle", "en", "/risk/", ""),
    ("gaps", "en", "/risk/gaps/", ""),
    ("report", "nl", "/reports/", "#main tbody a[href^='/reports/']"),
)
_SETTLED = """() => [...document.querySelectorAll('figure[data-chart], figure[data-graph]')]
    .every((figure) => figure.querySelector('.plot svg, .plot canvas'))"""


def main(workspace: str) -> None:
    """Serve the workspace, sign in as the analyst by the printed link, and write one picture for each page."""
    command = [sys.executable, "-m", "verband", "serve", "--workspace", workspace, "--port", str(PORT), "--no-worker"]
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryFile() as log, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log) as server:
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS.split())
                _take(browser.new_page(viewport={"width": 1280, "height": 1000}), _link(server))
                browser.close()
        finally:
            server.terminate()
            server.wait(timeout=20)


def _link(server: subprocess.Popen[bytes]) -> str:
    assert server.stdout is not None  # noqa: S101 - asked for above
    for line in server.stdout:
        if found := re.match(r"\s+analyst\s.*(http\S+)", line.decode()):
            return found[1]
    raise SystemExit("the server printed no link for the analyst")


def _take(page: Page, link: str) -> None:
    site = f"http://127.0.0.1:{PORT}"
    for attempt in range(50):  # the links are printed before the server listens
        try:
            page.goto(link)
            break
        except Exception:
            if attempt == 49:
                raise
            page.wait_for_timeout(200)
    for name, language, path, follow in PICTURES:
        page.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
        page.goto(site + path)
        if follow:
            page.goto(site + (page.locator(follow).first.get_attribute("href") or ""))
        page.wait_for_function(_SETTLED)
        page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main(sys.argv[1])
