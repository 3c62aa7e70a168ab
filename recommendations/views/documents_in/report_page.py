"""What the check of a report adds: the last day to respond, who answers, and what is withheld about persons."""

from functools import cached_property

from recommendations.enums import ResponseAnswer
from recommendations.exchange.documents_in.sources.withheld import lines_instead_of
from recommendations.forms.documents_in.check_values import day_of
from recommendations.forms.documents_in.marked import MarkedDocument
from recommendations.forms.documents_in.sources import SourceReportForm
from recommendations.periods import say
from recommendations.views.documents_in.check_page import ALSO, CheckPage, Choice, F, R, U, X


class ReportPage(CheckPage):
    """The check of a report. It has no comments and no narrative: the rest is the report's own text."""

    save_words, noun = "Save report", "report"
    also = ALSO
    has_comments = False
    list_url, list_words, choose_words = "inspections", "Inspections", "Add a report"
    choose_name = "import_report"
    facts_template = "documents_in/check/facts_of_report.html"

    def _days(self) -> str:
        published_on = day_of(self.values.facts["published_on"])
        return say(published_on) if published_on else "day not found"

    def _from(self) -> str:
        return ""

    def _inspection(self) -> str:
        return ""

    @cached_property
    def facts(self) -> list[tuple[str, str]]:
        facts = self.values.facts
        answer = facts["answer"]
        needs = ResponseAnswer(answer).label if answer in ResponseAnswer.values else ""
        rows = [("Force", self.force), ("Last day", facts["respond_by"] or self.last_day), ("A response", needs)]
        return [*super().facts, *((name, words) for name, words in rows if words)]

    @property
    def last_day(self) -> str:
        """The last lawful day, counted from the publication day; "" if none is counted."""
        last = self._last_day(day_of(self.values.facts["published_on"]))
        return say(last) if last else ""

    @cached_property
    def answered(self) -> None:
        return None


class OfADeath:
    """Mixin for documents that may name persons."""

    marked: MarkedDocument

    @cached_property
    def withheld(self) -> int:
        """The number of lines that are not read because they may name a person."""
        found = (placed.line.text for placed in self.marked.read.placed if placed.kind == "withheld")
        return sum(lines_instead_of(text) for text in found)


class SourceReportPage(OfADeath, ReportPage):
    """The check of a document of another source: who must answer by when, and what is not read."""

    facts_template = "documents_in/check/facts_of_source.html"
    form: SourceReportForm

    @cached_property
    def facts(self) -> list[tuple[str, str]]:
        facts, basis = self.values.facts, self.form.chosen_basis
        rows = [
            ("Title", facts["title"] or "not found"),
            ("Made under", basis.name if basis else "not found"),
            ("Sent to", facts["made_to"]),
            ("Reference", facts["source_reference"]),
            (self.form.day_label, self._days()),
            ("Force", self.force),
        ]
        return [(name, words) for name, words in rows if words]

    @cached_property
    def answers(self) -> int:
        """How many recommendations have an answer in the document; the answers are not recorded as updates."""
        return sum(bool(rec.chief_officer_comments) for rec in self.marked.result.recommendations)

    @property
    def printed_last_day(self) -> str:
        """The last day printed in the document, if it differs from the one that the rule gives."""
        printed, who = self.marked.read.source.answer_by, self.form.who_by_when
        return say(printed) if printed and (who is None or who.last_day != printed) else ""


class AnswerCheckPage(OfADeath, CheckPage):
    """The check of an answer to a coroner's report. Text repeated from the report is shown but not recorded."""

    save_words, noun = "Save answer", "answer"
    also = (("number", "Number of a concern"),)
    has_comments = False
    list_url, list_words, choose_words = "inspections", "Inspections", "Add a report"
    choose_name = "import_report"
    facts_template = "documents_in/check/facts_of_answer.html"
    has_none = False

    @staticmethod
    def choices_for(kind: str) -> tuple[Choice, ...]:
        return ("chief", "c", "The answer"), (*R[:2], "Concern"), (*F[:2], "Answer to a concern"), U, X

    @cached_property
    def counts(self) -> list[str]:
        found = sum(bool(rec.chief_officer_comments) for rec in self.marked.result.recommendations)
        return [f"{found} concern answered" if found == 1 else f"{found} concerns answered"] if found else ["An answer"]

    @cached_property
    def facts(self) -> list[tuple[str, str]]:
        facts = self.values.facts
        sent_on = day_of(facts["responded_on"])
        rows = [
            ("Answers", self._inspection()),
            ("From", self.force),
            ("Sent on", say(sent_on) if sent_on else "day not found"),
            ("Published", facts["published_on"]),
            ("Where", facts["address"]),
        ]
        return [(name, words) for name, words in rows if words]

    def _inspection(self) -> str:
        found = super()._inspection()
        return "no report chosen yet" if found.startswith("a new") else found

    @cached_property
    def texts(self) -> list[tuple[str, str]]:
        return [("What it says", self.values.facts["chief_officer_comments"])]

    @cached_property
    def corrected_facts(self) -> list[tuple[str, str]]:
        name = "chief_officer_comments"
        return [(name, "what it says")] if self._is_corrected(name) else []

    @cached_property
    def answered(self) -> None:
        return None
