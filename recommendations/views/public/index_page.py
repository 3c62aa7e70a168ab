"""The list of published responses: by year and force, with search, in pages."""

from itertools import groupby
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import QueryDict

from recommendations.domain.public.released import are_there_any
from recommendations.domain.public.responses import ListedResponse, list_responses
from recommendations.models import ActionPlan
from recommendations.search_words import read_words

PAGE = 20
MOST_LETTERS = 200


def index(params: QueryDict) -> dict:
    """The context of the list for a query string (a QueryDict)."""
    words = search_words(params)
    year, force = params.get("year", ""), params.get("force", "")
    everything = list_responses(read_words(words))
    found = [each for each in everything if each.is_found]
    chosen = [each for each in found if year in ("", str(each.year)) and force in ("", *dict(each.forces))]
    page = Paginator(chosen, PAGE).get_page(params.get("page"))
    narrowed = {name: value for name, value in (("q", words), ("year", year), ("force", force)) if value}
    return {
        "page": page,
        "has_plans": are_there_any(ActionPlan),
        "years": _group_by_year(list(page.object_list)),
        "q": words,
        "year_choices": _choices(year, _years(everything)),
        "force_choices": _choices(force, _forces(everything)),
        "narrowed": bool(narrowed),
        "query": f"{urlencode(narrowed)}&" if narrowed else "",
    }


def search_words(params: QueryDict) -> str:
    """The search words, normalised, as the page shows them again."""
    return " ".join(params.get("q", "").replace("\x00", " ")[:MOST_LETTERS].split())


def _group_by_year(rows: list[ListedResponse]) -> list[tuple[int, list[ListedResponse]]]:
    return [(year, list(of_it)) for year, of_it in groupby(rows, key=lambda each: each.year)]


def _years(rows: list[ListedResponse]) -> dict[str, str]:
    return {str(year): str(year) for year in sorted({each.year for each in rows}, reverse=True)}


def _forces(rows: list[ListedResponse]) -> dict[str, str]:
    return dict(sorted({pair for each in rows for pair in each.forces}, key=lambda pair: pair[1]))


def _choices(chosen: str, known: dict[str, str]) -> list[dict]:
    return [{"value": value, "words": words, "chosen": value == chosen} for value, words in known.items()]
