"""How the database answers values that it should refuse, past verbs and guards."""

from django.db import IntegrityError, models, transaction


def written(model, values: dict) -> str:
    """What the database says to these values; nothing where it takes them."""
    try:
        with transaction.atomic():
            models.QuerySet(model).update(**values)
    except IntegrityError as error:
        return str(error)
    return ""
