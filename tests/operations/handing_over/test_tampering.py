"""Whatever is changed in a bag is named, and nothing of such a bag stays."""

import json
import random
import shutil

import pytest

from oversight.operations.handing_over import BagDamaged
from oversight.operations.handing_over.unpacking import unpack
from oversight.operations.plain_tar import end_of, header_of, padded_size
from recommendations.digests import canonical
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import ReceivedRegister, TrailEntry
from tests.domain.papers.stories import QUARTERS
from tests.environment import SOAK
from tests.makers.handing_over import fingerprint_of, make_successor, members, take_bag, the_bag
from tests.operations.handing_over.tampering import changed_lines, cut, flip, rewrite

pytestmark = pytest.mark.django_db
BYTES, LINES = (900, 100) if SOAK else (44, 6)


@pytest.fixture
def small():
    """A bag with one quarter."""
    return the_bag("small", quarters=[], happens=((0, "update", 3, 0), (0, "close", 20, 1)))[0]


def test_any_changed_byte_is_named(small, tmp_path):
    dice, missed = random.Random(2026), []
    for number in range(BYTES):
        file, folder = tmp_path / "changed.tar", tmp_path / f"{number}"
        folder.mkdir()
        said = dice.choice((flip, flip, flip, cut))(small, file, dice)
        try:
            unpack(file, folder)
        except BagDamaged:
            pass
        else:
            missed.append(said)
        shutil.rmtree(folder)
    assert missed == []


def test_any_changed_value_is_named_though_every_checksum_was_made_again(small, tmp_path):
    """By the trail of the office that handed over, even if another fingerprint is told; else by the fingerprint."""
    make_successor()
    missed, before, told = [], TrailEntry.objects.count(), fingerprint_of(small)
    for number, (said, found) in zip(range(LINES), changed_lines(small, random.Random(7)), strict=False):
        (folder := tmp_path / f"{number}").mkdir()
        file = rewrite(found, tmp_path / "changed.tar", folder)
        with pytest.raises(Refusal, match="The fingerprint is not the one of this bag"):
            take_bag(file, tmp_path, fingerprint=told)
        try:
            take_bag(file, tmp_path)
        except Refusal:
            pass
        else:
            missed.append(said)
        shutil.rmtree(folder)
    assert missed == []
    assert (ReceivedRegister.objects.count(), TrailEntry.objects.count()) == (0, before)


def changed(file, name: str, change) -> dict[str, bytes]:
    """The bag's files, with the first line of one of them changed."""
    found = members(file)
    first, *rest = found[name].splitlines(keepends=True)
    line = json.loads(first)
    change(line)
    return found | {name: canonical(line).encode() + b"\n" + b"".join(rest)}


UPDATES = "data/rows/recommendations.forceupdate.jsonl"
HOSTILE = {
    "an unknown column": (
        UPDATES,
        lambda line: line["row"].update(admin=True),
        "line 1: ForceUpdate has no column admin",
    ),
    "a missing column": (UPDATES, lambda line: line["row"].pop("done"), "line 1: the column done is missing"),
    "a wrong type": (UPDATES, lambda line: line["row"].update(done=7), "line 1: done is int, and not what TextField"),
    "no choice": (
        "data/rows/recommendations.recommendation.jsonl",
        lambda line: line["row"].update(kind="comment"),
        "line 1: kind is 'comment', and none of its choices",
    ),
    "no day": (
        UPDATES,
        lambda line: line["row"].update(effective_on="x"),
        "line 1: effective_on is not a date or time: 'x'",
    ),
    "no moment": (
        UPDATES,
        lambda line: line["row"].update(recorded_at="2026-01-01"),
        "recorded_at is not a date or time",
    ),
    "the first day of the calendar": (
        UPDATES,
        lambda line: line["row"].update(effective_on="0001-01-01"),
        "forceupdate.jsonl, line 1: effective_on is 0001-01-01",
    ),
    "a moment before there are any in London": (
        UPDATES,
        lambda line: line["row"].update(recorded_at="0001-01-01T00:00:00+14:00"),
        "forceupdate.jsonl, line 1: recorded_at is 0001-01-01T00:00:00+14:00",
    ),
    "such a moment in its history": (
        UPDATES,
        lambda line: line["saves"][0].update(history_date="9999-12-31T23:59:59-14:00"),
        "forceupdate.jsonl, line 1: history_date is 9999-12-31T23:59:59-14:00",
    ),
    "such a moment of an entry": (
        "data/entries.jsonl",
        lambda line: line.update(at="0001-01-01T00:00:00+14:00"),
        "data/entries.jsonl, line 1: at is 0001-01-01T00:00:00+14:00",
    ),
    "a number below nought": (
        "data/entries.jsonl",
        lambda line: line.update(sequence=-1),
        "line 1: sequence is below",
    ),
    "a person with too long a name": (
        "data/people.jsonl",
        lambda line: line.update(name="x" * 500),
        "data/people.jsonl, line 1: name is longer than",
    ),
    "a person with a huge number": (
        "data/people.jsonl",
        lambda line: line.update(id=2**70),
        "data/people.jsonl, line 1: id is too large",
    ),
    "an address that is none": (
        "data/rows/recommendations.force.jsonl",
        lambda line: line["row"].update(slug="../westmarch"),
        "line 1: slug is no address: '../westmarch'",
    ),
    "a link that is none": (
        "data/rows/recommendations.inspection.jsonl",
        lambda line: line["row"].update(link="javascript:alert(1)"),
        "line 1: link is no address: 'javascript:alert(1)'",
    ),
    "a row that is a list": (UPDATES, lambda line: line.update(row=[1]), "line 1: a row has an id, its values"),
    "a number that JSON has not": (
        UPDATES,
        lambda line: line["row"].update(done=float("inf")),
        "line 1 is no canonical JSON object",
    ),
    "a huge number": (UPDATES, lambda line: line["row"].update(tracked_id=2**70), "tracked_id is too large a number"),
    "a number too large for its column": (
        "data/entries.jsonl",
        lambda line: line.update(scheme=2**15),
        "scheme is too large a number",
    ),
    "a text too long for its column": (
        "data/entries.jsonl",
        lambda line: line.update(hash=line["hash"] + "0"),
        "hash is longer than 64 characters",
    ),
    "a key outside": (UPDATES, lambda line: line["row"].update(tracked_id=99999), "tracked_id 99999 is not in the bag"),
    "another id": (UPDATES, lambda line: line.update(id=4), "line 1: rows come in the order of their ids"),
    "more on a line": (
        UPDATES,
        lambda line: line.update(more=1),
        "line 1: a row has an id, its values and its history",
    ),
    "no history": (UPDATES, lambda line: line.update(saves={}), "line 1: a row has an id, its values and its history"),
    "a table that stays": (
        "data/entries.jsonl",
        lambda line: line.update(changes='[{"fields":{},"id":1,"model":"recommendations.user"}]'),
        "data/entries.jsonl, line 1: it names the table recommendations.user, which does not go over",
    ),
    "changes that are none": (
        "data/entries.jsonl",
        lambda line: line.update(changes="["),
        "its changes cannot be read",
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_line_that_is_none_is_named_with_its_file(small, tmp_path, what):
    name, change, expected = HOSTILE[what]
    make_successor()
    (folder := tmp_path / "files").mkdir()
    file = rewrite(changed(small, name, change), tmp_path / "changed.tar", folder)
    with pytest.raises(Refusal) as wrong:
        take_bag(file, tmp_path)
    assert expected in str(wrong.value)
    assert ReceivedRegister.objects.count() == 0


@pytest.mark.parametrize("figures", [{"requests": ["x"]}, {"requests": [{"record": []}]}, {"open_ids": [[1]]}])
def test_figures_of_a_paper_that_are_none_are_named_with_their_row(tmp_path, figures):
    name = "data/rows/recommendations.scrutinyreport.jsonl"
    whole = the_bag("one paper", quarters=QUARTERS[:1])[0]
    make_successor()
    (folder := tmp_path / "files").mkdir()
    found = changed(whole, name, lambda line: line["row"].update(figures=figures))
    with pytest.raises(Refusal) as wrong:
        take_bag(rewrite(found, tmp_path / "changed.tar", folder), tmp_path)
    row = json.loads(found[name].splitlines()[0])["id"]
    assert f"{name}, row {row}: its figures" in str(wrong.value)


def as_tar(found: dict[str, bytes], top: str = "westmarch") -> bytes:
    """A tar of these files, as a stranger may write one."""
    out = b""
    for name, content in found.items():
        header = header_of(f"{top}/{name}", len(content), 0)
        out += header + content + bytes(padded_size(len(content)) - len(content))
    return out + end_of(len(out))


NAMES = {
    "../outside": "'westmarch/../outside' is no file of a bag",
    "/etc/passwd": "'westmarch//etc/passwd' is no file of a bag",
    "data/files/../../x": "is no file of a bag",
    "data/rows/auth.user.jsonl": "is no file of a bag",
    "data/rows/recommendations.user.jsonl": "data/rows/recommendations.user.jsonl is of no table that goes over",
    "data/files/" + "0" * 64: "is not as manifest-sha256.txt says",
    "data/extra.txt": "is no file of a bag",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_does_not_belong_is_named_and_written_nowhere(small, tmp_path, name):
    file = tmp_path / "changed.tar"
    file.write_bytes(as_tar(members(small) | {name: b"x"}))
    (folder := tmp_path / "into").mkdir()
    with pytest.raises(BagDamaged) as wrong:
        unpack(file, folder)
    assert NAMES[name] in str(wrong.value)
    assert not (tmp_path / "outside").exists()


def test_a_bag_without_one_of_its_files_is_named(small, tmp_path):
    found = members(small)
    del found["data/people.jsonl"]
    file = tmp_path / "changed.tar"
    file.write_bytes(as_tar(found))
    (folder := tmp_path / "into").mkdir()
    with pytest.raises(BagDamaged, match=r"data/people\.jsonl is missing"):
        unpack(file, folder)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"format": 2}, "this bag has the format 2, and this version of Oversight reads 1"),
        ({"migration": "0999_later"}, "Bring both offices to the same version"),
        ({"head_count": "many"}, "data/statement.json cannot be read"),
        ({"on": "yesterday"}, "the day of handing over cannot be read"),
        ({"on": "0001-01-01"}, "handed_over_on is 0001-01-01"),
        ({"head_count": 2**80}, "head_count is too large"),
        ({"head_hash": "0" * 65}, "head_hash is longer than"),
        ({"origin": "x" * 5000}, "origin is longer than"),
        ({"force_name": "Westmarch\0"}, "force_name holds a character that no text has"),
    ],
)
def test_a_statement_of_another_version_or_none_is_named(small, tmp_path, change, expected):
    found = members(small)
    statement = json.loads(found["data/statement.json"]) | change
    found["data/statement.json"] = json.dumps(statement).encode()
    (folder := tmp_path / "files").mkdir()
    file = rewrite(found, tmp_path / "changed.tar", folder)
    with pytest.raises(Refusal) as wrong:
        take_bag(file, tmp_path)
    assert expected in str(wrong.value)
