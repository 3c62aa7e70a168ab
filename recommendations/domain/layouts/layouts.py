"""Layouts of documents: remembered as a document is saved, brought in from a file, retired and used again.

What a layout holds is for exchange/documents_in/marking/layouts.py to read. Nothing is learned from coroners' reports
or the answers to them.
"""

import datetime
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError

from recommendations.domain.people.two_people import check_administers
from recommendations.domain.writing.records import claim, lock_row
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums.layouts import LayoutKind
from recommendations.models import DocumentLayout, PolicingBody, SheetMapping, User
from recommendations.models.layouts import digest_of_layout
from recommendations.trail import VerbContext, verb

REGISTER = "register"  # the kind of a spreadsheet's layout, in a file
ADDED_MEANWHILE = "Someone else added one of these layouts at the same moment. Import the file again."


@dataclass(frozen=True)
class NewLayout:
    """What was learned from a document, or is in a file: `layout` in the form of Layout.as_json.

    That of a register (`kind` REGISTER) has its `headings` and `answers` as SheetMapping keeps them.
    `body` is the policing body whose documents are so; `body_name` its name, where it is not on record.
    `replaces` is the layout that the document was found to be in.
    """

    kind: str
    layout: Mapping[str, Any]
    document_name: str = ""
    document_on: datetime.date | None = None
    body: PolicingBody | None = None
    body_name: str = ""
    replaces: DocumentLayout | None = None

    @property
    def digest(self) -> str:
        return digest_of_layout(self.kind, self.layout)

    @property
    def key(self) -> Hashable:
        """What two in use never share: a register's body and headings, a document's kind, features and roles."""
        if self.kind == REGISTER:
            return self.body.pk if self.body else None, self.layout["headings"]
        return self.digest


def remember_layout(act: VerbContext, new_layout: NewLayout) -> DocumentLayout | None:
    """Keep what was learned from a document, inside the verb that saves it, in the place of what it replaces.

    Returns None, and keeps nothing, if the same is in use already, or what it replaces is retired.
    """
    before = lock_row(new_layout.replaces) if new_layout.replaces is not None else None
    while before is not None and before.replaced_by:  # meanwhile
        before = lock_row(before.replaced_by)
    if before is not None and before.retired_at:
        return None
    if DocumentLayout.objects.in_use().filter(digest=new_layout.digest).exists():
        return None
    new = act.save(_document_layout(new_layout, act))
    if before is not None and (before.kind, before.body) == (new.kind, new.body):
        before.replaced_by = new
        before.version += 1
        act.save(before)
    return new


def import_layouts(
    *, layouts: Sequence[NewLayout], file_name: str, by: User | None, at: datetime.datetime
) -> list[DocumentLayout | SheetMapping]:
    """Add the layouts of a file that are not in use here. Returns those that were added.

    Raises NotAllowed without the right to administer; Refusal if there is none to add.
    """
    try:
        with verb("import_layouts", by=by, at=at) as act:
            check_administers(by)
            new = layouts_not_in_use(layouts)
            if not new:
                raise Refusal("All of these layouts are in use here already. Nothing was added.", code="here-already")
            rows = [act.save(_row(each, act, file_name)) for each in new]
            act.subject = rows[0]
            return rows
    except IntegrityError:
        raise Refusal(ADDED_MEANWHILE, code="stale") from None


def layouts_not_in_use(layouts: Sequence[NewLayout]) -> list[NewLayout]:
    """Return those of a file that are not in use here, each once, the last first. Two queries."""
    in_use: set[Hashable] = set(DocumentLayout.objects.in_use().values_list("digest", flat=True))
    in_use |= set(SheetMapping.objects.in_use().values_list("body", "headings"))
    return list({each.key: each for each in reversed(layouts) if each.key not in in_use}.values())


def retire_layout(*, layout: DocumentLayout, version: int, by: User | None, at: datetime.datetime) -> DocumentLayout:
    """Use a layout no longer. Documents that were read by it stay as they are.

    Raises NotAllowed without the right to administer; Refusal if it is retired or replaced; Stale.
    """
    with verb("retire_layout", by=by, at=at, subject=layout) as act:
        layout = _lock_layout(layout, version, by)
        if layout.retired_at:
            raise Refusal("This layout is retired already.", code="retired")
        layout.retired_at, layout.retired_by = at, by
        act.save(layout)
    return layout


def restore_layout(*, layout: DocumentLayout, version: int, by: User | None, at: datetime.datetime) -> DocumentLayout:
    """Use a retired layout again.

    Raises NotAllowed without the right to administer; Refusal if it is in use, or the same was added meanwhile; Stale.
    """
    with verb("restore_layout", by=by, at=at, subject=layout) as act:
        layout = _lock_layout(layout, version, by)
        if not layout.retired_at:
            raise Refusal("This layout is in use already.", code="in-use")
        if DocumentLayout.objects.in_use().filter(digest=layout.digest).exists():
            raise Refusal("The same layout was added since. It is in use already.", code="here-already")
        layout.retired_at = layout.retired_by = None
        act.save(layout)
    return layout


def _lock_layout(layout: DocumentLayout, version: int, by: User | None) -> DocumentLayout:
    check_administers(by)
    layout = lock_row(layout)
    claim(layout, version)
    if layout.replaced_by_id:
        raise Refusal("A later layout has replaced this one. Open that one.", code="replaced")
    return layout


def _row(new: NewLayout, act: VerbContext, file_name: str) -> DocumentLayout | SheetMapping:
    if new.kind == REGISTER:
        return SheetMapping(body=new.body, source_name=file_name, **new.layout)
    return _document_layout(new, act, file_name)


def _document_layout(new: NewLayout, act: VerbContext, file_name: str = "") -> DocumentLayout:
    return DocumentLayout(
        kind=LayoutKind(new.kind),
        body=new.body,
        body_name="" if new.body else new.body_name.strip(),
        layout=dict(new.layout),
        digest=new.digest,
        document_name=new.document_name.strip(),
        document_on=new.document_on,
        file_name=file_name,
        kept_at=act.at,
        kept_by=act.by,
    )
