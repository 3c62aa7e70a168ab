"""Ways to tamper with what the trail does not hold the words of: passwords, second factors, seals, search texts.

And with what people ask about first: security events, the text that an approving officer decided about, the ledgers of
emails.
"""

from contextlib import suppress
from types import SimpleNamespace

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from recommendations import trail
from recommendations.domain.attachments import verification as files
from recommendations.domain.audit import events, sealed_rows
from recommendations.domain.mails import mail_ledger
from recommendations.domain.people import verification as seals
from recommendations.enums import MailState, ReminderKind
from recommendations.enums.security import SecurityEventKind
from recommendations.models import (
    AccountSeal,
    Attachment,
    Force,
    ForceSubscriber,
    Invitation,
    InvitationMail,
    PaperMail,
    PaperReader,
    ReminderItem,
    ReminderMail,
    ResponseSubmission,
    SecurityEvent,
    StoredFile,
    UpdateRound,
    User,
)
from tests.conftest import AT
from tests.domain.audit.tampering import other, past

# Checked wherever they are imported, as the command does.
assert seals.wrong_seals
assert sealed_rows.wrong_sealed_rows
assert files.wrong_stored_files


def note_events(world) -> None:
    """An event of each kind, of which the world has none."""
    person, by = world.people["officer"], world.people["administrator"]
    origin = events.EventOrigin("192.0.2.7", "Firefox on Windows")
    for kind in SecurityEventKind:
        events.note_event(kind=kind, by=by, at=AT, account=person, origin=origin, detail="The register.")


def note_mails(world) -> None:
    """A mail of each ledger that was sent, one that was not, and one that is on its way."""
    about = [(PaperMail, {"reader": PaperReader.objects.first()})]
    about += [(InvitationMail, {"invitation": Invitation.objects.first()})]
    about += [(ReminderMail, {"person": world.people["lead_a"], "day": AT.date()})]
    about += [(ReminderMail, {"person": world.people["lead_b"], "day": AT.date()})]
    mails = [ledger.objects.create(claimed_at=AT, **fields) for ledger, fields in about]
    for mail in mails[2:]:
        ReminderItem.objects.create(mail=mail, person=mail.person, round=world.round_a, kind=ReminderKind.ASKED)
    for mail in mails[:3]:
        mail_ledger.hand_over(SimpleNamespace(mail=mail))
        mail_ledger.mark_sent(SimpleNamespace(mail=mail), at=AT)
    mail_ledger.mark_failed(SimpleNamespace(mail=mails[3]), "It is down.", at=AT)
    ReminderMail.objects.create(person=world.people["officer"], day=AT.date(), claimed_at=AT)


def write_another_password(dice) -> str:
    one, two = dice.sample(list(past(User).order_by("pk")), 2)
    past(User).filter(pk=one.pk).update(password=dice.choice([two.password + "x", "", "!", "md5$x$y"]))
    return f"The person {one.pk} was changed: password."


def plant_a_second_factor(dice) -> str:
    person = dice.choice(list(past(User).order_by("pk")))
    kind = dice.choice(["recovery_codes", "webauthn"])
    past(Authenticator).bulk_create([Authenticator(user=person, type=kind, data={"secret": "planted"})])
    return seals.FACTOR_CHANGED.format(pk=person.pk)


def change_a_second_factor(dice) -> str:
    factor = dice.choice(list(past(Authenticator).order_by("pk")))
    value = dice.choice([{"data": {"secret": "planted"}}, {"type": "webauthn"}])
    past(Authenticator).filter(pk=factor.pk).update(**value)
    return seals.FACTOR_CHANGED.format(pk=factor.user_id)


def give_a_second_factor_to_another(dice) -> str:
    factor = dice.choice(list(past(Authenticator).order_by("pk")))
    without = past(User).exclude(pk__in=past(Authenticator).values("user")).order_by("pk")
    person = dice.choice(list(without))
    past(Authenticator).filter(pk=factor.pk).update(user=person)
    return seals.FACTOR_CHANGED.format(pk=min(person.pk, factor.user_id))


def remove_a_second_factor(dice) -> str:
    factor = dice.choice(list(past(Authenticator).order_by("pk")))
    past(Authenticator).filter(pk=factor.pk)._raw_delete("default")
    return seals.FACTOR_CHANGED.format(pk=factor.user_id)


def change_a_seal(dice) -> str:
    """By one of another's, which is good for that other alone."""
    one, two = dice.sample(list(past(AccountSeal).order_by("pk")), 2)
    column, words = dice.choice([("password", "password"), ("factors", "second factor")])
    past(AccountSeal).filter(pk=one.pk).update(**{column: getattr(two, column)})
    return f"The person {one.pk} was changed: {words}."


def remove_a_seal(dice) -> str:
    seal = dice.choice(list(past(AccountSeal).order_by("pk")))
    past(AccountSeal).filter(pk=seal.pk)._raw_delete("default")
    return f"The person {seal.pk} has no seal"


def _change(model, dice) -> str:
    while True:
        row = dice.choice(list(past(model).order_by("pk")))
        column = dice.choice([each.attname for each in trail.trailed_fields(model) if not each.primary_key])
        value = other(getattr(row, column), dice)
        if value is not None:
            with suppress(IntegrityError), transaction.atomic():  # what the database itself refuses is no tamper
                past(model).filter(pk=row.pk).update(**{column: value})
                return f"The {model._meta.verbose_name} {row.pk} was changed: {column}."


def change_a_security_event(dice) -> str:
    return _change(SecurityEvent, dice)


def remove_a_security_event(dice) -> str:
    event = dice.choice(list(past(SecurityEvent).order_by("pk")))
    past(SecurityEvent).filter(pk=event.pk)._raw_delete("default")
    return f"The security event {event.pk} was deleted."


def change_what_was_submitted(dice) -> str:
    return _change(ResponseSubmission, dice)


def change_a_mail(dice) -> str:
    """To another day, person or moment; one that was sent becomes one that is still to go."""
    mail = dice.choice(ended_mails())
    columns = [each.attname for each in type(mail)._meta.concrete_fields if not each.primary_key]
    column = dice.choice([name for name in columns if getattr(mail, name) is not None])
    values = {column: other(getattr(mail, column), dice)}
    if column in ("state", "sent_at"):
        values = {"state": MailState.CLAIMED, "sent_at": None, "problem": ""}
    past(type(mail)).filter(pk=mail.pk).update(**values)
    return f"The {mail._meta.verbose_name} {mail.pk} was changed: "


def ended_mails() -> list:
    ended = mail_ledger.ENDED
    return [mail for ledger in mail_ledger.LEDGERS for mail in ledger.objects.filter(ended).order_by("pk")]


def remove_a_mail(dice) -> str:
    mail = dice.choice(ended_mails())
    past(type(mail)).filter(pk=mail.pk)._raw_delete("default")
    return f"The {mail._meta.verbose_name} {mail.pk} was deleted."


def say_that_a_mail_was_sent(dice) -> str:
    """One that is on its way, or one that never was."""
    mail = ReminderMail.objects.get(state=MailState.CLAIMED)
    if dice.random() < 0.5:
        mail = ReminderMail(person=mail.person, day=AT.date().replace(day=1), claimed_at=AT)
    mail.state, mail.sent_at = MailState.SENT, AT
    mail.save()
    return f"The reminder mail {mail.pk} is in no entry: "


def change_what_a_mail_lists(dice) -> str:
    item = dice.choice(list(ReminderItem.objects.order_by("pk")))
    rounds = UpdateRound.objects.exclude(pk=item.round_id)
    change = dice.choice([{"kind": ReminderKind.BEFORE}, {"round": rounds.first()}, None])
    if change is None:
        past(ReminderItem).filter(pk=item.pk)._raw_delete("default")
    else:
        past(ReminderItem).filter(pk=item.pk).update(**change)
    return f"The reminder mail {item.mail_id} was changed: items."


def plant_a_subscriber(dice) -> str:
    """An address that would be told of each release, as if its owner had confirmed it."""
    force = dice.choice(list(past(Force).order_by("pk")))
    facts = {"force": force, "email": "planted@example.org", "token": "t" * 24, "asked_at": AT, "confirmed_at": AT}
    seal = past(ForceSubscriber).values_list("seal", flat=True).first()
    past(ForceSubscriber).bulk_create([ForceSubscriber(seal=seal, **facts)])
    return sealed_rows.CHANGED.format(kind=ForceSubscriber._meta.verbose_name, pk=past(ForceSubscriber).latest("pk").pk)


def change_a_subscriber(dice) -> str:
    row = dice.choice(list(past(ForceSubscriber).order_by("pk")))
    column = dice.choice(["email", "token", "asked_at", "seal"])
    past(ForceSubscriber).filter(pk=row.pk).update(**{column: other(getattr(row, column), dice)})
    return sealed_rows.CHANGED.format(kind=ForceSubscriber._meta.verbose_name, pk=row.pk)


def change_a_stored_file(dice) -> str:
    file = dice.choice(list(past(Attachment).filter(removed_at=None).order_by("pk")))
    stored = past(StoredFile).filter(pk=file.sha256)
    if dice.random() < 0.5:
        stored.update(size=file.size + 1)
    else:
        stored._raw_delete("default")
    first = past(Attachment).filter(removed_at=None, sha256=file.sha256).order_by("pk").first()
    return f"The attached file {first.pk}: its row in the file store "


BESIDE = (
    plant_a_subscriber,
    change_a_subscriber,
    change_a_stored_file,
    change_a_mail,
    remove_a_mail,
    say_that_a_mail_was_sent,
    change_what_a_mail_lists,
    write_another_password,
    plant_a_second_factor,
    change_a_second_factor,
    give_a_second_factor_to_another,
    remove_a_second_factor,
    change_a_seal,
    remove_a_seal,
    change_a_security_event,
    remove_a_security_event,
    change_what_was_submitted,
)
