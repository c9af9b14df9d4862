"""Cuadra from Python: open a PDF, or load a stored dataset."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

# Everything else is imported where it is used: the command line imports this package too, and
# its help needs no reader, no models and no pandas.
if TYPE_CHECKING:
    import pandas as pd

    from normalize.schema import (
        Assessment,
        Check,
        Dataset,
        Distribution,
        Document,
        Figure,
        Finding,
        Indicator,
        Observation,
        Provenance,
        Variable,
    )


@dataclass(frozen=True)
class Reading:
    """One PDF as read and checked. All rows are models of ``normalize.schema``."""

    dataset: Dataset

    @property
    def document(self) -> Document:
        """The row of ``documents``: family, title, period, pages …"""
        return self.dataset.documents[0]

    @property
    def indicators(self) -> list[Indicator]:
        """One row per ficha."""
        return self.dataset.indicators

    @property
    def variables(self) -> list[Variable]:
        """The variables that the methods are applied to."""
        return self.dataset.variables

    @property
    def observations(self) -> list[Observation]:
        """Historical values and intermediate targets, one row per year."""
        return self.dataset.observations

    @property
    def assessments(self) -> list[Assessment]:
        """The cards of a Ficha de Monitoreo, one row per indicator."""
        return self.dataset.assessments

    @property
    def distributions(self) -> list[Distribution]:
        """The table Enfoque / Avance, one row per cell."""
        return self.dataset.distributions

    @property
    def figures(self) -> list[Figure]:
        """The other stated numbers, under the codes of ``normalize.figure_codes``."""
        return self.dataset.figures

    @property
    def checks(self) -> list[Check]:
        """Every rule asked of every record, with its outcome and reason."""
        return self.dataset.checks

    @property
    def findings(self) -> list[Finding]:
        """What does not add up."""
        return self.dataset.findings

    @property
    def provenance(self) -> list[Provenance]:
        """Where each value stands: page (from 1), box (points from the top left), text."""
        return self.dataset.provenance

    def frame(self, table: str) -> pd.DataFrame:
        """One table as a data frame: texts ``str``, integers ``Int64``, numbers ``Decimal``.

        Raises ``KeyError`` for a table that the schema does not have.
        """
        from cuadra.frames import frame
        from normalize.schema import TABLES

        models = {model.table: model for model in TABLES}
        model = models[table]
        return frame(model, self.dataset.rows(table))

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """Every table as a data frame, by name."""
        from normalize.schema import TABLES

        return {model.table: self.frame(model.table) for model in TABLES}


def open(path: str | PathLike[str]) -> Reading:  # noqa: A001 - as in pdfplumber
    """Read a PDF and check it; nothing is stored.

    Raises ``extract.types.UnreadableDocument``, whose ``reason``, ``message_es`` and
    ``message_en`` say why.
    """
    from cuadra.work import process

    return Reading(process(Path(path)))


def load(directory: str | PathLike[str]) -> dict[str, pd.DataFrame]:
    """The tables that ``cuadra ingest --out DIR`` stored, as data frames by name.

    Raises ``publish.errors.DatasetError`` when the folder has no dataset of this version.
    """
    from cuadra.frames import frame
    from normalize.schema import TABLES
    from publish.query import rows
    from publish.store import reading

    with reading(Path(directory)) as connection:
        return {model.table: frame(model, rows(connection, model)) for model in TABLES}
