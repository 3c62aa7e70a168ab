"""The documents that are brought in, and what the pages of it say."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from recommendations.models import (
    Inspection,
    Recommendation,
    Response,
    TrackedRecommendation,
)

DOCUMENTS = Path(__file__).resolve().parents[3] / "samples"
FORMS = sorted(path.name for path in DOCUMENTS.iterdir() if path.suffix in (".txt", ".html", ".docx", ".pdf"))
EXAMPLE = Path(__file__).resolve().parents[5] / "shared" / "examples" / "prevent-response.txt"
CHOOSE, CHECK = "/responses/add/", "/responses/add/check/"


def text_of(page) -> str:
    return " ".join(page.content.decode().split())


def problems(page) -> list[str]:
    return [str(message) for _, message in page.context["form"].problems]


def where(page) -> list[str]:
    """The id of the field of each problem; "" for the whole."""
    return [place for place, _ in page.context["form"].problems]


def line_with(page, words: str):
    return next(line for line in page.context["page"].lines if words in line.text)


def nothing_saved() -> bool:
    models = (Response, Inspection, Recommendation, TrackedRecommendation)
    return not any(model.objects.exists() for model in models)


def file(name, content):
    return SimpleUploadedFile(name, content)
