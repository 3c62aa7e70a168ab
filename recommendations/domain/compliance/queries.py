"""What is on record about the responses to reports by the end of a London day, in a few queries for any number."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from recommendations.domain.responses.chief_officers.section import ChiefOfficerVoice
from recommendations.enums import Decision, RecommendationKind, Role
from recommendations.models import (
    ChiefOfficerComments,
    Copy,
    DraftPart,
    Inspection,
    Invitation,
    Oversight,
    Recipient,
    Recommendation,
    Response,
    ResponseInspection,
    ResponseSubmission,
    ResponseVersion,
    User,
)
from recommendations.periods import day_end

DECIDED = (Decision.APPROVED, Decision.APPROVED_OUTSIDE)
# The columns read of a part, without its text, which can be long.
OF_PARTS = (
    *("response", "name", "action", "with_part", "version", "saved_at", "saved_by__name"),
    *("recommendation__kind", "recommendation__withdrawn_at"),
)


@dataclass
class ResponseFacts:
    """What is on record about one response."""

    response: Response
    inspections: list[int] = field(default_factory=list)
    versions: list[ResponseVersion] = field(default_factory=list)
    submissions: list[ResponseSubmission] = field(default_factory=list)
    invitations: dict[int, Invitation] = field(default_factory=dict)
    comments: dict[int, ChiefOfficerComments] = field(default_factory=dict)
    parts: list[DraftPart] = field(default_factory=list)
    copies: list[Copy] = field(default_factory=list)
    withdrawn: bool = False

    @property
    def first_on(self) -> datetime.date | None:
        """The publication day of its first version, which decides whether it was in time."""
        return min((each.published_on for each in self.versions), default=None)

    @property
    def submission(self) -> ResponseSubmission | None:
        """The latest submission, or None."""
        return self.submissions[-1] if self.submissions else None

    def is_undecided(self, on: datetime.date) -> bool:
        """Whether the latest submission was waiting for a decision at the end of this London day."""
        last = self.submission
        return last is not None and (last.decided_at is None or last.decided_at > day_end(on))

    @property
    def written(self) -> list[DraftPart]:
        """The parts with a saved version."""
        return [part for part in self.parts if part.version]

    @property
    def answered(self) -> int:
        """How many recommendations have an answer, which can be that nothing will be done."""
        actions: dict[int | None, str] = {part.pk: part.action for part in self.parts}
        asked = [part for part in self.written if part.recommendation and _needs_answer(part.recommendation)]
        return sum(bool(part.action or actions.get(part.with_part_id)) for part in asked)

    @property
    def authors(self) -> set[int]:
        return {part.saved_by_id for part in self.parts if part.saved_by_id}


def _needs_answer(recommendation: Recommendation) -> bool:
    return not recommendation.withdrawn_at and recommendation.kind == RecommendationKind.RECOMMENDATION


@dataclass
class Facts:
    """What is on record by the end of `on`: responses by report, and what determines their stage and who has them."""

    on: datetime.date
    of: dict[int, list[ResponseFacts]]
    asked: dict[int, int]
    overseen: dict[int, set[int]]
    offices: dict[int, str]
    recipients: list[Recipient]
    approvers: list[User]
    leads: dict[int, list[User]]

    def voices(self, response_facts: ResponseFacts, inspections: Iterable[Inspection]) -> list[ChiefOfficerVoice]:
        """Return the chief officers asked: of each force covered that the body oversees, or all if it oversees none."""
        forces = {cover.force_id: cover.force for each in inspections for cover in each.covers.all()}
        overseen = self.overseen[response_facts.response.body_id] & forces.keys()
        asked = [force for pk, force in forces.items() if pk in overseen or not overseen]
        return [
            ChiefOfficerVoice(force, response_facts.comments.get(force.pk), response_facts.invitations.get(force.pk))
            for force in asked
        ]


def facts_of(responses: QuerySet, inspections: list[Inspection], on: datetime.date) -> Facts:
    """Return what is on record about these responses (a queryset) to these inspections. Constant number of queries."""
    answers = ResponseInspection.objects.filter(response__in=responses, inspection__in=inspections)
    said: dict[int, ResponseFacts] = {}
    of = defaultdict(list)
    for answer in answers.select_related("response__body").order_by("response", "pk"):
        one = said.setdefault(answer.response_id, ResponseFacts(answer.response))
        one.inspections.append(answer.inspection_id)
        of[answer.inspection_id].append(one)
    _read_responses(said, on)
    links = list(Oversight.objects.on(on).select_related("body").prefetch_related("body__former_details"))
    overseen, leads = defaultdict(set), defaultdict(list)
    for link in links:
        overseen[link.body_id].add(link.force_id)
    people = User.objects.filter(is_active=True, role__in=[Role.APPROVING_OFFICER, Role.FORCE_INSPECTION_LEAD])
    for person in (people := list(people.order_by("name", "pk"))):
        leads[person.force_id].append(person)
    return Facts(
        on=on,
        of=of,
        asked=_recommendation_counts(inspections),
        overseen=overseen,
        offices={link.force_id: link.body.details_on(on).office_name for link in links},
        recipients=list(Recipient.objects.exclude(until__lt=on)),
        approvers=[person for person in people if person.role == Role.APPROVING_OFFICER],
        leads=leads,
    )


def _recommendation_counts(inspections: list[Inspection]) -> dict[int, int]:
    """Return the number of recommendations by inspection id: the law requires an answer to each."""
    made = Recommendation.objects.filter(inspection__in=inspections, kind=RecommendationKind.RECOMMENDATION)
    return dict(made.order_by().values_list("inspection").annotate(number=Count("pk")))


def _read_responses(facts_by_id: dict[int, ResponseFacts], on: datetime.date) -> None:
    """Read what each response has by the end of the day."""
    end, ids = day_end(on), list(facts_by_id)
    for one in facts_by_id.values():
        one.withdrawn = one.response.withdrawn_at is not None and one.response.withdrawn_at <= end
    versions = ResponseVersion.objects.filter(response__in=ids, published_on__lte=on).order_by("number")
    for version in versions.defer("source_text", "left_out"):
        facts_by_id[version.response_id].versions.append(version)
    submissions = ResponseSubmission.objects.filter(response__in=ids, submitted_at__lte=end).defer("text")
    for submission in submissions.select_related("submitted_by").order_by("submitted_at", "pk"):
        facts_by_id[submission.response_id].submissions.append(submission)
    for invitation in Invitation.objects.filter(response__in=ids, sent_on__lte=on):
        facts_by_id[invitation.response_id].invitations[invitation.force_id] = invitation
    stands = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=end)
    for comments in ChiefOfficerComments.objects.filter(stands, response__in=ids, recorded_at__lte=end).defer("text"):
        facts_by_id[comments.response_id].comments[comments.force_id] = comments
    parts = DraftPart.objects.filter(response__in=ids, saved_at__lte=end).select_related("saved_by", "recommendation")
    for part in parts.only(*OF_PARTS).order_by("saved_at", "pk"):
        facts_by_id[part.response_id].parts.append(part)
    for copy in Copy.objects.filter(of__response__in=ids, sent_on__lte=on).select_related("of").order_by("sent_on"):
        facts_by_id[copy.of.response_id].copies.append(copy)
