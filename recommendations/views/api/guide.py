"""The description of the API: as a document for programs, and as a page for people."""

import re

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recommendations.domain.people.api_tokens import offered_scopes
from recommendations.middleware.tokens import API, PROBLEMS
from recommendations.permissions import May, allow, public
from recommendations.views.api.endpoint import openapi_document
from recommendations.views.site.requests import AuthenticatedRequest


@require_safe
@public
def api_openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI 3.1 document. It contains nothing about the office, so it needs no token."""
    return JsonResponse(openapi_document())


@require_safe
@allow(May.USE)
def api_guide(request: AuthenticatedRequest) -> HttpResponse:
    """The API for people: the addresses with their parameters, and what each error means."""
    context = {"operations": _operations(), "scopes": offered_scopes(), "problems": PROBLEMS.items()}
    return render(request, "api/guide.html", context)


def _operations() -> list[dict]:
    """Each operation in words, the register's first: its parameters, request and response."""
    document = openapi_document()
    found = [
        {
            "method": method.upper(),
            "address": address,
            "id": said["operationId"],
            "title": re.split("[,:.;]", said["summary"])[0],
            "summary": f"{said['summary']}.",
            "scope": said["description"],
            "parameters": [_parameter(each) for each in said["parameters"] if each["in"] == "query"],
            "takes": _members(document, said.get("requestBody")),
            "answers": _members(document, said["responses"].get("200") or said["responses"].get("201")),
        }
        for address, methods in document["paths"].items()
        for method, said in methods.items()
    ]
    return sorted(found, key=lambda each: not each["address"].startswith(f"{API}register"))


def _parameter(parameter: dict) -> dict:
    schema = parameter["schema"]
    known = schema.get("enum") or schema.get("items", {}).get("enum") or []
    return {"name": parameter["name"], "words": parameter.get("description", ""), "known": known}


def _members(document: dict, body: dict | None) -> list[dict]:
    """The members of a body; for a page of a list, those of its items."""
    if not body:
        return []
    schema = _resolve_reference(document, body["content"]["application/json"]["schema"])
    items = schema["properties"].get("items")
    if items and schema["title"].startswith("PageOf"):
        schema = _resolve_reference(document, items["items"])
    needed = schema.get("required", [])
    return [
        {"name": name, "title": each.get("title", ""), "needed": name in needed}
        for name, each in schema["properties"].items()
    ]


def _resolve_reference(document: dict, schema: dict) -> dict:
    name = schema.get("$ref", "").rsplit("/", 1)[-1]
    return document["components"]["schemas"][name] if name else schema
