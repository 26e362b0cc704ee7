"""A demo workspace, its server on loopback and one Chromium, made once for these tests and ended with them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, sync_playwright

from tests.browser.places import Place
from tests.conftest import chromium

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
_PATIENCE_S = 300
_STATUS_MESSAGE = "Failed to load resource: the server responded with a status of {}"
#: The thousands of drawn marks of a figure are hidden from readers and hold no text; its letters are looked at.
_LOOKED_AT = {"exclude": [[f".plot svg .mark-{kind}"] for kind in ("symbol", "shape", "rect", "rule")]}
_SETTLED = """() => [...document.querySelectorAll('figure[data-chart], figure[data-graph]')]
    .every((figure) => figure.querySelector('.plot svg, .plot canvas'))"""


@dataclass(frozen=True)
class Site:
    """A served demo workspace."""

    address: str
    workspace: Path


@dataclass
class Visitor:
    """One browser for all tests, one context and one page for each account; keeps what the console said."""

    site: Site
    browser: Browser
    pages: dict[str, Page] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def page(self, role: str, language: str) -> Page:
        """The page of that account, signed in by its one-time link, in that language."""
        if role not in self.pages:
            context = self.browser.new_context(viewport={"width": 1280, "height": 900})
            context.set_default_timeout(20_000)
            page = context.new_page()
            self._listen(page)
            if role != "nobody":
                # Made now: a link is good for minutes, and a browser may come to an account late.
                page.goto(verband_in(self.site, "user", "link", role, "--host", self.site.address).strip())
                assert page.locator("input[type=password]").count() == 0
            self.pages[role] = page
        speak(self.pages[role].context, self.site.address, language)
        self.said.clear()
        return self.pages[role]

    def visit(self, place: Place, language: str) -> list[str]:
        """What is wrong with that page, empty when nothing is."""
        page = self.page(place.role, language)
        response = page.goto(self.site.address + place.path)
        status = response.status if response else 0
        for selector in place.follow:
            page.goto(self.site.address + _address(page.locator(selector).first))
        wrong = self.faults(page, language, status=place.status)
        return wrong if status == place.status else [f"status {status}", *wrong]

    def faults(self, page: Page, language: str, *, status: int = 200) -> list[str]:
        """What is wrong with the page as it stands: console, language, headings, width, accessibility."""
        page.wait_for_function(_SETTLED)
        allowed = _STATUS_MESSAGE.format(status)
        wrong = [said for said in self.said if status < 400 or not said.startswith(allowed)]
        self.said.clear()
        if (spoken := page.locator("html").get_attribute("lang")) != language:
            wrong.append(f"lang is {spoken}")
        if (headings := page.locator("h1").count()) != 1:
            wrong.append(f"{headings} headings h1")
        if (wider := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
            wrong.append(f"the page is {wider} px wider than the window")
        found: Any = Axe().run(page, context=_LOOKED_AT).response["violations"]
        wrong += [f"axe {one['id']}: {[node['target'] for node in one['nodes'][:3]]}" for one in found]
        return wrong

    def _listen(self, page: Page) -> None:
        def heard(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                self.said.append(message.text)

        page.on("console", heard)
        page.on("pageerror", lambda error: self.said.append(str(error)))


def _address(link: Locator) -> str:
    link.wait_for(state="attached")
    return link.get_attribute("href") or ""


def speak(context: BrowserContext, address: str, language: str) -> None:
    context.add_cookies([{"name": "django_language", "value": language, "url": address}])


def send(page: Page, act: str, /, **filled: str | list[str]) -> None:
    """Open the form of that act if it is folded, fill it in and send it, as `send_to` does."""
    send_to(page, f"/act/{act}/", **filled)


def send_to(page: Page, address: str, /, **filled: str | list[str]) -> None:
    """Fill in and send the first form that posts to an address of that end, opened if it is folded.

    A list says which boxes are ticked, an empty one that all are; the word of a box ticks that one besides.
    """
    form = page.locator(f"form[action$='{address}']").first
    if form.locator("xpath=ancestor::details[not(@open)]").count():
        form.locator("xpath=ancestor::details").locator("summary").first.click()
    for name, value in filled.items():
        if isinstance(value, list):
            for box in form.locator(f"input[type=checkbox][name='{name}']").all():
                box.set_checked(not value or box.get_attribute("value") in value)
            continue
        at = form.locator(f"[name='{name}']").first
        if at.evaluate("field => field.tagName") == "SELECT":
            at.select_option(value)
        elif at.get_attribute("type") == "checkbox":
            form.locator(f"[name='{name}'][value='{value}']").check()
        else:
            at.fill(value)
    form.locator("button[type=submit]").click()
    page.wait_for_load_state()


def verband_in(site: Site, *words: str) -> str:
    """What that command says, run on the workspace of that site."""
    environment = {key: value for key, value in os.environ.items() if key != "VERBAND_WORKSPACE"}
    made = subprocess.run(
        [sys.executable, "-m", "verband", *words, "--workspace", str(site.workspace)],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
        env=environment,
    )
    return made.stdout


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    workspace = tmp_path_factory.mktemp("browser") / "demo"
    environment = {key: value for key, value in os.environ.items() if key != "VERBAND_WORKSPACE"}
    verband = [sys.executable, "-m", "verband"]
    subprocess.run(
        [*verband, "demo", "--workspace", str(workspace)],
        check=True,
        capture_output=True,
        timeout=_PATIENCE_S,
        env=environment,
    )
    port = _free_port()
    served = subprocess.Popen(
        [*verband, "serve", "--workspace", str(workspace), "--port", str(port), "--no-worker"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    try:
        _await_server(port)
        yield Site(f"http://127.0.0.1:{port}", workspace)
    finally:
        served.terminate()
        try:
            served.wait(timeout=20)
        except subprocess.TimeoutExpired:
            served.kill()
            served.wait()


@pytest.fixture(scope="package")
def visitor(site: Site) -> Iterator[Visitor]:
    # Of this folder and no longer: while Playwright runs, Django refuses its database to the tests of other folders.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS.split())
        yield Visitor(site, browser)
        browser.close()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _await_server(port: int) -> None:
    pause = threading.Event()
    for _ in range(_PATIENCE_S * 10):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            pause.wait(0.1)
        else:
            return
    raise AssertionError("the server did not come up")
