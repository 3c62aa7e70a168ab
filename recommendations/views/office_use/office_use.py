"""The page "What you use": administrators choose sections and sources, and see what each choice hides."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from recommendations.domain.office_use.choice import choose_sections, current_choice
from recommendations.domain.office_use.records import recommendations_of_sources, records_of_sections
from recommendations.domain.office_use.text import (
    SECTION_GROUPS,
    SECTION_WORDS,
    SELDOM_SOURCES,
    SOURCE_GROUP,
    UseWords,
    source_words,
)
from recommendations.domain.register.entries import join_words
from recommendations.forms.office_use.choice import OfficeUseForm
from recommendations.models import OfficeUse, User
from recommendations.periods import london_day, say
from recommendations.permissions import May, allow
from recommendations.sections import Section
from recommendations.views.site.requests import AuthenticatedRequest
from recommendations.views.submission.submit import submit_form, submitted_data

MOST_NAMES = 3  # on the button, before it says only how many


@dataclass(frozen=True)
class UseLine:
    """A section or source with its tick. `field` is the form's. `is_fixed`: SECTIONS_OFF switches it off."""

    field: str
    key: str
    words: UseWords
    number: int
    was_on: bool
    is_ticked: bool
    is_fixed: bool = False

    @property
    def number_words(self) -> str:
        return self.words.number_words(self.number)

    @property
    def hidden_words(self) -> str:
        return self.words.hidden_words(self.number)

    @property
    def button_name(self) -> str:
        """Its name within a sentence: "custody visits", "IOPC"."""
        name = self.words.name
        return name if any(letter.isupper() for letter in name[1:]) else name[:1].lower() + name[1:]

    @property
    def is_folded(self) -> bool:
        """Whether it is behind "More": what few offices have, off and without records."""
        return self.key in SELDOM_SOURCES and not (self.was_on or self.is_ticked or self.number)

    @property
    def is_going(self) -> bool:
        """Whether saving switches it off."""
        return self.was_on and not self.is_ticked and not self.is_fixed

    @property
    def is_coming(self) -> bool:
        """Whether saving switches it on."""
        return self.is_ticked and not self.was_on


class OfficeUsePage:
    """The lines of the page in their groups, and what saving would do."""

    def __init__(self, form: OfficeUseForm, user: User, today: datetime.date) -> None:
        self.form, self.choice, self.user = form, form.choice, user
        self.groups = dict(self._groups(today))
        self.lines = [line for lines in self.groups.values() for line in lines]
        self.going = [line for line in self.lines if line.is_going]
        self.coming = [line for line in self.lines if line.is_coming]

    def _groups(self, today: datetime.date) -> Iterator[tuple[str, list[UseLine]]]:
        ticked, of_source, of_section = (
            self.form.ticked_sources,
            recommendations_of_sources(),
            records_of_sections(today),
        )
        yield (
            SOURCE_GROUP,
            [
                UseLine(
                    "sources",
                    key,
                    source_words(each),
                    of_source.get(key, 0),
                    key in self.choice.followed_keys,
                    key in ticked,
                )
                for key, each in self.choice.sources.items()
            ],
        )
        for name, sections in SECTION_GROUPS.items():
            yield name, [self._section_line(each, of_section) for each in sections]

    def _section_line(self, section: Section, numbers: Mapping[Section, int]) -> UseLine:
        was_on, is_fixed = section in self.choice.sections_on, section in self.form.fixed
        is_ticked = section in self.form.ticked_sections and not is_fixed
        words = SECTION_WORDS[section]
        return UseLine("sections", section.value, words, numbers[section], was_on, is_ticked, is_fixed)

    @property
    def is_first(self) -> bool:
        """Whether no person has chosen yet, in an office that began with HMICFRS alone."""
        return self.choice.latest is not None and self.choice.latest.is_initial

    @property
    def changes(self) -> str:
        """What saving changes, in words: "custody visits off", "5 changes"; "" for nothing."""
        if len(self.going) + len(self.coming) > MOST_NAMES:
            return f"{len(self.going) + len(self.coming)} changes"
        of = {"off": self.going, "on": self.coming}
        said = [f"{join_words([line.button_name for line in lines])} {word}" for word, lines in of.items() if lines]
        return ", ".join(said)

    @property
    def hidden_keys(self) -> str:
        """The keys of what the page says to be hidden by saving."""
        return " ".join(line.key for line in self.going)

    @property
    def folded_names(self) -> str:
        """The sources behind "More", within a sentence."""
        return join_words([line.button_name for line in self.lines if line.is_folded])

    @property
    def number_on(self) -> int:
        return sum(line.is_ticked for line in self.lines)

    @property
    def last_changed(self) -> str:
        """Who chose last, and when: "by you on 12 October 2026"; "" if no person has."""
        latest = self.choice.latest
        if latest is None or latest.chosen_by is None:
            return ""
        who = "you" if latest.chosen_by_id == self.user.pk else latest.chosen_by.name
        return f"by {who} on {say(london_day(latest.chosen_at))}"


def fixed_sections() -> frozenset[Section]:
    """The sections that SECTIONS_OFF switches off, whatever is chosen."""
    return frozenset(each for each in Section if each in settings.SECTIONS_OFF)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(May.ADMINISTER)
def what_you_use(request: AuthenticatedRequest) -> HttpResponse:
    """Choose what the office uses. What is to be hidden is said on the page before it is saved."""
    today = localdate()
    form = OfficeUseForm(submitted_data(request), choice=current_choice(today), fixed=fixed_sections())
    is_to_save = request.method == "POST" and (not form.is_valid() or not form.hides_unshown)
    return (is_to_save and _save(request, form, today)) or _render_page(request, form, today)


def _save(request: AuthenticatedRequest, form: OfficeUseForm, today: datetime.date) -> HttpResponse | None:
    def act(by: User, at: datetime.datetime) -> OfficeUse:
        return choose_sections(by=by, at=at, **form.verb_fields())

    changes = OfficeUsePage(form, request.user, today).changes
    message = f"Saved{f': {changes}' if changes else ''}. Nothing is deleted."
    return submit_form(request, form, act, message=message, to=reverse("what_you_use"))


def _render_page(request: AuthenticatedRequest, form: OfficeUseForm, today: datetime.date) -> HttpResponse:
    page = OfficeUsePage(form, request.user, today)
    return render(request, "office_use/page.html", {"form": form, "page": page}, status=422 if form.errors else 200)
