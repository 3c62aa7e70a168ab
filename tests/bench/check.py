"""What a mark costs on the check of a document of 20 and of 300 pages: python -m tests.bench.check.

Seconds of a processor for the answer that the script gets, and for what it asks before: the lines that would follow.
Each mark is made in turn and undone, and the best of three is printed.
"""

import re
import tempfile
import time

from tests.bench.__main__ import settings

SIZES = ((26, "20 pages", 0.1), (466, "300 pages", 1.0))  # how often the middle stands in it, and the aim in seconds
MARKS = ((14, "comment"), (30, "narrative"), (45, "recommendation"))
TIMES = 3
HEAD = """HMICFRS: Somebody to turn to, an inspection of how forces support victims

Response from: Police and Crime Commissioner for the Marches

I welcome this report. My survey of victims in the spring found the same."""
MIDDLE = """Recommendation {first}. By 31 March 2027 every force should tell a victim who looks after their case.

Westmarch Police: Accepted. Names go out by text message since May.

Commissioner: I accept this and will look at the figures each quarter.

Recommendation {second}. With immediate effect forces should:

(a) ask each victim how they want to be kept informed; and

(b) record the answer where every officer in the case can read it.

Commissioner: I have asked for a workaround.

Forces and the Ministry of Justice should agree, within six months, one leaflet on what a victim can expect.

We agree with the inspectors and will press the Ministry for a date.

Twice a year forces should publish how many victims left a case, and why.

We will put the figures on our website from April."""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="oversight-bench-") as folder:
        settings(folder, sqlite=True)
        import django

        django.setup()
        from django.core.management import call_command
        from django.test.utils import setup_test_environment

        setup_test_environment()
        call_command("migrate", verbosity=0, skip_checks=True)
        client, by, force = _office()
        for number, pages, aim in SIZES:
            _measure(client, _document(by, force, number), pages, aim)


def _office():
    import datetime

    from django.test import Client

    from recommendations.models import Force
    from tests.bench.data import Size, load

    office = load(Size(forces=1, tracked=200, dated=2_000), datetime.date.today())  # noqa: DTZ011  # any day
    client = Client()
    client.force_login(office.editors[0])
    return client, office.editors[0], Force.objects.first()


def _document(by, force, number: int):
    from django.utils import timezone

    from recommendations.domain.responses.document_drafts import keep_document
    from recommendations.exchange.documents_in.lines import lines_of_text
    from recommendations.forms.documents_in.document import UploadedDocument

    middle = (MIDDLE.format(first=2 * each + 1, second=2 * each + 2) for each in range(number))
    rows = UploadedDocument("", tuple(lines_of_text("\n\n".join([HEAD, *middle])))).rows
    typed = {"force": str(force.pk), "published_on": "13 October 2026", "responded_on": "1 December 2026"}
    return keep_document(by=by, at=timezone.now(), kind="response", name="x.txt", lines=rows, typed=typed)


def _measure(client, draft, pages: str, aim: float) -> None:
    url = draft.get_absolute_url()
    page = client.get(url)
    if page.status_code != 200:
        raise SystemExit(f"{url}: {page.status_code}")
    has = _signatures(page)
    shown = ",".join(f"{number}-{number}" for number in re.findall(r'data-line="(\d+)"', page.content.decode()))

    def press(do: str, line: int):
        draft.refresh_from_db()
        sent = {"do": do, "first": line, "line": line, "version": draft.version, "part": "1", "shown": shown}
        answer = client.post(url, sent | {"has": " ".join(f"{name}={sign}" for name, sign in has.items())})
        has.update(_signatures(answer))
        return answer

    print(f"A mark in {pages}, {len(draft.lines)} lines, at most {aim:g} s of a processor:")
    for line, role in MARKS:
        asked, marked = [], []
        for _ in range(TIMES):
            asked.append(_seconds(lambda line=line: client.get(url, {"follows": f"{line}-{line}"})))
            marked.append(_seconds(lambda line=line, role=role: press(f"mark:{role}", line)))
            press("undo", line)
        verdict = "" if min(marked) <= aim else "  MISSED"
        print(
            f"  line {line} as {role:<15} {min(marked):5.2f} s, asked before {min(asked):5.2f} s{verdict}", flush=True
        )


def _signatures(page) -> dict[str, str]:
    return dict(re.findall(r'id="([^"]+)"[^>]*data-sign="([^"]+)"', page.content.decode()))


def _seconds(act) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


if __name__ == "__main__":
    main()
