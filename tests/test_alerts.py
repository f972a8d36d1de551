"""Alerts arrive, at a webhook and by mail, and what cannot be told is an error."""

import socketserver
import threading

import pytest

from onrecord.run.alerts import LostAlertError, send_alert


def test_a_webhook_gets_text_that_calls_nobody(hook):
    send_alert([hook.url], "On Record: run publish failed", "quotes: <!channel> & <http://x>")
    (told,) = hook.received
    assert told == {"text": "On Record: run publish failed\nquotes: &lt;!channel&gt; &amp; &lt;http://x&gt;"}


def test_a_webhook_that_refuses_is_an_error_that_names_no_secret(hook):
    hook.status = 500
    with pytest.raises(LostAlertError, match=r"127\.0\.0\.1") as error:
        send_alert([hook.url + "token"], "subject", "text")
    assert "token" not in str(error.value)


class Mail(socketserver.StreamRequestHandler):
    """The least of a mail server: says yes to everything, keeps what it is told."""

    def handle(self):
        self.wfile.write(b"220 here\r\n")
        in_data = False
        for line in self.rfile:
            self.server.told.append(line.decode().rstrip("\r\n"))
            if in_data and line != b".\r\n":
                continue
            in_data = line.upper() == b"DATA\r\n"
            self.wfile.write(b"354 go on\r\n" if in_data else b"250 yes\r\n")


def test_mail_goes_to_everybody_named_and_one_lost_target_keeps_no_other_from_being_told():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mail) as server:
        server.daemon_threads, server.told = True, []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        mail = f"smtp://127.0.0.1:{port}?to=a@example.org&to=b@example.org&from=onrecord@example.org"
        with pytest.raises(LostAlertError, match="could not tell 127"):
            send_alert(["http://127.0.0.1:9/", mail], "no\nnews", "Nothing new.")
        server.shutdown()
    assert {"Subject: no news", "To: a@example.org, b@example.org", "Nothing new."} <= set(server.told)
    assert {line.split(" ")[0] for line in server.told if line.startswith("rcpt")} == {"rcpt"}
