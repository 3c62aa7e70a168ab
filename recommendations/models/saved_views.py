"""Saved views of the register: filters, order and columns under a name. Not records: nothing depends on them."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, FilteredRelation, Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse

from recommendations.digests import digest
from recommendations.models.sealed_rows import SealedRow
from recommendations.permissions import May
from recommendations.sections import Section


class SavedViewQuerySet(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The user's own; for people of the office also shared ones. None while saved views are off."""
        if not user.has_perm(May.SEE_REGISTER) or not Section.SAVED_VIEWS.is_on:
            return self.none()
        own = Q(owner=user)
        return self.filter(own if user.force_id else own | Q(shared=True))

    def shared_by_office(self) -> Self:
        """Shared views, with their owners."""
        return self.filter(shared=True).select_related("owner")

    def with_use(self, user: Any) -> Self:
        """With each view's owner, when `user` last looked at it (`looked_at`) and if it is the default (`opens`)."""
        use = FilteredRelation("uses", condition=Q(uses__person=user))
        found = self.select_related("owner").annotate(use=use)
        return found.annotate(looked_at=F("use__looked_at"), opens=F("use__opens_register"))

    def in_order(self) -> Self:
        return self.order_by(Lower("name"), "pk")


class SavedView(SealedRow):
    """A view of the register. It stores the query, never rows.

    `filters` are the parameters of the register's address with their words: [name, value, words]. `columns` are the
    chosen ones, in order: [key, width, heading]. The words name what no longer exists.
    """

    owner = models.ForeignKey("User", on_delete=models.PROTECT, related_name="saved_views")
    name = models.CharField(max_length=60)
    shared = models.BooleanField(default=False)
    filters = models.JSONField(default=list, blank=True)
    columns = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey("User", on_delete=models.PROTECT, related_name="+")

    derived_columns = {"seal": lambda view: view.make_seal()}

    # Annotations of `with_use`.
    looked_at: datetime.datetime | None
    opens: bool | None

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("owner", Lower("name"), name="savedview_name_once")]

    def __str__(self):
        return self.name

    def sealed_values(self) -> list:
        said = [self.name, self.shared, self.filters, self.columns]
        return ["saved view", self.owner_id, *said, self.saved_by_id, digest(self.saved_at)]

    def get_absolute_url(self):
        return reverse("saved_view", args=[self.pk])


class SavedViewUse(models.Model):
    """One person's use of a view: up to when they have seen its changes, and whether the register opens with it."""

    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="uses")
    person = models.ForeignKey("User", on_delete=models.CASCADE, related_name="+")
    looked_at = models.DateTimeField(null=True)
    opens_register = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["view", "person"], name="savedviewuse_once"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(opens_register=True), name="savedviewuse_one_opens_register"
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.view}"
