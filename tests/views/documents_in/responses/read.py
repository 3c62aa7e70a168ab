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
CHOOSE = "/responses/add/"


def text_of(page) -> str:
    return " ".join(page.content.decode().split())


def nothing_saved() -> bool:
    models = (Response, Inspection, Recommendation, TrackedRecommendation)
    return not any(model.objects.exists() for model in models)


def file(name, content):
    return SimpleUploadedFile(name, content)
