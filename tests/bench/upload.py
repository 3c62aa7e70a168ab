"""What a file of 50 MB on a record costs a worker: python -m tests.bench.upload.

One worker of gunicorn, asked for pages until it rests; then files are attached as a browser sends them, and fetched.
The peak of its memory over its rest and its processor's seconds are printed for each kind of file.
"""

import datetime
import http.client
import io
import os
import secrets
import tempfile
import zipfile
from pathlib import Path

from tests.bench.__main__ import settings
from tests.bench.costs import TICKS

SIZE = 50 * 1024 * 1024
MOST = 100  # megabytes over rest


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="oversight-bench-") as folder:
        settings(folder, sqlite=True)
        os.environ |= {"WEB_WORKERS": "1", "FILES_TO": str(Path(folder) / "files")}
        import django

        django.setup()
        _measure(*_office())


def _office():
    from django.core.management import call_command

    from recommendations.models import TrackedRecommendation
    from tests.bench.data import Size, load

    call_command("migrate", verbosity=0, skip_checks=True)
    office = load(Size(forces=1, tracked=200, dated=2_000), datetime.date.today())  # noqa: DTZ011  # any day
    return office.editors[0], TrackedRecommendation.objects.first().pk


def _measure(person, tracked: int) -> None:
    from tests.bench.server import Browser, serving

    with serving() as server:
        browser = Browser(server, person)
        for _ in range(6):
            browser.ask(f"/recommendations/{tracked}/")
        rest = server.peak()
        for name, content in _files():
            server.forget_peak()
            before = _seconds(server)
            _attach(server, browser, tracked, name, content)
            over = server.peak() - rest
            verdict = "" if over <= MOST else f": MORE THAN {MOST}"
            print(f"{name}: {over:.0f} MB over {rest:.0f}{verdict}, {_seconds(server) - before:.1f} s of a processor")


def _files():
    """A PDF, a document and a text, each of 50 MB less a little for what stands around it."""
    noise = secrets.token_bytes(SIZE - 100_000)
    yield "large.pdf", b"%PDF-1.7\n" + noise + b"\n%%EOF"
    yield "large.docx", _document(noise)
    yield "large.txt", b"All in one line of words, again and again.\n" * ((SIZE - 100_000) // 43)


def _document(noise: bytes) -> bytes:
    import docx

    made = io.BytesIO()
    docx.Document().save(made)
    with zipfile.ZipFile(made, "a") as package:
        package.writestr("word/media/image1.png", noise)
    return made.getvalue()


def _attach(server, browser, tracked: int, name: str, content: bytes) -> None:
    from tests.bench.server import TOKEN

    mark = secrets.token_hex(16)
    head = f'--{mark}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{TOKEN}\r\n--{mark}\r\n'
    head += f'Content-Disposition: form-data; name="chosen"; filename="{name}"\r\nContent-Type: application/x\r\n\r\n'
    body = head.encode() + content + f"\r\n--{mark}--\r\n".encode()
    headers = {"Cookie": browser.cookie, "Content-Type": f"multipart/form-data; boundary={mark}"}
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("POST", f"/files/recommendation/{tracked}/attach/", body, headers)
    response = connection.getresponse()
    if response.status != 302:
        raise SystemExit(f"{name}: {response.status} {response.read().decode()[-3000:]}")
    connection.close()


def _seconds(server) -> float:
    """What the worker has taken of a processor, with the readers that it started."""
    fields = Path(f"/proc/{server.workers()[0]}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS


if __name__ == "__main__":
    main()
