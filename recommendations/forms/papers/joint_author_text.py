"""The form for the words of a joint draft: the head of page 1, what is asked, and the office's view over all forces."""

from recommendations.domain.papers.sections.author_text import asks_of
from recommendations.forms.papers.author_text import PaperWordsForm
from recommendations.forms.site.record import RecordForm
from recommendations.models import PaperWords

FIELDS = ("item", "meets_on", "purpose", "view", "view_words")


class JointWordsForm(PaperWordsForm):
    """What stands on a joint paper's first page. The rest is written in its parts."""

    unmarked = ("view", "view_words")

    questions = remark_colours = remark_quarters = remark_ages = None

    def __init__(self, data=None, *, record: PaperWords, **kwargs):
        RecordForm.__init__(self, data, record=record, **kwargs)

    def values_of(self, record: PaperWords) -> dict:
        asked = tuple(record.asked.splitlines()) or asks_of(record.paper)
        return {name: getattr(record, name) for name in FIELDS} | {"asked": asked}
