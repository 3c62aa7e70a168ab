"""What a version says is in its PublishedText alone: the columns that held the same words go, with their history.

A version has had one since responses are published here, and it holds each of these words. That is looked at first:
where one lacks its text, or the two differ, nothing is removed. No row is written, so the trail needs no entry: what
its entries say of the columns that go is passed over, as of any column that is gone.
"""

from django.db import migrations

WORDS = ("markdown", "reply", "holder")
GONE = (*WORDS, "comment_label", "narrative", "footnotes", "chief_officer_comments")


def check(apps, schema_editor):
    """Raise RuntimeError where a word of a version would be lost."""
    versions = apps.get_model("recommendations", "ResponseVersion").objects.select_related("reads").order_by("pk")
    bad = [version.pk for version in versions.defer("source_text").iterator(100) if not is_held(version)]
    if bad:
        raise RuntimeError(
            f"Published text missing or different: response versions {', '.join(map(str, bad))}. Nothing was changed. "
            "Restore the last backup for which verify_audit says that all is well, and migrate that."
        )


def is_held(version) -> bool:
    """Whether the version's text holds the words of its columns."""
    if not hasattr(version, "reads"):
        return False
    text = version.reads.text
    same = all(text[name] == getattr(version, name) for name in WORDS)
    if version.comment_label and version.comment_label != text["comment_label"]:
        return False
    return same and (bool(version.submission_id) or as_brought_in(version, text))


def as_brought_in(version, text) -> bool:
    """Whether the same is true of a document that was brought in. What was written here is derived of its Markdown."""
    officers = [each["text"] for each in text["chief_officers"]]
    return (
        text["narrative"] == version.narrative
        and [(note["mark"], note["text"]) for note in text["footnotes"]]
        == [(note["mark"], note["text"]) for note in version.footnotes]
        and officers == list(filter(None, [version.chief_officer_comments]))
    )


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0033_spans")]
    operations = [
        migrations.RunPython(check),
        *(
            migrations.RemoveField(model_name=model, name=name)
            for model in ("historicalresponseversion", "responseversion")
            for name in GONE
        ),
    ]
