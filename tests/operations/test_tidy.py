"""What has no use any more goes, and nothing that is a record or that somebody typed."""

import datetime
import io
import os

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command

from oversight.operations import tidying
from recommendations.domain.audit.verification import verify
from recommendations.domain.papers import builds
from recommendations.domain.retention.tidying import end_what_was_open
from recommendations.enums import BuildKind
from recommendations.last_runs import last_run
from recommendations.models import (
    DocumentDraft,
    FileDraft,
    PaperBuild,
    SheetDraft,
    ShortLivedValue,
    Submission,
    TypedDraft,
)
from tests.conftest import AT
from tests.database import APPLICATION, as_role
from tests.makers.joint_papers import joint_draft
from tests.makers.responses import make_response
from tests.per_module import per_module

DAY = datetime.timedelta(days=1)
MODELS = (Session, Submission, ShortLivedValue, SheetDraft, FileDraft, TypedDraft, DocumentDraft)


@pytest.fixture(autouse=True)
def var_dir(settings, tmp_path, monkeypatch):
    """Data and temporary files of this test alone."""
    settings.VAR_DIR, settings.FILES_TO = tmp_path, str(tmp_path / "files")
    monkeypatch.setattr(tidying.tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "progress").mkdir()
    (tmp_path / "temporary").mkdir()
    return tmp_path


@per_module
def full(officer, inspection, body, westmarch):
    """One of each that has no use any more, and one that does: of each kind an old one and a new one."""
    response = make_response([inspection], body, by=officer)
    for name, at in (("old", AT - 8 * DAY), ("new", AT - 6 * DAY)):
        Session.objects.create(pk=name, session_data="", expire_date=at + 7 * DAY)
        Submission.objects.create(token=name, by=officer, at=at)
        ShortLivedValue.objects.create(key=name, value="1", expires=(at + 7 * DAY).timestamp())
        SheetDraft.objects.create(token=name, by=officer, at=at, name="register.xlsx", sha256="", table=[])
        draft = FileDraft(token=name, by=officer, at=at, response=response, force=westmarch, name="a.docx", text="")
        draft.content = b"a file"
        draft.save()
        changed_at = at - 23 * DAY  # 30 days after its last change
        DocumentDraft.objects.create(by=officer, at=AT - 90 * DAY, changed_at=changed_at, kind="response", lines=[])
        TypedDraft.objects.create(by=officer, place=f"force-update-{name}", fields={"text": "typed"}, at=at)
    ShortLivedValue.objects.create(key="for ever", value="1", expires=None)


@per_module
def preview(full, approver, westmarch, eastvale):
    """A draft's PDF, made eight days ago."""
    build = builds.ask(paper=joint_draft(westmarch, eastvale), kind=BuildKind.PREVIEW, by=approver, at=AT - 8 * DAY)
    taken = builds.claim_next(at=AT - 8 * DAY)
    builds.finish(taken, at=AT - 8 * DAY, content=b"%PDF")
    return build


def left(folder, name: str, age: datetime.timedelta):
    """Something left behind on the disk."""
    path = folder / name
    if "." in name:
        path.write_text("")
    else:
        path.mkdir()
        (path / "page.html").write_text("a paper's text")
    os.utime(path, ((AT - age).timestamp(),) * 2)


def numbers() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in MODELS}


def test_what_has_no_use_goes_as_the_application_and_is_said_by_kind(preview):
    with as_role(APPLICATION):
        done = tidying.tidy_everything(at=AT, drafts_days=7)
    assert [str(each) for each in done if each.number] == [
        "1 session that ran out",
        "1 key of a form that was sent",
        "1 value of sign-in whose time is over",
        "1 spreadsheet that was not brought in",
        "1 file of comments that was not recorded",
        "1 document that was not brought in",
        "1 PDF of a draft",
    ]
    one = dict.fromkeys(("Session", "Submission", "SheetDraft", "FileDraft", "DocumentDraft"), 1)
    assert numbers() == one | {"ShortLivedValue": 2, "TypedDraft": 2}
    assert (PaperBuild.objects.get().content, verify()) == (None, [])


def test_a_dry_run_says_the_same_and_removes_nothing(preview, var_dir):
    left(var_dir / "progress", "a.djcache", 2 * DAY)
    before = numbers()
    dry = tidying.tidy_everything(at=AT, drafts_days=7, dry_run=True)
    assert (numbers(), [each.name for each in (var_dir / "progress").iterdir()]) == (before, ["a.djcache"])
    assert dry == tidying.tidy_everything(at=AT, drafts_days=7)
    assert {each.number for each in tidying.tidy_everything(at=AT, drafts_days=7)} == {0}


def test_what_stopped_processes_left_on_the_disk_goes_after_a_day(db, var_dir):
    left(var_dir / "progress", "old.djcache", 2 * DAY)
    left(var_dir / "progress", "new.djcache", DAY / 2)
    left(var_dir / "temporary", "oversight-document-old", 2 * DAY)
    left(var_dir / "temporary", "oversight-document-new", DAY / 2)
    left(var_dir / "temporary", "another-program", 2 * DAY)
    left(var_dir / "temporary", "tmpkilled.upload.pdf", 2 * DAY)
    (var_dir / "files/ab").mkdir(parents=True)
    left(var_dir / "files/ab", ".12.unfinished", 2 * DAY)
    (var_dir / "backup-work").mkdir()
    left(var_dir / "backup-work", "tmpkilled", DAY / 24)
    said = [str(each) for each in tidying.tidy_everything(at=AT, drafts_days=7) if each.number]
    assert said == [
        "1 file of an import's progress",
        "1 folder of a PDF that was stopped",
        "2 uploads that nobody went on with",
        "1 part of a backup that was stopped",
    ]
    files = {path.name for path in var_dir.rglob("*") if path.name != "page.html"}
    assert files == {
        *("progress", "new.djcache", "temporary", "oversight-document-new", "another-program", "backup-work", "lock"),
        *("files", "ab"),
    }


def test_after_a_restore_nobody_is_signed_in(full):
    with as_role(APPLICATION):
        assert [str(each) for each in end_what_was_open()] == ["2 sessions", "3 values of sign-in"]
    assert numbers() == {
        **dict.fromkeys(("Session", "ShortLivedValue"), 0),
        **dict.fromkeys(("Submission", "SheetDraft", "FileDraft", "TypedDraft", "DocumentDraft"), 2),
    }


def test_the_command_says_what_it_removed_and_when_it_ran_last(full):
    out = io.StringIO()
    call_command("tidy", "--drafts-days", "7", stdout=out)
    assert out.getvalue().startswith("Removed: 2 sessions that ran out, 2 keys of forms that were sent, ")
    assert last_run("tidy").detail == out.getvalue().strip()
    with pytest.raises(CommandError, match="1 or more"):
        call_command("tidy", "--drafts-days", "0")
