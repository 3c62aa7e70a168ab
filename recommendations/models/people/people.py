"""Users: an email address, one role, and for a force's role the force."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models.functions import Lower

from recommendations import permissions, trail
from recommendations.enums import Role
from recommendations.models.base import Guarded, RecordQuerySet, history, unrecorded
from recommendations.models.people.seals import has_sealed_password, seal_new_account, seal_password

AN_OBJECT_ID = RegexValidator(
    r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
    "Enter the object id as Microsoft Entra shows it, such as 1f3e0c52-9a1b-4c7d-8e2f-0123456789ab.",
)


class UserManager(BaseUserManager.from_queryset(RecordQuerySet)):
    def get_by_natural_key(self, username):
        return self.get(email__iexact=username)


class User(AbstractBaseUser, Guarded):
    """A person with an account. Accounts are deactivated, never deleted, because the register names them for ever."""

    # The password hash is kept out of history and trail, and so are personal preferences.
    UNTRAILED = ("password", "mails_notices")

    last_login = None
    email = models.EmailField(
        "email address",
        max_length=254,
        unique=True,
        error_messages={"unique": "Someone has an account with this email address."},
    )
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=30, choices=Role)
    force = models.ForeignKey("Force", on_delete=models.PROTECT, null=True, blank=True, related_name="people")
    is_active = models.BooleanField("can sign in", default=True)
    entra_id = models.CharField("object id in Microsoft Entra", max_length=36, blank=True, validators=[AN_OBJECT_ID])
    mails_notices = models.BooleanField(default=False, editable=False, help_text="Told by email what they are given.")

    history = history(excluded_fields=[*UNTRAILED])
    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name", "role"]

    class Meta:
        ordering = ["name"]
        verbose_name = "person"
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(
                name="user_force_goes_with_force_inspection_lead",
                condition=models.Q(role=Role.FORCE_INSPECTION_LEAD, force__isnull=False)
                | (~models.Q(role=Role.FORCE_INSPECTION_LEAD) & models.Q(force__isnull=True)),
                violation_error_message="A force inspection lead has a force, and no one else has one.",
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message="Someone has an account with this email address.",
            ),
            models.UniqueConstraint(
                fields=["entra_id"],
                condition=~models.Q(entra_id=""),
                name="user_entra_id_once",
                violation_error_message="Someone else has this object id in Microsoft Entra.",
            ),
            models.CheckConstraint(name="user_role_known", condition=models.Q(role__in=Role.values)),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """Lower-case the email address, as sign-in does, and the Entra object id."""
        super().clean()
        self.email = self.email.strip().lower()
        self.entra_id = self.entra_id.strip().lower()

    def save(self, *args, **kwargs):
        """Save the account; of one that is there everything but the password, which may have changed since it was
        read. With `update_fields=["password"]` the password alone.
        """
        with transaction.atomic():
            if set(kwargs.get("update_fields") or ()) == {"password"}:
                self._save_password(*args, **kwargs)
            elif self._state.adding:
                super().save(*args, **kwargs)
                seal_new_account(self)
            else:
                kept = [each.name for each in self._meta.concrete_fields if each.name not in ("id", "password")]
                super().save(*args, **{"update_fields": kept} | kwargs)

    def _save_password(self, *args, **kwargs):
        """Save the hash of a password, without history. The verb that sets one seals it when it ends.

        Outside a verb it is the new hash that Django makes of the same password at sign-in.
        """
        is_same = trail.acting() is None and has_sealed_password(type(self)._base_manager.get(pk=self.pk))
        self.skip_history_when_saving = True
        try:
            with unrecorded():
                # no record: a password is in no history
                models.Model.save(self, *args, **kwargs)
        finally:
            del self.skip_history_when_saving
        if is_same:
            seal_password(self)

    @property
    def is_staff(self) -> bool:
        """Whether Django's admin is open to this user."""
        return self.has_perm(permissions.May.ADMINISTER)

    def has_perm(self, perm, obj=None) -> bool:
        return permissions.has_perm(self, str(perm))

    def has_module_perms(self, app_label) -> bool:
        return self.has_perm(permissions.May.ADMINISTER)

    @property
    def role_words(self) -> str:
        return self.get_role_display()
