"""Each table is proven by verify_audit, or is named with why it is not."""

from django.apps import apps

from recommendations.domain.audit.coverage import EXEMPT_BECAUSE, PROVEN_BY
from recommendations.domain.audit.mail_rows import mail_rows
from recommendations.domain.audit.verification import guarded_models
from recommendations.models.base import ActedRow


def test_each_table_is_proven_or_named_with_why_it_is_not():
    models = apps.get_app_config("recommendations").get_models()
    guarded = set(guarded_models())
    rest = {model.__name__ for model in models if model not in guarded and not issubclass(model, ActedRow)}
    assert rest == set(PROVEN_BY) | set(EXEMPT_BECAUSE)
    assert set(PROVEN_BY) & set(EXEMPT_BECAUSE) == set()


def test_each_ledger_of_e_mails_is_proven():
    assert {each.ledger.__name__ for each in mail_rows().values()} <= set(PROVEN_BY)
