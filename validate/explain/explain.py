"""Chooses how a finding is worked out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from normalize.schema import Dataset, Finding
from validate.explain import formulas, series
from validate.explain.step import Step
from validate.explain.stored import stored_view
from validate.explain.values import Place, compared_values
from validate.view import DocumentView, IndicatorView

Work = Callable[[IndicatorView, Finding], list[Step]]

_BY_RULE: dict[str, Work] = {
    "CAL01": formulas.substitution,
    "CAL02": formulas.result_and_baseline,
    "CAL03": formulas.method,
    "CAL04": formulas.numbers_used,
    "CAL05": formulas.charitable,
    "CAL06": formulas.charitable,
    "CAL07": formulas.weights_added,
    "CAL08": formulas.two_functions,
    "CAL09": formulas.empty_check,
    "SER03": series.one_by_one,
    "SER04": series.one_by_one,
    "SER05": series.stated_growth,
    "SER06": series.listed_parts,
    "SER09": series.followed_line,
}


class Explainer:
    """Works out the findings of one document.

    ``elsewhere`` gives what is printed at places of other documents.
    """

    def __init__(self, dataset: Dataset, elsewhere: Mapping[Place, str]) -> None:
        self._dataset = dataset
        self._elsewhere = elsewhere

    @cached_property
    def _view(self) -> DocumentView:
        return stored_view(self._dataset)

    @cached_property
    def _indicators(self) -> dict[str, IndicatorView]:
        return {view.indicator.indicator_id: view for view in self._view.indicators}

    def steps(self, finding: Finding) -> list[Step]:
        """The steps of one finding; at least the values that were compared."""
        return self._worked_out(finding) or compared_values(self._view, finding, self._elsewhere)

    def _worked_out(self, finding: Finding) -> list[Step]:
        view = self._indicators.get(finding.indicator_id or "")
        worked = _BY_RULE.get(finding.rule)
        if worked is None or view is None:
            return []
        try:
            return worked(view, finding)
        except Exception:  # one finding that nobody foresaw must not cost the report of all others
            return []
