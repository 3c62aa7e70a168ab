"""Personal API tokens, which let a program read and write as their owner may, and the day of their last use."""

import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from recommendations.enums.api import ApiScope
from recommendations.models.base import Record, RecordQuerySet
from recommendations.permissions import May


class TokenQuerySet(RecordQuerySet):
    def visible_to(self, user: Any) -> "TokenQuerySet":
        """The user's own tokens; for an administrator all tokens."""
        return self.all() if user.has_perm(May.ADMINISTER) else self.filter(person=user.pk)

    def standing(self, on: datetime.date) -> "TokenQuerySet":
        """Tokens that work on a London day: not revoked and not expired."""
        return self.filter(revoked_at__isnull=True, last_day__gte=on)

    def ended(self, on: datetime.date) -> "TokenQuerySet":
        """Tokens that no longer work on a London day."""
        return self.exclude(pk__in=self.standing(on).values("pk"))


class ApiToken(Record):
    """A token of one person. `key` is the visible part.

    Of the secret only a keyed digest is stored, bound to the person, so write access to the database is not enough to
    plant a token or to move one to another person.
    """

    person = models.ForeignKey("User", on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField("name", max_length=60)
    key = models.CharField(max_length=16, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    read_register = models.BooleanField(default=False)
    read_papers = models.BooleanField(default=False)
    write_updates = models.BooleanField(default=False)
    write_values = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    last_day = models.DateField("last day")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        verbose_name = "API token"
        indexes = [models.Index(fields=["person", "last_day"], name="apitoken_of_person")]
        constraints = [
            models.CheckConstraint(name="apitoken_has_a_key", condition=~Q(key="") & ~Q(digest="")),
            models.CheckConstraint(
                name="apitoken_has_a_scope",
                condition=Q(read_register=True) | Q(read_papers=True) | Q(write_updates=True) | Q(write_values=True),
            ),
            models.CheckConstraint(
                name="apitoken_revoked_by_at", condition=Q(revoked_by__isnull=True) | Q(revoked_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"API token {self.prefix}"

    @property
    def prefix(self) -> str:
        """The start of the token, by which its owner recognises it."""
        return f"{TOKEN_BEGINS}{self.key}"

    @property
    def scopes(self) -> tuple[ApiScope, ...]:
        """The scopes that it grants."""
        return tuple(each for each in ApiScope if getattr(self, each.value))

    @property
    def scope_words(self) -> str:
        """Its scopes in words: "Read the register, write updates"."""
        words = ", ".join(str(each.label) for each in self.scopes).lower()
        return words[:1].upper() + words[1:]

    def is_standing(self, on: datetime.date) -> bool:
        """Whether the token works on a London day, apart from its owner's account."""
        return self.revoked_at is None and self.last_day >= on

    @property
    def last_used_on(self) -> datetime.date | None:
        """The day of its last use, or None."""
        use = getattr(self, "use", None)
        return use.on if use else None


TOKEN_BEGINS = "oversight_"


class ApiTokenUse(models.Model):
    """The London day of a token's last use. Not a record: GET requests write it too."""

    token = models.OneToOneField(ApiToken, on_delete=models.CASCADE, primary_key=True, related_name="use")
    on = models.DateField()

    class Meta:
        db_table = "api_token_use"  # not named like a record's table: a GET writes it

    def __str__(self) -> str:
        return f"{self.token_id} on {self.on}"
