"""Saving the submitted parts of a draft, each by itself; what cannot be saved is shown again as typed."""

import re
from dataclasses import dataclass, field
from typing import Any

from recommendations.domain.responses.draft import approval_workflow
from recommendations.domain.responses.draft.shared_comments import answer_too, sharing_parts
from recommendations.domain.writing.refusals import Refusal, Stale
from recommendations.forms.responses.draft_parts import PartForm
from recommendations.models import DraftPart, User
from recommendations.views.responses.draft_page import DraftPage

SENT = re.compile(r"(?P<key>narrative|reply|correction|recommendation-\d{1,18})-version")
DROPPED = (
    "This text was submitted or approved. Your change took it back: it is a draft again, and has to be submitted again."
)


@dataclass
class Saving:
    """What was submitted for the parts of `page`, and the outcome. `gone` is the text of parts that no longer exist.
    `touched` are the keys of the parts that changed, including those that a comment now also answers or no longer
    answers.
    """

    page: DraftPage
    data: dict
    by: User
    forms: dict[str, PartForm] = field(default_factory=dict)
    gone: list[tuple[str, str]] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)
    refusal: str = ""
    dropped: bool = False

    def __post_init__(self) -> None:
        parts = {part.key: part for part in self.page.parts}
        for key in [found["key"] for name in self.data if (found := SENT.fullmatch(name))]:
            if key in parts:
                self.forms[key] = self.page.form_of(parts[key], self.data)
            elif text := self.data.get(f"{key}-text", "").strip():
                self.gone.append((key, text))

    def take_in(self) -> "Saving":
        """Save the changed parts one by one, then which comments answer other parts too."""
        changed = [form for form in self.forms.values() if form.is_changed]
        for form in changed:
            self._save(form)
        for form in changed:
            if form.is_saved:
                self._share(form)
        self._mark_as_shown(changed)
        return self

    def _save(self, form: PartForm) -> None:
        if not form.fits:
            return
        about: dict[str, Any] = {"response": self.page.response, "part": form.part, "values": form.values}
        try:
            saved = approval_workflow.save_part(**about, version=form.read_version, by=self.by, at=self.page.moment)
        except Stale as stale:
            self._compare_with(form, stale.theirs)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            self._took(form, saved)

    def _took(self, form: PartForm, saved: DraftPart) -> None:
        if saved.version != form.read_version:
            self.touched.add(saved.key)
        self.dropped = self.dropped or bool(saved.dropped)
        form.part, form.is_saved = saved, True

    def _compare_with(self, form: PartForm, theirs: DraftPart) -> None:
        form.part, form.is_saved = theirs, form.agrees_with(theirs)
        form.theirs = None if form.is_saved else theirs

    def _share(self, form: PartForm) -> None:
        typed, shown = form.typed_ids, form.shown_ids
        add, off = [key for key in typed if key not in shown], [key for key in shown if key not in typed]
        if not add and not off:
            return
        about: dict[str, Any] = {"response": self.page.response, "host": form.part.key, "add": add, "take_off": off}
        for words in answer_too(**about, by=self.by, at=self.page.moment):
            form.add_error("also", words)
        self.touched |= {form.part.key, *add, *off}

    def _mark_as_shown(self, changed: list[PartForm]) -> None:
        """Compare each form that is shown again with the current draft."""
        if not changed:
            return
        now = {part.key: part for part in approval_workflow.parts_of(self.page.response)}
        answers = sharing_parts(now.values())
        for form in changed:
            if form.part.key in now and (form.is_saved or form.theirs):
                form.set_against(now[form.part.key], answers.get(form.part.key, ()))

    @property
    def lost(self) -> dict[str, PartForm]:
        """The forms that could not be saved, by key."""
        return {key: form for key, form in self.forms.items() if form.theirs or form.errors}

    @property
    def is_whole(self) -> bool:
        return not (self.lost or self.gone)
