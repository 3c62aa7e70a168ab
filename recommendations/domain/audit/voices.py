"""The fields of each voice, for histories: a change is the difference between successive rows in force."""

from django.db import models

from recommendations.enums import Stage
from recommendations.models import Assurance, Delay, ForceUpdate, InspectorateStatus, TargetDate, Weight

# For each voice its blank row (before anybody spoke), and its fields with their names in a history.
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
