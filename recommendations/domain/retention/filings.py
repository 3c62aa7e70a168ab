"""Papers and responses filed with words that were redacted since, and whether they were corrected."""

from dataclasses import dataclass

from recommendations.enums import PaperState
from recommendations.models import RedactedFiling, Redaction, ScrutinyReport


@dataclass(frozen=True)
class FilingLine:
    """A filed paper or published version: title, address, and the correction, or "" if there is none."""

    title: str
    url: str
    is_paper: bool
    corrected: str


def filings_of(redaction: Redaction) -> list[FilingLine]:
    """The filings affected by one redaction, papers first."""
    rows = redaction.filings.select_related("paper__force", "paper__replaced_by", "version__response")
    rows = rows.defer("paper__figures", "paper__replaced_by__figures").prefetch_related("version__response__versions")
    return sorted((_line(row) for row in rows), key=lambda line: not line.is_paper)


def _line(row: RedactedFiling) -> FilingLine:
    if row.paper is not None:
        title = f"{row.paper}, issue {row.paper.issue}"
        return FilingLine(title, row.paper.get_absolute_url(), True, _later_issue(row.paper))
    version = row.version
    assert version is not None  # redactedfiling_is_of_one
    after = [each.number for each in version.response.versions.all() if each.number > version.number]
    corrected = f"Version {max(after)} is published." if after else ""
    return FilingLine(str(version), version.response.get_absolute_url(), False, corrected)


def _later_issue(paper: ScrutinyReport) -> str:
    later = getattr(paper, "replaced_by", None)
    if later is None or later.state != PaperState.FINALISED:
        return ""
    return f"Issue {later.issue} is filed."
