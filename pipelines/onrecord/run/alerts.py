"""Messages to those who run this: to a webhook that takes {"text": ...}, as chat services do, or by mail.

https://hooks.example.org/services/...                                    POST of JSON
smtp://user:password@mail.example.org:587?to=news@example.org             mail, encrypted if the server can
smtps://user:password@mail.example.org:465?to=a@example.org&from=b@example.org
"""

import html
import json
import smtplib
import urllib.request
from collections.abc import Sequence
from email.message import EmailMessage
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from onrecord.errors import UserError

TIMEOUT = 20  # seconds
_LONGEST = 3_000  # characters; chat services refuse long messages
_SCHEMES = ("http", "https", "smtp", "smtps")


class AlertError(UserError):
    """An alert that goes nowhere; the kinds below say why."""


class AlertTargetError(AlertError):
    """An address that alerts cannot go to."""

    code = "OR125"


class LostAlertError(AlertError):
    """Targets that did not take an alert; the message names their hosts."""

    code = "OR126"


def check_target(target: str) -> SplitResult:
    """The parts of a target's address. AlertTargetError, without what it may hold of credentials, if it is none."""
    try:
        parts = urlsplit(target)
        usable = parts.scheme in _SCHEMES and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable:
        raise AlertTargetError("an alert goes to an address that starts with https://, http://, smtp:// or smtps://")
    if parts.scheme.startswith("smtp") and not parse_qs(parts.query).get("to"):
        raise AlertTargetError(f"{parts.scheme}://{parts.hostname} needs ?to=ADDRESS")
    return parts


def send_alert(targets: Sequence[str], subject: str, text: str) -> None:
    """Tell every target; LostAlertError, after the last one, that names the hosts which could not be told."""
    lost = []
    for target in targets:
        parts = check_target(target)
        try:
            if parts.scheme.startswith("smtp"):
                _mail(parts, subject, text[:_LONGEST])
            else:
                _post(target, f"{subject}\n{text}"[:_LONGEST])
        except (OSError, smtplib.SMTPException) as error:  # urllib's errors are OSErrors
            lost.append(f"{parts.hostname} ({error})")
    if lost:
        raise LostAlertError(f"could not tell {', '.join(lost)}: {subject}")


def _post(url: str, text: str) -> None:
    # Article text is hostile: in chats <...> is a link or calls everybody.
    body = json.dumps({"text": html.escape(text, quote=False)}).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
        answer.read()


def _mail(parts: SplitResult, subject: str, text: str) -> None:
    given = parse_qs(parts.query)
    message = EmailMessage()
    message["Subject"] = " ".join(subject.split())
    message["To"] = ", ".join(given["to"])
    message["From"] = given.get("from", given["to"])[0]
    message.set_content(text)
    host, port = str(parts.hostname), parts.port
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    with kind(host, port or (465 if parts.scheme == "smtps" else 587), timeout=TIMEOUT) as server:
        if kind is smtplib.SMTP and server.has_extn("starttls"):
            server.starttls()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)
