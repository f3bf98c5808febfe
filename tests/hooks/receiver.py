"""receiver.py BEHAVIOUR [SECRET [CERTIFICATE KEY]]: a webhook receiver on a free port of 127.0.0.1.

Says its port in the first line of standard output, then one JSON line per request: what it got, and whether the
signature fits SECRET (whsec_…). Ends with its standard input. BEHAVIOUR is the answer to each request in turn, the
last for all that follow, separated by commas: a status (200, 503;Retry-After=7), or one of the ways to misbehave below.
"""
import base64
import hashlib
import hmac
import json
import os
import socket
import ssl
import struct
import sys
import threading
import time

behaviours = sys.argv[1].split(",")
secret = sys.argv[2] if len(sys.argv) > 2 else ""
lock = threading.Lock()
served = 0


def say(**what):
    try:
        with lock:
            print(json.dumps(what), flush=True)
    except BrokenPipeError:
        os._exit(0)  # the test has ended


def fits(headers: dict, body: bytes) -> bool:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    text = f"{headers.get('webhook-id')}.{headers.get('webhook-timestamp')}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()
    return hmac.compare_digest(expected, headers.get("webhook-signature", ""))


def read_request(connection):
    """(first line, headers, body); None when the connection is at its end."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return None
        data += more
    head, body = data.split(b"\r\n\r\n", 1)
    lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines[1:])}
    while len(body) < int(headers.get("content-length", 0)):
        body += connection.recv(65536)
    return lines[0], headers, body


def drip(connection):
    for byte in b"HTTP/1.1 200 OK\r\nX: slow\r\n\r\n" * 1000:
        connection.sendall(bytes([byte]))
        time.sleep(0.1)


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def for_ever(connection, head: bytes, piece: bytes, pause: float):
    connection.sendall(head)
    while True:
        connection.sendall(piece)
        if pause:
            time.sleep(pause)


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: "
MISBEHAVE = {
    "hang": lambda c: time.sleep(600),
    "drip": drip,
    "drip-headers": lambda c: for_ever(c, b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", 0.1),
    "drip-body": lambda c: for_ever(c, OK + b"1000000\r\n\r\n", b"x", 0.1),
    "flood": lambda c: for_ever(c, OK + b"100000000\r\n\r\n", b"x" * 65536, 0),
    "flood-chunks": lambda c: for_ever(c, CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n", 0),
    "flood-headers": lambda c: for_ever(c, b"HTTP/1.1 200 OK\r\n", b"X: " + b"y" * 1000 + b"\r\n", 0),
    "flood-one-header": lambda c: for_ever(c, b"HTTP/1.1 200 OK\r\nX: ", b"y" * 65536, 0),
    "flood-interim": lambda c: for_ever(c, b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0),
    "reset": reset,                                                      # having read the whole body
    "close": lambda c: None,
    "short": lambda c: c.sendall(OK + b"1000\r\n\r\nonly this"),
    "nonsense": lambda c: c.sendall(b"SSH-2.0-OpenSSH_9.2p1 Debian\r\n"),
    "redirect": lambda c: c.sendall(f"HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:{port}/elsewhere"
                                    "\r\nContent-Length: 0\r\n\r\n".encode()),
    "redirect-file": lambda c: c.sendall(b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n"
                                         b"Content-Length: 0\r\n\r\n"),
}


def answer(connection, behaviour: str) -> bool:
    """True when the connection may serve another request."""
    if behaviour in MISBEHAVE:
        MISBEHAVE[behaviour](connection)
        return False
    status, _, header = behaviour.partition(";")
    lines = [f"HTTP/1.1 {status} Said", "Content-Length: 2"]
    if header:
        lines.append(header.replace("=", ": ", 1))
    connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode() + b"ok")
    return True


def serve(connection):
    global served
    try:
        if len(sys.argv) > 4:
            connection = context.wrap_socket(connection, server_side=True)
        while request := read_request(connection):
            first, headers, body = request
            with lock:
                behaviour = behaviours[min(served, len(behaviours) - 1)]
                served += 1
            say(request=first, headers=headers, body=body.decode("utf-8"),
                signed=bool(secret) and fits(headers, body))
            if not answer(connection, behaviour):
                break
    except OSError as error:
        say(ended=type(error).__name__)
    finally:
        connection.close()


def end_with_standard_input():
    while sys.stdin.buffer.read(1):
        pass
    os._exit(0)


listener = socket.create_server(("127.0.0.1", 0), backlog=100)
port = listener.getsockname()[1]
if len(sys.argv) > 4:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[3], sys.argv[4])
print(port, flush=True)
threading.Thread(target=end_with_standard_input, daemon=True).start()
while True:
    accepted, _ = listener.accept()
    threading.Thread(target=serve, args=(accepted,), daemon=True).start()
