"""Hostile inputs by the thousand: texts in every form, values of every parameter, tampered files, unreadable bodies.

Each is sent by somebody who may send it, so that it gets as far as it can, and is undone afterwards.
"""

import random
import resource
import sys
import time
import zipfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from recommendations.domain.people.sessions import BEGUN
from tests.exchange.readers.test_hostile_spreadsheets import processor_seconds
from tests.makers.pdf_file import lines_at, pdf_file
from tests.makers.spreadsheet_file import HEADINGS, excel_file
from tests.makers.word_file import para, table, word_file, zipped
from tests.security.filled.forms import Form, forms
from tests.security.matrix import lines
from tests.security.walk import expected
from tests.snapshots import undone

SECONDS, MEGABYTES = 10, 300  # of a processor, and more than when the first was sent
SEEN_EVERY = 5 * 60  # seconds of the clock, after which whoever sends them has just been seen

TEXTS = (
    *("", " ", "\x00", "a\x00b", "\ud800", "\ufffe\uffff", "\u202e\u2066evil\u2069", "\u200b\ufeff", "e\u0301" * 300),
    *("'", "''; DROP TABLE recommendations_force; --", "%s%s%n", "{0.__class__}", "{{ 7|add:7 }}{% load x %}", "$(id)"),
    *("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "]]>", "&#0;&#x110000;"),
    *("=cmd|'/c calc'!A0", "../../../../etc/passwd", "\\\\host\\share", "file:///etc/passwd", "http://[::1", "//"),
    *("-1", "0", "1e999", "NaN", "١٢٣", "9" * 30, "9" * 5000, "0x10", "1_0", "2147483648", "9223372036854775808", "½"),
    *("31/2/2026", "0000-00-00", "9999-12-31", "1/1/1", "tomorrow" * 50, "in 99999999999 years", "10000-01-01", "٣/٤"),
    *("[" * 5000, "{" * 5000, '{"a":' * 3000, "null", "[]", "[[1]]", "true", '{"__proto__": 1}'),
    *("*" * 20_000, "_a" * 10_000, "[a](" * 5_000, "`" * 9_999, "> " * 5_000, "[^1]: " * 3_000, "|a" * 4_000),
    *("x" * 300_000, "\n" * 50_000, "é" * 100_000, "\r\r\n" * 9_000, "a " * 60_000, "<" * 40_000),
)
TOKENS = (
    b"\x00",
    b"\xff\xfe",
    b"]]>",
    b"<!DOCTYPE x [",
    b"9" * 400,
    b"<a>" * 2_000,
    b'"' * 999,
    b"\r\n" * 500,
    b"%PDF-",
)
# Types of a form, each with a body, that nobody can read as one.
PART = b'--x\r\nContent-Disposition: form-data; name="a"\r\n'
FILE = PART[:-2] + b'; filename="b"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
UNREADABLE = (
    *((f"application/x-www-form-urlencoded; charset={name}", b"a=b") for name in ("utf-7", "idna", "base64", "utf-16")),
    *((f"multipart/form-data; boundary=x; charset={name}", PART + b"\r\nb\r\n--x--") for name in ("utf-7", "base64")),
    ("application/x-www-form-urlencoded; charset=none-such", b"a=b"),
    ("multipart/form-data", b"--x--"),
    ("multipart/form-data; boundary=" + "x" * 300, b"--x--"),
    ("multipart/form-data; boundary=x", FILE + b"abcde\r\n--x--"),
    ("application/x-www-form-urlencoded", b"a&" * 20_001),
)


@dataclass(frozen=True)
class Input:
    """One hostile input: what it is in words, and how it is sent, which returns the status of the answer."""

    what: str
    send: Callable[[], int]


type Maker = Callable[[random.Random], Input]


def grounds(world) -> tuple[Maker, ...]:
    """The four kinds of ground, each a maker of inputs. Most are texts in forms: files take a process each."""
    kinds = (_forms, _addresses, _files, _bodies)
    of_forms, of_addresses, of_files, of_bodies = (_signed_in(world, of(world)) for of in kinds)
    world.seen_at = time.monotonic()
    return (of_forms, of_forms, of_forms, of_forms, of_addresses, of_bodies, of_files)


def _signed_in(world, maker: Maker) -> Maker:
    """The same inputs; a session that one ends is open again afterwards, in the browser as in the database, and none
    runs out on a slow machine: that it was used is undone too."""

    def make(dice: random.Random) -> Input:
        hostile = maker(dice)

        def send() -> int:
            before = [(client, deepcopy(client.cookies)) for client in world.clients.values()]
            try:
                return hostile.send()
            finally:
                for client, cookies in before:
                    client.cookies = cookies

        return Input(hostile.what, send)

    return make


def stay_signed_in(world) -> None:
    """Let everybody have been seen just now."""
    if time.monotonic() - world.seen_at < SEEN_EVERY:
        return
    world.seen_at = time.monotonic()
    for client in world.clients.values():
        session = client.session
        if said := session.get(BEGUN):
            session[BEGUN] = said | {"seen": time.time()}
            session.save()


def _forms(world) -> Maker:
    """Some fields of a form that is filled in well say something else. What is saved is then shown and exported."""
    table, shown = [*forms(world), *_steps(world)], _that_show(world)

    def make(dice: random.Random) -> Input:
        form = dice.choice(table)
        filled = form.filled(world)
        names = sorted({*filled} - {"csrfmiddlewaretoken"})
        hostile = {
            name: dice.choice(TEXTS) for name in dice.sample(names, min(dice.choice((1, 1, 1, 2, 4)), len(names)))
        }
        what = f"{form.name} { ({name: text[:40] for name, text in hostile.items()}) }"
        then = dice.choice(shown)

        def send() -> int:
            answer = _post(world.clients[form.who], form.action, filled | hostile)
            if answer.status_code != 302:
                return answer.status_code
            after = [world.clients[form.who].get(answer.url), world.clients["officer"].get(then)]
            return max(map(_status, after))

        return Input(f"{what}, then {then}", send)

    return make


class Loose(Form):
    """Fields that are sent to an address of which no page has a form: by a script, or by a stranger."""

    def read(self, world) -> tuple[dict, set[str]]:
        return dict(self.typed), set(self.typed)


def _steps(world) -> list[Form]:
    """What the table of forms leaves out, since it changes no record: first steps, scripts and strangers."""

    def of(name: str, args: tuple, typed: dict, who: str, kind: type[Form] = Form, page: str = "") -> Form:
        address = reverse(name, args=args)
        return kind(name, reverse(page, args=args) if page else address, address, typed, who)

    part = {f"narrative-{name}": value for name, value in (("version", 1), ("shown", ""), ("text", "Well."))}
    return [
        of("save_drafts", (world.round_a.pk,), {}, "lead_a", page="round"),
        of("write_comments", (world.invited_a.begun.pk,), {}, "lead_a"),
        of("sheet_columns", (world.book_a.token,), {}, "officer"),
        of("import_report", (), {"text": "Recommendation 1", "force": world.force_a.pk}, "officer"),
        of("save_draft_part", (world.drafts_a.drafting.pk,), part, "officer", Loose),
        of("preview_markdown", (), {"text": "Well."}, "officer", Loose),
        of("save_typed", ("force-update", world.open_a.pk), {"done": "Well."}, "lead_a", Loose),
        of("account_login", (), {"login": "a@example.org", "password": "x"}, "anonymous", Loose),
    ]


def _that_show(world) -> list[str]:
    """Pages and files that show what was saved, each made by a library of its own."""
    tracked, inspection = world.open_a.pk, world.inspection_a.pk
    exports = [reverse("export_register", args=[form]) for form in ("xlsx", "csv", "json", "docx")]
    words = [reverse("tracked_word", args=[tracked]), reverse("inspection_word", args=[inspection])]
    pages = [reverse("history", args=["tracked", tracked]), reverse("home"), reverse("register"), reverse("calendar")]
    return [*exports, *words, *pages, reverse("public_responses"), reverse("public_feed"), reverse("public_json")]


def _addresses(world) -> Maker:
    """Some parameters of a page, by the names that it uses itself, and a text in the place of a slug."""
    askers = ("officer", "administrator", "lead_a", "anonymous")
    pages = [(who, line) for line in lines(world) for who in askers if expected(line, who, "GET") == 200]

    def make(dice: random.Random) -> Input:
        who, line = dice.choice(pages)
        client = world.clients[who]
        names = ["page", "q", *_parameters(client, line.url)]
        chosen = {
            name: dice.choice(TEXTS)[:3_000] for name in dice.sample(names, min(dice.choice((1, 2, 4)), len(names)))
        }
        what = f"{who}: GET {line.url} { ({name: text[:40] for name, text in chosen.items()}) }"
        return Input(what, lambda: _status(client.get(f"{line.url}?{_encoded(chosen)}")))

    return make


def _bodies(world) -> Maker:
    """A form that nobody can read, sent to any address by anybody, with the cookie against forged forms."""
    table, askers = lines(world), ("anonymous", "officer", "lead_a", "administrator")

    def make(dice: random.Random) -> Input:
        who, line, (kind, body) = dice.choice(askers), dice.choice(table), dice.choice(UNREADABLE)
        client, of_forms = world.clients[who], {"HTTP_COOKIE": f"csrftoken={'a' * 32}"}

        def send() -> int:
            client.handler.enforce_csrf_checks = True
            try:
                return _status(client.generic("POST", line.url, body, content_type=kind, **of_forms))
            finally:
                client.handler.enforce_csrf_checks = False

        return Input(f"{who}: POST {line.url} {kind:.60}", send)

    return make


def _post(client, address: str, fields: dict):
    return client.post(address, _encoded(fields), content_type="application/x-www-form-urlencoded")


def _encoded(fields: dict) -> str:
    """As a program could send them that does not care what Unicode allows."""
    return urlencode(fields, doseq=True, errors="surrogatepass")


def _parameters(client, url: str) -> list[str]:
    """The names that a page's own search forms and links use."""
    answer = client.get(url)
    if _status(answer) != 200 or not answer["Content-Type"].startswith("text/html"):
        return []
    page = LexborHTMLParser(answer.content.decode())
    names = {each.attributes["name"] or "" for each in page.css("form[method=get] [name], form:not([method]) [name]")}
    for link in page.css("a[href*='?']"):
        query = (link.attributes["href"] or "").partition("?")[2]
        names |= {part.partition("=")[0] for part in query.split("&")}
    return sorted(filter(None, names))


def _files(world) -> Maker:
    """A file that was good once, on a page that takes one."""
    seeds, pages = _seeds(), _pages(world)

    def make(dice: random.Random) -> Input:
        (name, args, fields), (kind, good) = dice.choice(pages), dice.choice(seeds)
        content = _tampered(good, dice)
        file_name = dice.choice((f"a.{kind}", f"a.{kind}", f"a.{dice.choice(seeds)[0]}", f"\u202e{kind}\x00.{kind}"))
        address = reverse(name, args=args)

        def send() -> int:
            sent = fields | {"document": SimpleUploadedFile(file_name, content)}
            return _status(world.clients["officer"].post(address, sent))

        return Input(f"{name} {file_name!r} of {len(content)} bytes", send)

    return make


def _pages(world) -> list[tuple[str, tuple, dict]]:
    """Every page that takes a file, with what else it asks for."""
    inspection = {"force": world.force_a.pk, "published_on": "15/1/2026", "title": "A report", "kind": "custody"}
    facts = {"do": "record", "signed_by": "A. Rowe", "signed_as": "Chief constable", "dated_on": "1/11/2026"}
    return [
        ("import_report", (), inspection),
        ("import_response", (), inspection),
        ("bring_in", (), {"force": world.force_a.slug}),
        ("bring_in_round_sheet", (world.round_a.pk,), {}),
        ("attach_meeting_file", (world.meetings_a.held.pk,), {"kind": "minutes"}),
        ("paste_attendance", (world.meetings_a.held.pk,), {"text": ""}),
        ("record_comments", (world.asked_a.begun.pk, world.force_a.slug), facts),
    ]


def _seeds() -> list[tuple[str, bytes]]:
    words = "Recommendation 1. By 31 March 2027 the force should test cell call bells daily."
    rows = [HEADINGS, *[(f"R{n}", words, "Rowe", "1/3/2027", "Red") for n in range(4)]]
    cells = [["Recommendation", "Response"], [words, "We agree."]]
    lines_of_csv = [",".join(f'"{cell}"' for cell in row) for row in rows]
    return [
        ("docx", word_file(para(words) + table(*cells))),
        ("xlsx", excel_file(rows)),
        ("pdf", pdf_file(lines_at(700, "Report", words))),
        ("html", f"<html><body><h1>Report</h1><p>{words}</p><table><tr><td>a</table></body></html>".encode()),
        ("csv", "\n".join(lines_of_csv).encode()),
        ("txt", f"Report\n\n{words}\n\nForce response\nWe agree.".encode()),
    ]


def _tampered(good: bytes, dice: random.Random) -> bytes:
    """The file with something changed; of a package half the time inside one part, so that the whole stays readable."""
    if good.startswith(b"PK") and dice.random() < 0.7:
        package = zipfile.ZipFile(BytesIO(good))
        parts = {name: package.read(name) for name in package.namelist()}
        name = dice.choice(sorted(parts))
        return zipped(parts | {name: _spoilt(parts[name], dice)})
    return _spoilt(good, dice)


def _spoilt(content: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(content) + 1)
    to = min(at + dice.choice((1, 8, 200)), len(content))
    match dice.randrange(5):
        case 0:
            return content[:at]
        case 1:
            return content[:at] + dice.choice(TOKENS) + content[at:]
        case 2:
            return content[:at] + dice.randbytes(to - at) + content[to:]
        case 3:
            return content[:at] + content[at:to] * 500 + content[to:]
        case _:
            return content[:at] + dice.choice(TEXTS).encode("utf-8", "replace")[:20_000] + content[to:]


def _status(answer) -> int:
    """The status of an answer that is read to its end."""
    answer.getvalue()
    return answer.status_code


def megabytes(who: int) -> float:
    """The most memory that this process (or the largest of its children) ever had."""
    return resource.getrusage(who).ru_maxrss / 1024


def largest_so_far() -> float:
    """The most memory that this process or one of its children ever had."""
    return max(megabytes(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def sent(makers: tuple[Maker, ...], number: int, seed: int, world=None) -> list[str]:
    """Send so many; return what was answered with an error of ours, or took too much time or memory.

    Each is written to standard error as it is found: `-s` shows it. A child begins as large as the process that starts
    it, and has as much again as that may have.
    """
    dice, wrong = random.Random(seed), []
    for place in range(number):
        if world:
            stay_signed_in(world)
        with undone():  # a page that is read for its form may record that
            hostile = makers[place % len(makers)](dice)
        most = megabytes(resource.RUSAGE_SELF) + MEGABYTES
        before = largest_so_far()
        status, seconds, largest = _measured(hostile)
        if status != "" or seconds > SECONDS or largest > max(most, before):
            wrong.append(f"{status} {seconds:.1f} s, {largest:.0f} of {most:.0f} MB: {hostile.what}")
            sys.stderr.write(f"{place} of {number}: {wrong[-1]}\n")
    return wrong


def _measured(hostile: Input) -> tuple[str, float, float]:
    """The error that it is answered with ("" for none), the seconds of a processor, and the most memory so far."""
    began = processor_seconds()
    with undone():
        try:
            status = hostile.send()
            error = f"{status}" if status >= 500 else ""
        except Exception as raised:  # what a person would see as a page that says 500
            error = f"{raised!r:.300}"
    return error, processor_seconds() - began, largest_so_far()
