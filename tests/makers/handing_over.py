"""Two offices: one of two forces, which hands one over, and one that takes it over. Each is made in the same database
inside `undone`, so that the other's records are not there.
"""

import atexit
import datetime
import hashlib
import shutil
import tarfile
import tempfile
from pathlib import Path

from oversight.operations.handing_over import bag
from oversight.operations.handing_over.making import MadeBag, Order, hand_over
from oversight.operations.handing_over.taking import choices_in, take
from recommendations.domain.people import records
from recommendations.domain.register import voices
from recommendations.enums import BodyKind, Role
from recommendations.models import Force, Label, Oversight, PolicingBody, TrackedRecommendation
from tests.conftest import AT, make_inspection, make_person, make_tracked
from tests.domain.papers.stories import QUARTERS, Story
from tests.domain.papers.world import moment
from tests.makers.attachments import make_file
from tests.makers.responses import make_response
from tests.snapshots import undone

ON = datetime.date(2026, 11, 30)
NOW = moment(datetime.date(2026, 12, 1))
CANARY = "Nothing of Eastvale goes"
# What happens to each recommendation: which, what, on which day since the beginning, recorded how much later.
HAPPENS = (
    *((0, "update", 3, 0), (1, "target", 5, 2), (0, "close", 20, 1), (0, "reopen", 30, 0), (1, "restrict", 33, 0)),
    *((2, "update", 70, 0), (1, "lift", 80, 0), (3, "decide", 130, 0), (2, "update", 150, 0), (2, "target", 190, 0)),
)


def make_force(name: str, prefix: str, body: PolicingBody) -> Force:
    force = Force(name=f"{name} Police", short_name=name, slug=name.lower(), reference_prefix=prefix)
    force = records.keep(record=force, by=None, at=AT)
    records.keep(record=Oversight(body=body, force=force, since=datetime.date(2012, 11, 22)), by=None, at=AT)
    return force


def make_body(name: str) -> PolicingBody:
    body = PolicingBody(name=f"{name} Commissioner", slug=name.lower(), kind=BodyKind.COMMISSIONER, office_name=name)
    return records.keep(record=body, by=None, at=AT)


def make_origin(*, happens=HAPPENS, quarters=QUARTERS, shared: bool = True) -> Story:
    """An office with Westmarch and Eastvale, a year of both, and papers of each quarter."""
    body = make_body("Marches")
    forces = [make_force("Westmarch", "WM", body), make_force("Eastvale", "EV", body)]
    officer = make_person("Hannah Whitlock", Role.OPCC_OFFICER)
    approver = make_person("Margaret Osei", Role.APPROVING_OFFICER)
    records.keep(record=Label(vocabulary="theme", key="custody", words="Custody"), by=None, at=AT)
    story = Story(forces, officer, approver)
    story.begin()
    waiting = sorted(happens, key=lambda event: event[2] + event[3])
    began = datetime.date(2026, 1, 15)
    for first, last in quarters:
        while waiting and began + datetime.timedelta(sum(waiting[0][2:])) <= last:
            story.apply(*waiting.pop(0))
        story.file(first, last, moment(last + datetime.timedelta(days=14), hour=9))
    for event in waiting:
        story.apply(*event)
    eastvale = TrackedRecommendation.objects.filter(force=forces[1]).first()
    voices.log_force_update(tracked=eastvale, done=CANARY, evidence=CANARY, by=officer, at=NOW)
    make_file(TrackedRecommendation.objects.filter(force=forces[0]).first(), content=b"%PDF of Westmarch", at=NOW)
    make_file(eastvale, content=CANARY.encode(), at=NOW)
    if shared:
        make_response(story.tracked[0].recommendation.inspection, body, by=officer, at=NOW)
    return story


def make_successor() -> Force:
    """An office with one force, which follows a recommendation of a report that the other office has too."""
    force = make_force("Southmere", "SM", make_body("South"))
    make_person("Sam Okoro", Role.OPCC_OFFICER)
    records.keep(record=Label(vocabulary="theme", key="custody", words="In custody"), by=None, at=AT)
    for number in range(3):
        inspection = make_inspection(force, title=f"Our own {number}", at=moment(datetime.date(2026, 1, 20)))
        make_tracked(inspection, at=moment(datetime.date(2026, 1, 20)))
    same = make_inspection(
        force, title="Report 0", published_on=datetime.date(2026, 1, 15), at=moment(datetime.date(2026, 1, 20))
    )
    make_tracked(same, number="0", at=moment(datetime.date(2026, 1, 20)), parts=("(a) This.", "(b) That."))
    return force


def make_bag(force: Force, folder: Path, *, at: datetime.datetime = NOW) -> tuple[Path, MadeBag]:
    """The force's register, handed over into a file of the folder."""
    work = folder / "work"
    work.mkdir(parents=True)
    order = Order(force, ON, "South Mayor", folder / "westmarch.tar")
    made = hand_over(order, work, at=at, say=lambda _: None)
    shutil.rmtree(work)
    return order.to, made


_bags: dict[str, tuple[Path, dict]] = {}


def the_bag(name: str, facts_of=lambda story: {}, **origin) -> tuple[Path, dict]:
    """A bag of `make_origin`, made once in a process: it is a file, and nothing of its office is in the database.

    With what `facts_of` says of the office after Westmarch was handed over.
    """
    if name not in _bags:
        folder = Path(tempfile.mkdtemp(prefix="oversight-bag-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        with undone():
            story = make_origin(**origin)
            file, made = make_bag(story.forces[0], folder / "made")
            facts = facts_of(story) | {"fingerprint": made.fingerprint, "stays": made.stays}
        _bags[name] = file, facts
    return _bags[name]


def take_bag(file: Path, folder: Path, *, fingerprint: str = "", map: Path | None = None, keep: bool = True):
    """What taking it over says. By default with the fingerprint that the bag itself has."""
    work = folder / "taking"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    fingerprint = fingerprint or fingerprint_of(file)
    return take(file, work, choices=choices_in(map), fingerprint=fingerprint, at=NOW, keep=keep)[1]


def fingerprint_of(file: Path) -> str:
    """The fingerprint that the bag itself has."""
    return hashlib.sha256(members(file).get(bag.TAGS, b"")).hexdigest()


def members(file: Path) -> dict[str, bytes]:
    """The files of a bag, by name without its folder."""
    with tarfile.open(file) as opened:
        found = {each.name.partition("/")[2]: opened.extractfile(each) for each in opened}
        return {name: content.read() for name, content in found.items() if content}
