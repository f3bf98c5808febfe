"""A receiver of webhooks that keeps what it hears, and is not always well."""
import json
import random
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver:
    """Listens on 127.0.0.1. A message now and then is refused once (503), and now and then one is heard and not answered:
    Rounds has to tell it again, with the same id and the same body."""

    def __init__(self, seed: int):
        self.heard = []       # (webhook-id, body), as they came
        self.refused = set()  # ids not taken the first time
        self.well = False     # takes everything
        self._rng = random.Random(seed)
        self._lock = threading.Lock()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                receiver._take(self)

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, *_):
                pass    # the daemon was killed in the middle of it

        self._server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/hook"

    def _take(self, request: BaseHTTPRequestHandler):
        name = request.headers["webhook-id"]
        length = int(request.headers["Content-Length"])
        body = request.rfile.read(length)
        if len(body) < length:
            return    # the daemon was killed before all was said
        with self._lock:
            luck = 1.0 if self.well or name in self.refused else self._rng.random()
            if luck < 0.06:
                self.refused.add(name)
            if luck >= 0.03:
                self.heard.append((name, body))
        if 0.03 <= luck < 0.06:
            request.close_connection = True
            return
        request.send_response(503 if luck < 0.03 else 204)
        if luck < 0.03:
            request.send_header("Retry-After", "1")
        request.send_header("Content-Length", "0")
        request.end_headers()

    def incidents(self) -> list:
        """The ids of incidents that it has heard of, in the order in which it did."""
        with self._lock:
            bodies = [body for _, body in self.heard]
        return list(dict.fromkeys(json.loads(body)["data"]["incident"]["id"] for body in bodies))
