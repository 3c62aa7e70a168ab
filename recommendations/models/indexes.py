"""An index that answers counts by itself, on every database."""

from typing import Any

from django.db import models


class CoveringIndex(models.Index):
    """An index that has the columns of `include` too, so that no row is read for them.

    SQLite leaves them out of any other index: here they are the last columns of its key.
    """

    def create_sql(self, model: Any, schema_editor: Any, using: str = "", **options: Any) -> Any:
        if schema_editor.connection.features.supports_covering_indexes:
            return super().create_sql(model, schema_editor, using, **options)
        wide = models.Index(fields=[*self.fields, *self.include], condition=self.condition, name=self.name)
        return wide.create_sql(model, schema_editor, using, **options)
