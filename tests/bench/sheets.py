"""What it costs to bring in a register of 5,000 rows.

Each thing is done in a process of its own, as the page does it, so that its peak of memory is its own: that of the
process, or of the child that parses the file for it, whichever is more.
"""

import datetime
import io
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.costs import Cost, verdict

ROWS, IN_A_REPORT = 5_000, 20
MEGABYTES = 300
HEADINGS = ("Our ref", "Report", "Published", "Rec No", "Type", "Recommendation", "Exec lead", "Business lead",
            "Deadline", "Target date", "RAG", "Status", "Force update", "OPCC comment", "HMICFRS status")  # fmt: skip
MEANINGS = {
    "rag": dict.fromkeys(("red", "amber", "green"), "nothing"),
    "status": {"on-going": "stage:in_progress", "discharged": "closed:implemented"},
    "inspectorate_status": {"open": "being_progressed", "closed": "complete"},
    "assurance": {"": "partly_assured"},
}
LINE = "  {:38}{:7.2f} s {:7.2f} s {:5.0f} MB   {}"


def bench_sheets(today: datetime.date) -> None:
    """Print what each thing costs in the database that was loaded, with what it may cost."""
    from recommendations.models import Force

    forces = list(Force.objects.order_by("pk")[:2])
    print(f"\nSpreadsheets: a register of {ROWS:,} rows; by the clock, of the processor, peak memory.")
    with tempfile.TemporaryDirectory(prefix="oversight-sheets-") as folder:
        file = Path(folder) / "register.xlsx"
        file.write_bytes(register_file(ROWS, today))
        print(f"  {file.name} of {file.stat().st_size / 2**20:.1f} MB, 15 columns, two dated updates in a cell.")
        mapping = Path(folder) / "mapping.json"
        undated_on = f"{today - datetime.timedelta(days=30):%d/%m/%Y}"
        mapping.write_text(json.dumps({"meanings": MEANINGS, "undated_on": undated_on}))
        say("read, ask and guess", do("choose", str(file), forces[0].slug, str(mapping)), None)
        say("preview: every row, as the page", best("preview"), 5)
        say("bring in, as the page", do("bring_in"), 15)
        say("preview again: all unchanged", best("preview"), 5)
        say("undo the import", do("undo"), None)
        given = ("import_register", str(file), "--force", forces[1].slug, "--mapping", str(mapping), "--json")
        say("the command, from start to end", do("command", "manage.py", *given), 20)


def say(what: str, cost: Cost, most: float | None) -> None:
    """One line of the table."""
    aim = f"aim {most:g} s and {MEGABYTES} MB: " if most else f"aim {MEGABYTES} MB: "
    told = {verdict(cost.seconds, most or cost.seconds), verdict(cost.megabytes, MEGABYTES)}
    print(LINE.format(what, *cost, aim + ("missed" if "missed" in told else "met")), flush=True)


def best(what: str, *arguments: str) -> Cost:
    """Do one thing three times, and take the least of each figure: other work falls on some of them."""
    return Cost(*map(min, zip(*(do(what, *arguments) for _ in range(3)), strict=True)))


def do(what: str, *arguments: str) -> Cost:
    """Do one thing in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.sheets", what, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{what}: {done.stderr[-3000:]}")
    return Cost(*json.loads(done.stdout.splitlines()[-1]))


def register_file(rows: int, today: datetime.date) -> bytes:
    """A register as an office kept it: the same for the same day."""
    from openpyxl import Workbook

    book, dice = Workbook(write_only=True), random.Random(55)
    sheet = book.create_sheet("Register")
    sheet.append(HEADINGS)
    for place in range(rows):
        sheet.append(_row(dice, place, today))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _row(dice: random.Random, place: int, today: datetime.date) -> tuple:
    from tests.bench.words import LEADS, paragraph

    report, number = divmod(place, IN_A_REPORT)
    published = today - datetime.timedelta(days=300 + report * 9)
    due = published + datetime.timedelta(days=200)
    is_closed = dice.random() < 0.4
    days = [published + datetime.timedelta(days=90 + 40 * each) for each in (1, 0)]
    return (
        f"OLD/{place:05}",
        f"Report {report} on policing, {published:%B %Y}",
        published,
        str(number + 1),
        "AFI" if place % 9 == 0 else "Rec",
        paragraph(dice, 350),
        dice.choice(LEADS),
        f"Head of {number}",
        f"{due:%d/%m/%Y}" if place % 2 else due,
        f"{due.day} {due:%B %Y}",
        dice.choice(("Red", "Amber", "Green")),
        "Discharged" if is_closed else "On-going",
        "\n".join(f"{day:%d/%m/%y} - {paragraph(dice, 150)}" for day in days),
        paragraph(dice, 100) if place % 4 == 0 else "",
        "Closed" if is_closed else "Open",
    )


# -- in the process of its own


def choose(file: str, slug: str, mapping: str) -> None:
    """Upload the file, see the page of its columns and words, and answer what it asks."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.urls import reverse

    from recommendations.domain.imports.drafts import keep_answers

    sent = {"document": SimpleUploadedFile("register.xlsx", Path(file).read_bytes()), "force": slug}
    _good(_officer().post(reverse("bring_in"), sent, follow=True))
    draft = _draft()
    keep_answers(draft=draft, answers=draft.answers | json.loads(Path(mapping).read_text()))


def preview():
    """The page that shows every row."""
    from django.urls import reverse

    return _good(_officer().get(reverse("check_sheet", args=[_draft().token])))


def bring_in():
    """The button of that page; what is shown before is not counted."""
    from django.urls import reverse

    page = _inputs(preview())
    address = reverse("check_sheet", args=[_draft().token])
    return lambda: _good(_officer().post(address, page | {"do": "bring-in"}, follow=True))


def undo():
    """Undo the latest import."""
    from django.utils import timezone

    from recommendations.domain.imports import undo as sheet_undo
    from recommendations.models import SheetImport

    latest = SheetImport.objects.first()
    return lambda: sheet_undo.undo(sheet_import=latest, reason="Measured.", by=_person(), at=timezone.now())


def command(*arguments: str) -> None:
    """A command of manage.py, from the start of its process to the end."""
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


def _person():
    from recommendations.models import User

    return User.objects.get(email="hannah@bench.example.org")


def _officer():
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(_person(), backend="recommendations.sign_in.EmailBackend")
    return client


def _draft():
    from recommendations.models import SheetDraft

    return SheetDraft.objects.order_by("-at").first()


def _good(response):
    if response.status_code != 200:
        raise SystemExit(f"{response.request['PATH_INFO']} answers {response.status_code}.")
    return response


def _inputs(response) -> dict:
    from selectolax.lexbor import LexborHTMLParser

    fields = LexborHTMLParser(response.content.decode()).css("main form[method=post] input[name]")
    return {field.attributes["name"]: field.attributes.get("value") or "" for field in fields}


def _processor() -> float:
    """Seconds that this process and those that it started took of a processor; the database server's are not in it."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _peak() -> float:
    """In megabytes. The system's figure for a process counts what it was started from, so its own is read elsewhere."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(int(status["VmHWM"].split()[0]), children) / 1024


def main() -> None:
    """Do what the arguments name; print seconds and megabytes. What a function returns to be called is what counts."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oversight.settings")
    django.setup()
    what, *arguments = sys.argv[1:]
    start = time.perf_counter(), _processor()
    later = {each.__name__: each for each in DOES}[what](*arguments)
    if callable(later):
        start = time.perf_counter(), _processor()
        later()
    print(json.dumps([time.perf_counter() - start[0], _processor() - start[1], _peak()]))


DOES = (choose, preview, bring_in, undo, command)

if __name__ == "__main__":
    main()
