"""Inspections, recommendations, responses, commitments and meetings as the API returns them.

The query functions take rows that come from `visible_to` and need a constant number of queries.
"""

from typing import Any

from django.db.models import Prefetch, QuerySet

from recommendations.domain.sources.naming import label_of
from recommendations.models import CommitmentCheck, Force, Inspection, InspectionForce, ResponseVersion, User


def inspections(rows: QuerySet, user: User) -> QuerySet:
    """Prefetch the forces that each inspection covers and `user` can see."""
    covers = InspectionForce.objects.filter(force__in=Force.objects.visible_to(user)).select_related("force")
    return rows.prefetch_related(Prefetch("covers", covers.order_by("force__name"))).order_by("-published_on", "-pk")


def inspection(row: Inspection) -> dict[str, Any]:
    """Return an inspection. `last_day` is the last lawful day of the response, or the stated one."""
    names = ("title", "short_name", "kind", "basis", "published_on", "link", "lead_inspectorate", "joint_inspectorates")
    also = {
        "source": label_of(row.source, row.source_word),
        "needs_response": row.needs_response,
        "last_day": row.last_day if row.needs_response else None,
    }
    forces = [each.force.slug for each in row.covers.all()]
    return {"id": row.pk, **{name: getattr(row, name) for name in names}, **also, "forces": forces}


def recommendations(rows: QuerySet) -> QuerySet:
    """Prefetch parts and addressees, in the order of the reports."""
    return rows.prefetch_related("parts", "addressees").order_by("-inspection__published_on", "inspection", "position")


def recommendation(row: Any) -> dict[str, Any]:
    """Return a recommendation, word for word."""
    names = ("inspection_id", "kind", "number", "position", "heading", "text", "cause_id", "deadline_words")
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in names},
        "deadline_on": row.deadline_on,
        "parts": [f"{each.number} {each.text}".strip() for each in row.parts.all()],
        "addressees": [each.name for each in row.addressees.all()],
    }


def responses(rows: QuerySet) -> QuerySet:
    """Prefetch the responses' published versions and the inspections that they answer."""
    versions = ResponseVersion.objects.order_by("-number").defer("source_text", "left_out")
    found = rows.select_related("body").prefetch_related("answers", Prefetch("versions", versions))
    return found.order_by("-pk")


def response(row: Any) -> dict[str, Any]:
    """Return a response: its state and each published version. Text from drafts is not included."""
    return {
        "id": row.pk,
        "title": row.title,
        "body": row.body.name,
        "state": row.state,
        "address": row.get_public_url() if row.slug else "",
        "inspections": sorted(each.inspection_id for each in row.answers.all()),
        "versions": [
            {"number": each.number, "published_on": each.published_on, "correction": each.correction}
            for each in row.versions.all()
        ],
        "withdrawn_why": row.withdrawn_why,
    }


def commitments(rows: QuerySet) -> QuerySet:
    """Prefetch the commitments' valid checks, latest first."""
    checks = CommitmentCheck.objects.standing().latest_first()
    found = rows.select_related("of").prefetch_related(Prefetch("checks", checks, to_attr="looks"))
    return found.order_by("pk")


def commitment(row: Any) -> dict[str, Any]:
    """Return a commitment: the quoted sentence, its keeper, and the result of each check."""
    names = ("quote", "keeper", "check_on", "every", "next_on")
    return {
        "id": row.pk,
        "response_id": row.of.response_id,
        "version": row.of.number,
        **{name: getattr(row, name) for name in names},
        "checks": [
            {"checked_on": each.effective_on, "outcome": each.outcome, "found": each.said, "evidence": each.evidence}
            for each in row.looks
        ],
    }


def meeting(row: Any) -> dict[str, Any]:
    """Return a panel's meeting: when, where and whether it was held."""
    panel, force = row.panel, row.panel.force
    return {
        "id": row.pk,
        "panel": panel.name,
        "panel_kind": panel.kind,
        "force": force.slug if force else None,
        "on": row.on,
        "start": row.start,
        "end": row.end,
        "place": row.place,
        "state": row.state,
        "moved_from": row.moved_from,
        "cancelled_why": row.cancelled_why,
    }


def people_for(user: User) -> QuerySet[User]:
    """Whose names a person gets: everybody's with an account in the office, one's own force's in a force."""
    found = User.objects.filter(is_active=True).select_related("force").order_by("name", "pk")
    return found.filter(force=user.force_id) if user.force_id else found


def person(row: User) -> dict[str, Any]:
    """A name, a role and a force, and no address."""
    return {"id": row.pk, "name": row.name, "role": row.role, "force": row.force.slug if row.force else None}
