"""Security events: each is written by a verb, so its entry is part of the trail's chain."""

from django.db import models

from recommendations.enums.security import SecurityEventKind
from recommendations.models.base import Guarded


class SecurityEvent(Guarded):
    """One event about access. Never changed; its trail entry records who and when.

    `account` is the account concerned; None if the address has no account (the typed address is not stored).
    """

    kind = models.CharField(max_length=30, choices=SecurityEventKind)
    at = models.DateTimeField(db_index=True)
    account = models.ForeignKey("User", on_delete=models.PROTECT, null=True, related_name="security_events")
    by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, related_name="+")
    address = models.GenericIPAddressField(null=True)
    is_new_address = models.BooleanField(default=False)
    client = models.CharField(max_length=60, blank=True)
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["account", "kind", "at"], name="securityevent_of_account")]
        constraints = [
            models.CheckConstraint(
                name="securityevent_kind_known", condition=models.Q(kind__in=SecurityEventKind.values)
            )
        ]

    def __str__(self):
        return self.get_kind_display()

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise ValueError("A security event never changes.")
        super().save(*args, **kwargs)
