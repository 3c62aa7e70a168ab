"""What each voice says of a recommendation, for the history: what changed is told from one row of it to the next."""

from django.db import models

from recommendations.enums import Stage
from recommendations.models import Assurance, Delay, ForceUpdate, InspectorateStatus, TargetDate, Weight

# What each voice says: a row before anybody spoke, and its fields with how they are called of the recommendation.
VOICES: dict[type[models.Model], tuple[models.Model, dict[str, str]]] = {
    ForceUpdate: (
        ForceUpdate(stage=Stage.AWAITING_ALLOCATION),
        {"position": "Force position", "stage": "Stage", "forecast_on": "Forecast"},
    ),
    Assurance: (Assurance(), {"view": "OPCC assurance"}),
    InspectorateStatus: (InspectorateStatus(), {"status": "HMICFRS status"}),
    TargetDate: (TargetDate(), {"target_on": "Target"}),
    Weight: (Weight(), {"risk": "Risk", "themes": "Themes"}),
    Delay: (Delay(), {"cause": "Cause of delay", "mitigation": "Mitigation"}),
}
