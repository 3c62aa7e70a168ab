"""A request to the register, read: the question that it asks, its answer, and its address."""

import datetime
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from recommendations import trail
from recommendations.domain.register.filters import Choices, choices_for
from recommendations.domain.register.queries import Listing, RegisterQuery, listed
from recommendations.domain.register.rows import RegisterRow, rows_of
from recommendations.domain.writing.trail_cache import cached_at_head
from recommendations.enums import Vocabulary
from recommendations.forms.register.query_string import Address, AsAtForm, address_of, number_of, read_query
from recommendations.models import Label, RagRule
from recommendations.models.settings import Thresholds
from recommendations.periods import london_day


class RegisterRequest:
    """What somebody asks of the register, and what the records answer; each is looked up once, when it is needed.

    What follows from the records alone is kept for as long as they stay the same (domain/writing/trail_cache.py).
    """

    def __init__(self, request, params=None):
        """`params` (a QueryDict) is the question where the address of the request is not the register's."""
        self.user, self.params = request.user, request.GET if params is None else params
        self.now = timezone.now()
        self.head = trail.head()

    def _kept(self, *question, answer):
        return cached_at_head(self.head, question, answer)

    @cached_property
    def as_at(self) -> AsAtForm | None:
        """The day that is asked for, in a form that holds what was typed; None where none is asked for."""
        asked = "as_at" in self.params or "known_at" in self.params
        return AsAtForm(self.params, now=self.now) if asked else None

    @property
    def today(self) -> datetime.date:
        return london_day(self.now)

    @cached_property
    def words(self) -> dict:
        return self._kept("words", answer=Label.objects.words)

    @cached_property
    def choices(self) -> Choices:
        return self._kept("choices", self.user.pk, answer=lambda: choices_for(self.user))

    @cached_property
    def query(self) -> RegisterQuery:
        day = known_at = None
        if self.as_at is not None and self.as_at.is_valid():
            day, known_at = self.as_at.cleaned_data["as_at"], self.as_at.cleaned_data["known_at"]
        stages = self.words[Vocabulary.STAGE]
        past = {"day": day or self.today, "past": day is not None, "known_at": known_at}
        return read_query(self.params, self.choices, stages, **past)

    @cached_property
    def rule(self) -> Thresholds:
        day = self.query.day
        return self._kept("rule", day, answer=lambda: RagRule.objects.on(day))

    @cached_property
    def listing(self) -> Listing:
        return self._kept("listing", self.user.pk, self.query, answer=lambda: listed(self.query, self.user, self.rule))

    def rows(self, ids) -> list[RegisterRow]:
        def in_words():
            return rows_of(self.query, ids, self.user, self.rule, self.words)

        ids = tuple(ids)
        return self._kept("rows", self.user.pk, self.query, ids, answer=in_words)

    @cached_property
    def address(self) -> Address:
        return address_of(reverse("register"), self.params, self.query, self.choices)

    def number(self, name: str) -> int | None:
        """A number of the address: the page, the row that is open."""
        return number_of(self.params.get(name, ""))
