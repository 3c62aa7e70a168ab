"""The scopes of personal API tokens."""

from django.db.models import TextChoices


class ApiScope(TextChoices):
    """A scope of a token. Each has a column of the same name in `ApiToken`."""

    READ_REGISTER = "read_register", "Read the register"
    READ_PAPERS = "read_papers", "Read papers"
    WRITE_UPDATES = "write_updates", "Write updates"
    WRITE_VALUES = "write_values", "Write values of indicators"

    @property
    def help(self) -> str:
        """What it gives access to, in a sentence."""
        return SCOPE_HELP[self]

    @property
    def writes(self) -> bool:
        """Whether it opens addresses that something is sent to; the others are read."""
        return self in WRITING


WRITING = (ApiScope.WRITE_UPDATES, ApiScope.WRITE_VALUES)
SCOPE_HELP: dict[ApiScope, str] = {
    ApiScope.READ_REGISTER: "Recommendations, actions, inspections, responses, commitments, meetings and names.",
    ApiScope.READ_PAPERS: "Papers and their figures.",
    ApiScope.WRITE_UPDATES: "Log force updates, and answer a round where your role does.",
    ApiScope.WRITE_VALUES: "Send values of indicators, where you enter them.",
}
