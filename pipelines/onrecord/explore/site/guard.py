"""Who is answered: one reader, on this machine.

Whoever has the address that `onrecord explore` prints gets a cookie, without which nothing is answered: not to other
users of this machine, and not to web pages that another site has opened in the same browser. The Host header must name
this machine, so that no foreign name can be made to lead here.
"""

import hmac
import secrets

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

HOST = "127.0.0.1"


def new_token() -> str:
    return secrets.token_urlsafe(24)


class Guard:
    """Answers only to whoever has the token, asking this machine by its own name."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self._app, self._token = app, token
        self._hosts = {f"{name}:{port}" for name in (HOST, "localhost", "[::1]")}
        self._cookie = f"onrecord_{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await self._answer(Request(scope), scope, receive, send)

    async def _answer(self, request: Request, scope: Scope, receive: Receive, send: Send) -> None:
        answer: ASGIApp = self._app
        if request.headers.get("host", "") not in self._hosts:
            answer = PlainTextResponse("This explorer answers only on the machine that it runs on.", 403)
        elif request.url.path == "/" and self._is_ours(request.query_params.get("token", "")):
            redirect = RedirectResponse("/", 303)
            redirect.set_cookie(self._cookie, self._token, httponly=True, samesite="strict")
            answer = redirect
        elif not self._is_ours(request.cookies.get(self._cookie, "")):
            answer = PlainTextResponse("Open the address that `onrecord explore` printed: it holds a token.", 403)
        elif request.method == "POST" and not self._is_from_our_page(request):
            answer = PlainTextResponse("Only pages of this explorer may send this, as application/json.", 403)
        await answer(scope, receive, send)

    def _is_ours(self, token: str) -> bool:
        return hmac.compare_digest(token.encode(), self._token.encode())

    def _is_from_our_page(self, request: Request) -> bool:
        origin = request.headers.get("origin")
        same = origin is None or origin.removeprefix("http://") in self._hosts
        return same and request.headers.get("content-type", "").split(";")[0] == "application/json"
