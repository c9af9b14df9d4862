"""A finding worked out step by step, as a person would check it, from the stored rows alone.

``explain`` chooses; ``step`` is what a step is; ``working`` does a formula's operations one by one;
``formulas`` works out the CAL rules, ``series`` the SER rules, ``values`` every other one: the
values that were compared, and the sum or ratio that joins them where the stored numbers are one.
"""

from validate.explain.explain import Explainer
from validate.explain.step import Line, Step

__all__ = ["Explainer", "Line", "Step"]
