"""Rows that no verb writes, and that nobody can write past the program unseen: each is sealed."""

from typing import Any

from django.db import models

from recommendations import keys


class SealedRow(models.Model):
    """A row that the trail does not hold. `seal` is made with a key that is not in the database, whenever it is saved.

    verify_audit names each row that is not as sealed. One that was deleted it can't name.
    """

    seal = models.CharField(max_length=64, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.seal = self.make_seal()
        super().save(*args, **kwargs)

    def make_seal(self) -> str:
        """The seal of the row as it is now."""
        return keys.seal(self.sealed_values())

    @property
    def is_as_sealed(self) -> bool:
        return keys.is_sealed(self.sealed_values(), self.seal)

    def sealed_values(self) -> list[Any]:
        """The values that the seal is made of; the first names the kind of row."""
        raise NotImplementedError
