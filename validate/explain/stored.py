"""Views of stored rows: what rules look at, without reading the PDF again."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.numbers import Habits
from normalize.records import Normalized
from normalize.schema import Dataset
from validate.engine import views
from validate.view import DocumentView


def stored_view(dataset: Dataset) -> DocumentView:
    """The view of the one document of a dataset, the habits of its numbers learned anew.

    The reader's notes are not stored: the view has none. Raises ``ValueError`` as
    :func:`validate.engine.views` does.
    """
    return views(Normalized(dataset, [], Habits.learn(_number_texts(dataset))))


def _number_texts(dataset: Dataset) -> Iterator[str]:
    """The texts that show how a document writes its numbers."""
    for row in dataset.indicators:
        for text in (row.baseline_text, row.target_text, row.substitution, row.method):
            yield text or ""
    for variable in dataset.variables:
        yield variable.value_text or ""
    for observation in dataset.observations:
        yield observation.value_text or ""
    for cell in dataset.distributions:
        yield cell.value_text or ""
    for figure in dataset.figures:
        yield figure.value_text or ""
