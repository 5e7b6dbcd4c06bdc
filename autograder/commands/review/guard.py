"""Who may speak to the application: a browser on this machine that opened the address which the terminal showed.

A page elsewhere that the same browser shows is kept out three times: it has no cookie (SameSite=Strict), its Origin is another
one, and a name of its own that it lets point to 127.0.0.1 is not this host.
"""

import secrets
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # "no-referrer" would take the Origin of our own forms away
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


def _said(words: str, status: int) -> Response:
    """A page of one sentence of ours, for whoever is not let in."""
    return HTMLResponse(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, '
        'initial-scale=1"><meta name="color-scheme" content="light dark"><title>Not opened</title></head>'
        f"<body><main><h1>Not opened</h1><p>{words}</p></main></body></html>",
        status,
    )


class Guard:
    """ASGI middleware. ``address()`` makes an address that one browser can open once."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self.app, self.port = app, port
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self._tokens: set[str] = set()
        self._sessions: set[str] = set()
        self.cookie = f"review-{port}"

    def address(self) -> str:
        token = secrets.token_urlsafe(32)
        self._tokens.add(token)
        return f"http://127.0.0.1:{self.port}/?token={token}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [pair for pair in message["headers"] if pair[0].decode().lower() not in HEADERS]
                message["headers"] = kept + [(name.encode(), value.encode()) for name, value in HEADERS.items()]
            await send(message)

        answer = self._refusal(Request(scope))
        await (answer or self.app)(scope, receive, sealed)

    def _refusal(self, request: Request) -> Response | None:
        """What is answered in place of the application, or None."""
        if request.headers.get("host", "") not in self._hosts:
            return _said("This is not the address of this application.", 421)
        if token := parse_qs(request.url.query).get("token", [""])[0]:
            return self._opened(token)
        session = request.cookies.get(self.cookie, "")
        if not any(secrets.compare_digest(session.encode(), known.encode()) for known in self._sessions):
            return _said("Open the address that the terminal shows; each can be opened once.", 403)
        if request.method not in ("GET", "HEAD") and not self._ours(request):
            return _said("This was sent by another page; nothing was changed.", 403)
        return None

    def _opened(self, token: str) -> Response:
        known = next((t for t in self._tokens if secrets.compare_digest(token.encode(), t.encode())), None)
        if known is None:
            return _said("This address was opened before. Start the review again for a new one.", 403)
        self._tokens.remove(known)
        session = secrets.token_urlsafe(32)
        self._sessions.add(session)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self.cookie, session, httponly=True, samesite="strict", path="/")
        return answer

    def _ours(self, request: Request) -> bool:
        return request.headers.get("origin", "") in {f"http://{host}" for host in self._hosts}
