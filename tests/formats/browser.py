"""A headless Chromium, driven over a pipe by its DevTools protocol, to look at a page as a reader's browser lays it out."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = os.environ.get("AXE_CORE", "")  # axe.min.js, of npm's axe-core
SIGHTS = [(width, scheme) for width in (390, 1280) for scheme in (("light", "dark") if AXE else ("light",))]
"""How a page is looked at: narrow and wide; dark too where somebody judges colours."""
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


class Left(Exception):
    """The page is not there any more: it went to another while it was asked."""


class Page:
    """One tab. ``complaints`` collects what the console and the security policy said, ``requests`` what was fetched."""

    def __init__(self, to: int, answers: Any) -> None:
        self.to, self.answers, self.number, self.session, self.width = to, answers, 0, "", 0
        self.complaints: list[str] = []
        self.requests: list[str] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        os.write(self.to, json.dumps(message | ({"sessionId": self.session} if self.session else {})).encode() + b"\0")
        answer = self._until(lambda answer: answer.get("id") == self.number)
        if "result" not in answer:
            raise Left(answer.get("error"))
        found: dict[str, Any] = answer["result"]
        return found

    def show(self, url: str, *, width: int, height: int = 900, scheme: str = "light") -> None:
        """Loads ``url`` in a window of so many CSS pixels."""
        self.width, size = width, {"width": width, "height": height}
        self.ask("Emulation.setDeviceMetricsOverride", **size, deviceScaleFactor=1, mobile=width < 600)
        self.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.ask("Page.navigate", url=url)
        self._until(lambda answer: answer.get("method") == "Page.loadEventFired")

    def value(self, expression: str, *, wait: bool = False) -> Any:
        """The value of a JavaScript expression in the page, run from outside its security policy; ``wait``: it is a promise."""
        answer = self.ask("Runtime.evaluate", expression=expression, awaitPromise=wait, returnByValue=True)
        return answer["result"].get("value")

    def violations(self) -> list[list[str]]:
        """What axe-core finds against the page as it stands: rule and first element. Nothing where it is not installed."""
        if not AXE:
            return []
        self.value(Path(AXE).read_text(encoding="utf-8") + ";0")
        run = "axe.run({preload: false}).then(found => found.violations.map(v => [v.id, v.nodes[0].html]))"
        answer = self.ask("Runtime.evaluate", expression=run, awaitPromise=True, returnByValue=True)
        found: list[list[str]] = answer["result"]["value"]
        return found

    def faults(self) -> list[Any]:
        """What is wrong with the page as it stands: wider than its window, the console complains, axe-core finds something."""
        width = self.value("document.documentElement.scrollWidth")
        wide = [f"{width} pixels wide in a window of {self.width}"] if width > self.width else []
        return [*wide, *self.complaints, *self.violations()]

    def picture(self) -> bytes:
        """What the window shows, as a PNG."""
        return base64.b64decode(self.ask("Page.captureScreenshot", format="png")["data"])

    def _until(self, done: Any) -> dict[str, Any]:
        while True:
            answer = json.loads(self._message())
            params = answer.get("params", {})
            match answer.get("method"):
                case "Log.entryAdded":
                    self.complaints.append(params["entry"]["text"])
                case "Runtime.exceptionThrown":
                    self.complaints.append(params["exceptionDetails"]["text"])
                case "Network.requestWillBeSent":
                    self.requests.append(params["request"]["url"])
            if done(answer):
                return answer

    def _message(self) -> bytes:
        message = b""
        while (byte := self.answers.read(1)) != b"\0":
            assert byte, "chromium went away"
            message += byte
        return message


@contextmanager
def chromium() -> Iterator[Page]:
    """A browser with one page; it is stopped, and its profile removed, at the end."""
    assert CHROMIUM is not None
    read_commands, write_commands = os.pipe()
    read_answers, write_answers = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile, open(read_answers, "rb") as answers:
        pipes = f'exec "$0" "$@" 3<&{read_commands} 4>&{write_answers}'  # the protocol's fixed places
        options = [*FLAGS, "--remote-debugging-pipe", f"--user-data-dir={profile}"]
        process = subprocess.Popen(
            ["bash", "-c", pipes, CHROMIUM, *options],
            pass_fds=(read_commands, write_answers),
            stderr=subprocess.DEVNULL,
        )
        os.close(read_commands)
        os.close(write_answers)
        try:
            page = Page(write_commands, answers)
            yield page
        finally:
            os.close(write_commands)
            process.terminate()
            process.wait(20)
