"""What people wait for besides pages: saves, a change of many, exports, a force's paper. Over HTTP, as the pages."""

import datetime
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

from django.urls import reverse
from django.utils import timezone

from recommendations.domain.register.export.large_files import is_large
from recommendations.domain.register.voices import log_force_update
from recommendations.domain.similar.queries import similar_to, texts_of
from recommendations.models import ScrutinyReport, TrackedRecommendation
from tests.bench.costs import verdict
from tests.bench.data import Office
from tests.bench.server import Answer, Browser, Server, form_of
from tests.bench.timing import clocks, p50, p95

SAVES, CHANGED, TIMES = 64, 500, 3
TIMES_ADMIN, SAVES_A_SECOND, CHANGED_MS, EXPORT_S, EXPORT_MB, PAPER_S = 2.5, 40, 1500, 1.2, 150, 2
ASKED, SIMILAR_MS = 100, 50
LOOK = 0.1  # seconds between two looks at what is being made
LINE = "{:46}{}"


def bench_work(server: Server, office: Office, draft: ScrutinyReport) -> None:
    """Print what each takes, with its aim."""
    print(f"\nWork, over HTTP. Best of {TIMES} where it is done {TIMES} times.\n")
    bench_saves(server, office)
    bench_many(server, office)
    for form in ("xlsx", "csv"):
        bench_export(server, office, form)
    bench_paper(server, office, draft)
    bench_similar(office)


def say(what: str, told: str, *judged: tuple[float, float]) -> None:
    """A line: what, its figures, and the worst verdict of (figure, the most it may be)."""
    verdicts = {verdict(value, most) for value, most in judged}
    print(LINE.format(what, f"{told}: {'missed' if 'missed' in verdicts else 'met'}" if verdicts else told), flush=True)


def bench_saves(server: Server, office: Office) -> None:
    """One update at a time, beside the admin's form; then 64 by eight people at once."""
    records = list(TrackedRecommendation.objects.open().order_by("pk")[: SAVES * 2])
    officer, add = Browser(server, office.officer), reverse("bench:recommendations_forceupdate_add")
    saved = [_send(officer, *_filled_in(officer, record)) for record in records[:SAVES]]
    administrator = Browser(server, office.administrator)
    fields = {"effective_on": f"{office.today:%d/%m/%Y}", "stage": "in_progress", "done": "Done.", "_save": "Save"}
    fields |= {"recorded_at_0": f"{office.today:%d/%m/%Y}", "recorded_at_1": "10:00"}
    plain = [
        _send(
            administrator,
            add,
            form_of(administrator.ask(add).body, "main form[method=post]") | fields | {"tracked": record.pk},
        )
        for record in records[:SAVES]
    ]
    ratio = p50(clocks(saved)) / p50(clocks(plain))
    for name, answers in (("save one update", saved), ("the admin’s form", plain)):
        times = f"{p50(clocks(answers)):.1f} ms (p95 {p95(clocks(answers)):.1f})"
        costs = [p50(getattr(answer, cost) for answer in answers) for cost in ("database", "processor")]
        say(name, f"{times}, {answers[0].statements} statements, database {costs[0]:.1f}, processor {costs[1]:.1f}")
    say("", f"{ratio:.1f} × the admin’s form, aim {TIMES_ADMIN:g}", (ratio, TIMES_ADMIN))
    rate = _together(server, office, records[SAVES:])
    say(f"{len(records[SAVES:])} saves by {len(office.editors)} editors", f"{rate:.0f} a second, aim {SAVES_A_SECOND}",
        (-rate, -SAVES_A_SECOND))  # fmt: skip


def _together(server: Server, office: Office, records: list[TrackedRecommendation]) -> float:
    """Saves a second: each person sends one form after another, which they opened before."""
    browsers = [Browser(server, person) for person in office.editors]
    opened = [
        (browser, [_filled_in(browser, record) for record in records[place :: len(browsers)]])
        for place, browser in enumerate(browsers)
    ]
    start = time.perf_counter()
    with ThreadPoolExecutor(len(browsers)) as people:
        list(people.map(lambda one: [_send(one[0], *form) for form in one[1]], opened))
    return len(records) / (time.perf_counter() - start)


def _filled_in(browser: Browser, record: TrackedRecommendation) -> tuple[str, dict]:
    """The form for an update beside a record, as it is sent."""
    address = reverse("log_force_update", args=[record.pk])
    page = browser.ask(f"{record.get_absolute_url()}?form=update").body
    return address, form_of(page, f"form[action^='{address}']") | {"done": "Each case is reviewed by a supervisor now."}


def _send(browser: Browser, address: str, typed: dict):
    return browser.ask(address, typed)


def bench_many(server: Server, office: Office) -> None:
    """The last step of setting a target for 500: the button that does it."""
    officer, clock = Browser(server, office.officer), []
    day = office.today + datetime.timedelta(days=4_000)  # which none of them has
    for time_of_day in range(TIMES):
        rows = TrackedRecommendation.objects.open().order_by("pk")[:CHANGED]
        shown = dict(rows.values_list("pk", "version"))
        typed = {"act": "target", "step": "change", "reason": "More time.", "once": f"many {time_of_day}"}
        typed |= {"cause": "resources", "mitigation": "A sergeant looks in."}  # past the deadline of half of them
        typed |= {"target_on": f"{day + datetime.timedelta(days=time_of_day):%d/%m/%Y}"}
        typed |= {"selected": " ".join(map(str, shown)), "shown": " ".join(f"{pk}.{v}" for pk, v in shown.items())}
        clock.append(officer.ask(reverse("change_many"), typed).milliseconds)
    say(f"move the target of {len(shown)}", f"{min(clock):.0f} ms, aim {CHANGED_MS}", (min(clock), CHANGED_MS))


def bench_export(server: Server, office: Office, form: str) -> None:
    """The whole register as a file, closed ones too, and the peak of the memory of whoever makes it.

    A large spreadsheet is made outside the web worker: from asking for it until it is fetched.
    """
    officer = Browser(server, office.officer)
    address, is_built = f"{reverse('export_register', args=[form])}?show=all", is_large(form, office.size.tracked)
    server.forget_peak()
    clock, processor = [], []
    for _ in range(TIMES):
        start, before = time.perf_counter(), server.builder_seconds()
        answer = _built(officer, address, {}) if is_built else officer.ask(address)
        clock.append(time.perf_counter() - start)
        processor.append(answer.processor / 1000 + server.builder_seconds() - before)
    seconds, megabytes = min(clock), server.builder_peak() if is_built else server.peak()
    where = " beside the web server" if is_built else ""
    told = f"{seconds:.2f} s, processor {min(processor):.2f} s, {megabytes:.0f} MB{where}"
    judged = [(seconds, EXPORT_S), (megabytes, EXPORT_MB)] if form == "xlsx" else []
    aim = f", aims {EXPORT_S:g} s and {EXPORT_MB} MB" if judged else ""
    say(f"{office.size.tracked:,} rows as {form}", told + aim, *judged)


def _built(officer: Browser, address: str, typed: dict) -> Answer:
    """The file that is made outside requests: asked for, waited for, fetched."""
    build = officer.ask(address, typed).location
    while not officer.ask(f"{build}progress/").body.endswith(b'"over": true}'):
        time.sleep(LOOK)
    return officer.ask(f"{build}file/")


def bench_paper(server: Server, office: Office, draft: ScrutinyReport) -> None:
    """A force's draft as PDF, from asking for it until it is there, and what it takes of a processor in all."""
    officer, tracked = Browser(server, office.officer), TrackedRecommendation.objects.filter(force=draft.force)
    clock, processor = [], []
    for _ in range(TIMES):
        start, before = time.perf_counter(), server.builder_seconds()
        _built(officer, reverse("build_draft", args=[draft.pk]), {})
        clock.append(time.perf_counter() - start)
        processor.append(server.builder_seconds() - before)
    name = f"paper of {tracked.open().count()} open ({tracked.count()} tracked), asked for and fetched"
    print(name)
    say("", f"{min(clock):.2f} s, processor {min(processor):.2f} s, aim {PAPER_S} s", (min(clock), PAPER_S))


def bench_similar(office: Office) -> None:
    """What says much the same as one recommendation, for a hundred of them, one after the other, in this process."""
    texts = texts_of(TrackedRecommendation.objects.order_by("-pk").values_list("pk", flat=True)[:ASKED])
    clock = []
    for pk, text in texts.items():
        start = time.perf_counter()
        similar_to({pk: text}, office.officer)
        clock.append((time.perf_counter() - start) * 1000)
    told = f"{p50(clock):.1f} ms (p95 {p95(clock):.1f}), aim {SIMILAR_MS}"
    say(f"what says much the same, of {office.size.tracked:,}", told, (p95(clock), SIMILAR_MS))


def saver(office: Office):
    """A save each time that it is called, by a verb: the trail's head moves, and a record of the draft's force."""
    records = TrackedRecommendation.objects.filter(force=office.one_force).open().order_by("-pk")
    turns = cycle(records)

    def save() -> None:
        log_force_update(tracked=next(turns), done="Reviewed.", by=office.officer, at=timezone.now())

    return save
