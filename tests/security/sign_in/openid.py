"""A provider of our own on this machine, which answers as Microsoft Entra does, and misbehaves when it is told to."""

import base64
import hashlib
import json
import secrets
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "0a1b2c3d-client", "a secret of the office"
OBJECT_ID = "1f3e0c52-9a1b-4c7d-8e2f-0123456789ab"


class Provider(ThreadingHTTPServer):
    """`claims` are those of whoever signs in next; `spoil` changes them, and `answers` what an address answers."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Answers)
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.url = f"http://localhost:{self.server_port}/tenant/v2.0"
        self.reset()
        Thread(target=self.serve_forever, daemon=True).start()

    def reset(self) -> None:
        self.claims, self.spoil, self.answers, self.codes = {}, {}, {}, {}
        self.signed_with, self.key_name, self.asked = self.key, "first", {}
        self.seen: list[str] = []  # the pages that were asked for

    def configuration(self) -> dict:
        pages = {"authorization": "authorize", "token": "token", "end_session": "logout"}
        found = {f"{name}_endpoint": f"{self.url}/{page}" for name, page in pages.items()}
        return found | {"issuer": self.url, "jwks_uri": f"{self.url}/keys"}

    def keys(self) -> dict:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "first", "use": "sig"}]}

    def come_back_with(self, asked: dict[str, str]) -> dict[str, str]:
        """What a browser is sent back with, once somebody has signed in there."""
        code, self.asked = secrets.token_urlsafe(8), asked
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def token(self, sent: dict[str, str]) -> dict:
        """Take a code once, from whoever asked for it."""
        asked = self.codes.pop(sent.get("code", ""), None)
        if asked is None or (sent.get("client_id"), sent.get("client_secret")) != (CLIENT, SECRET):
            return {"error": "invalid_grant"}
        challenge = base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest()).rstrip(b"=")
        if challenge.decode() != asked["code_challenge"] or sent["redirect_uri"] != asked["redirect_uri"]:
            return {"error": "invalid_grant"}
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": self._signed(asked["nonce"])}

    def _signed(self, nonce: str) -> str:
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "nbf": now, "exp": now + 600, "nonce": nonce}
        claims |= {"oid": OBJECT_ID, "sub": "pairwise", "amr": ["pwd", "mfa"]} | self.claims | self.spoil
        given = {name: value for name, value in claims.items() if value is not None}
        named = {"kid": self.key_name} if self.key_name else None
        return jwt.encode(given, self.signed_with, algorithm="RS256", headers=named)


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        page, provider = urlsplit(self.path).path.rpartition("/")[2], self.server
        provider.seen.append(page)
        asked = {name: values[-1] for name, values in parse_qs(urlsplit(self.path).query).items()}
        if page == "authorize":
            back = urlencode(provider.come_back_with(asked))
            return self._page(f'<title>Microsoft</title><a href="{asked["redirect_uri"]}?{back}">Sign in</a>')
        if page == "logout":
            return self._page("<title>Microsoft</title><h1>Signed out</h1>")
        return self._json(page, {"openid-configuration": provider.configuration, "keys": provider.keys}[page]())

    def do_POST(self):
        self.server.seen.append(page := urlsplit(self.path).path.rpartition("/")[2])
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._json(page, self.server.token({name: values[-1] for name, values in parse_qs(body).items()}))

    def _json(self, page: str, found: dict) -> None:
        status, text = self.server.answers.get(page, (200, json.dumps(found)))
        self._send(status, "application/json", text)

    def _page(self, text: str) -> None:
        self._send(200, "text/html; charset=utf-8", text)

    def _send(self, status: int, kind: str, text: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if 300 <= status < 400:
            self.send_header("Location", text)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *args):
        """Nothing: the tests say what went wrong."""
