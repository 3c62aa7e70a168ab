"""The numbered requests that committees minute, the answers in papers, and what else answers one."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from recommendations.enums import PaperState
from recommendations.enums.accountability import ProofKind
from recommendations.models.base import ActiveManager, Record, RecordQuerySet, Withdrawable
from recommendations.models.evidence import Proof
from recommendations.models.forces.transfers import CameOver
from recommendations.models.panels.panels import IN_A_ROW
from recommendations.models.papers.papers import ScrutinyReport


class AnswerQuerySet(RecordQuerySet):
    def in_finalised_papers(self):
        """Answers that are filed: not empty, in a finalised paper."""
        return self.filter(paper__state=PaperState.FINALISED).exclude(text="")

    def visible_to(self, user):
        """All for the office; for others those in papers that they may see."""
        return self if user.has_perm("draft_paper") else self.filter(paper__in=ScrutinyReport.objects.visible_to(user))


def _is_open_in(papers) -> Q:
    """The condition that one of these finalised papers prints the request as open: a paper of its committee, or of
    one that replaced that, and of its force,
    prepared after the request was recorded, with no earlier answer in a paper of another period or force.

    domain/committees/queries.py compiles a paper by the same rule (requests_for).
    """
    before = RequestAnswer.objects.in_finalised_papers().filter(
        request=OuterRef(OuterRef("pk")), paper__finalised_at__lte=OuterRef("known_at")
    )
    before = before.exclude(paper__force=OuterRef("force"), paper__start=OuterRef("start"), paper__end=OuterRef("end"))
    otherwise = RequestProof.objects.filter(
        Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=OuterRef("known_at")),
        request=OuterRef(OuterRef("pk")),
        recorded_at__lte=OuterRef("known_at"),
        effective_on__lt=OuterRef("start"),
    )
    printing = papers.filter(
        _is_of_its_committee(),
        ~Exists(before),
        ~Exists(otherwise),
        closed=False,
        force__isnull=False,
        known_at__gte=OuterRef("recorded_at"),
        known_at__date__gte=OuterRef("asked_on"),
    )
    about_all = Q(Exists(printing), force__isnull=True)
    return Q(about_all | Q(Exists(printing.filter(force=OuterRef("force")))), withdrawn_at__isnull=True)


def _is_of_its_committee() -> Q:
    """The condition that a paper is for the committee of the request around it, or one that has replaced it since."""
    found, panel, ended = Q(panel=OuterRef("panel")), "panel", Q()
    for _ in range(IN_A_ROW):
        ended &= Q(known_at__date__gt=OuterRef(f"{panel}__until"))
        panel += "__replaced_by"
        found |= ended & Q(panel=OuterRef(panel))
    return found


class RequestQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """All for the office; for others those that a finalised paper they may see answers or prints as open."""
        if user.has_perm("draft_paper"):
            return self
        answers = RequestAnswer.objects.in_finalised_papers().visible_to(user)
        papers = ScrutinyReport.objects.visible_to(user).filter(state=PaperState.FINALISED)
        return self.filter(Q(pk__in=answers.values("request")) | _is_open_in(papers))

    def with_state(self):
        """Annotate `is_answered`: whether a finalised paper, or other evidence, answers the request."""
        in_paper = RequestAnswer.objects.in_finalised_papers().filter(request=OuterRef("pk"))
        otherwise = RequestProof.objects.standing().filter(request=OuterRef("pk"))
        return self.annotate(is_answered=Q(Exists(in_paper)) | Q(Exists(otherwise)))

    def waiting(self):
        """Requests that nothing answers yet."""
        return self.with_state().filter(is_answered=False)


class CommitteeRequest(Withdrawable, CameOver):
    """A numbered request of a committee, with its owner and due day. Without a force it is about all forces."""

    panel = models.ForeignKey("Panel", on_delete=models.PROTECT, related_name="requests", verbose_name="committee")
    number = models.CharField(max_length=20, help_text="As the minutes number it.")
    text = models.TextField("what is asked for")
    asked_on = models.DateField("day of the meeting")
    meeting = models.ForeignKey("Meeting", on_delete=models.PROTECT, null=True, blank=True, related_name="requests")
    owner = models.CharField(max_length=120, help_text="Who is dealing with it.")
    due_on = models.DateField("to be answered by")
    force = models.ForeignKey("Force", on_delete=models.PROTECT, null=True, blank=True, related_name="requests")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    is_answered: bool  # if RequestQuerySet.with_state annotated it

    objects = ActiveManager.from_queryset(RequestQuerySet)()
    on_file = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            *Withdrawable.Meta.constraints,
            *CameOver.Meta.constraints,
            models.UniqueConstraint(
                fields=["panel", "number"],
                condition=Q(withdrawn_at__isnull=True),
                name="committeerequest_number_once",
                violation_error_message="This committee has a request of this number already.",
            ),
            models.CheckConstraint(
                name="committeerequest_says_what_and_who", condition=~Q(number="") & ~Q(text="") & ~Q(owner="")
            ),
            models.CheckConstraint(
                name="committeerequest_days_in_order",
                condition=Q(due_on__gte=F("asked_on")),
                violation_error_message="It is to be answered on or after the day of the meeting.",
            ),
        ]

    def __str__(self):
        return f"Request {self.number}, {self.panel}"

    def get_absolute_url(self):
        return reverse("committee_request", args=[self.pk])


class RequestAnswer(Record):
    """The answer to a request in one paper. It is written while the paper is a draft, and remains with it."""

    request = models.ForeignKey(CommitteeRequest, on_delete=models.PROTECT, related_name="answers")
    paper = models.ForeignKey(ScrutinyReport, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField("answer", blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "paper"], name="requestanswer_once_in_a_paper"),
        ]

    def __str__(self):
        return f"Answer to {self.request}"


class RequestProof(Proof):
    """What answers a request other than a paper: a reply, a letter, a file, or what was said at a meeting."""

    request = models.ForeignKey(CommitteeRequest, on_delete=models.PROTECT, related_name="proofs")

    class Meta(Proof.Meta):
        constraints = [
            *Proof.Meta.constraints,
            models.CheckConstraint(name="requestproof_shows_something", condition=~Q(words="")),
            models.CheckConstraint(name="requestproof_is_no_paper", condition=~Q(kind=ProofKind.PAPER)),
            models.UniqueConstraint(
                fields=["request"], condition=Q(withdrawn_at__isnull=True), name="requestproof_once"
            ),
        ]
