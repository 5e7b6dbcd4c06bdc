"""Headless Chromium over its debugging protocol: open a page, wait for what it shows, take its picture."""

import base64
import json
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)


class Page:
    """One browser with one page; a context manager. ``headers`` go with every request."""

    def __init__(self, profile: Path, headers: dict[str, str]) -> None:
        self.profile, self.headers = profile, headers
        self.number = 0

    def __enter__(self) -> "Page":
        from websocket import create_connection  # comes with Jupyter's server

        options = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--remote-debugging-port=0",
            "--window-size=1300,1600",
        ]
        command = [CHROMIUM, *options, "--remote-allow-origins=*", f"--user-data-dir={self.profile}", "about:blank"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port = self._port()
        self.socket = create_connection(self._address(port), timeout=60)
        self.ask("Page.enable")
        self.ask("Network.enable")
        self.ask("Network.setExtraHTTPHeaders", headers=self.headers)
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()
        self.process.terminate()
        self.process.wait(30)

    def _port(self) -> str:
        file = self.profile / "DevToolsActivePort"
        for _ in range(240):
            if file.is_file() and file.read_text().strip():
                return file.read_text().splitlines()[0]
            time.sleep(0.25)
        raise AssertionError("Chromium did not start")

    def _address(self, port: str) -> str:
        from urllib.request import urlopen

        with urlopen(f"http://127.0.0.1:{port}/json", timeout=60) as reply:
            return next(page["webSocketDebuggerUrl"] for page in json.loads(reply.read()) if page["type"] == "page")

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command of the protocol."""
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            reply = json.loads(self.socket.recv())
            if reply.get("id") == self.number:
                return reply["result"]

    def run(self, script: str) -> Any:
        """What a piece of JavaScript gives in the page, also in what it awaits."""
        found = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        return found["result"].get("value")

    def open(self, url: str, until: str, seconds: float = 90) -> str:
        """Opens ``url``, waits until the page's text or source holds ``until``, returns both."""
        self.ask("Page.navigate", url=url)
        everything = "document.body ? document.body.innerText + document.documentElement.outerHTML : ''"
        deadline = time.monotonic() + seconds
        while True:
            text = str(self.run(everything) or "")
            if until in text:
                time.sleep(0.5)  # what comes with it
                return str(self.run(everything))
            assert time.monotonic() < deadline, f"{url} never showed {until!r}: {text[:2000]}"
            time.sleep(0.5)

    def picture(self, path: Path) -> None:
        """A PNG of the whole page."""
        data = self.ask("Page.captureScreenshot", captureBeyondViewport=True)["data"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(data))
