#!/usr/bin/env python3
"""receiver.py PORT_FILE   what a ticketing system would be: takes Rounds' webhook, checks its signature, prints it.

Writes the port it listens on (127.0.0.1) into PORT_FILE. See docs/webhook.md.
"""
import base64
import hashlib
import hmac
import http.server
import json
import pathlib
import sys

SECRET = b"quickstart"


class Receiver(http.server.BaseHTTPRequestHandler):
    seen = set()

    def do_POST(self):  # noqa: N802  (the name is http.server's)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        event = self.headers.get("webhook-id", "")
        signed = b".".join([event.encode(), self.headers.get("webhook-timestamp", "").encode(), body])
        right = "v1," + base64.b64encode(hmac.new(SECRET, signed, hashlib.sha256).digest()).decode()
        if not hmac.compare_digest(right, self.headers.get("webhook-signature", "")):
            self.answer(401)
            return
        self.answer(200)
        if event not in self.seen:
            self.seen.add(event)
            self.show(json.loads(body))

    def answer(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    @staticmethod
    def show(told):
        incident = told["data"]["incident"]
        what = told["type"].removeprefix("incident.")
        name = incident["subject"].get("name", "Rounds")
        hidden = incident["suppressed"]["count"]
        print(f"the webhook: {incident['id']} {what}: {name} · {incident['summary']['text']} · severity {incident['severity']}"
              + (f" · {hidden} behind it" if hidden else ""), flush=True)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    pathlib.Path(sys.argv[1]).write_text(f"{server.server_port}\n")
    server.serve_forever()
