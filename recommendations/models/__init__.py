"""The records: fields, constraints, named querysets. What may happen to them is in domain/."""

from recommendations.models.bodies import Force, Oversight, Panel, PolicingBody
from recommendations.models.closures import Closure
from recommendations.models.inspections import (
    Addressee,
    Inspection,
    InspectionForce,
    Recommendation,
    SubRecommendation,
)
from recommendations.models.papers import IssuedFile, ScrutinyReport
from recommendations.models.people import User
from recommendations.models.responses import Comment, CommentAnswer, Response, ResponseInspection, ResponseVersion
from recommendations.models.settings import Label, RagRule, Thresholds
from recommendations.models.tracked import TrackedRecommendation
from recommendations.models.trail import Submission, TrailEntry, TrailHead
from recommendations.models.voices import Assurance, ForceUpdate, InspectorateStatus, TargetDate

__all__ = [
    "Addressee",
    "Assurance",
    "Closure",
    "Comment",
    "CommentAnswer",
    "Force",
    "ForceUpdate",
    "Inspection",
    "InspectionForce",
    "InspectorateStatus",
    "IssuedFile",
    "Label",
    "Oversight",
    "Panel",
    "PolicingBody",
    "RagRule",
    "Recommendation",
    "Response",
    "ResponseInspection",
    "ResponseVersion",
    "ScrutinyReport",
    "SubRecommendation",
    "Submission",
    "TargetDate",
    "Thresholds",
    "TrackedRecommendation",
    "TrailEntry",
    "TrailHead",
    "User",
]
