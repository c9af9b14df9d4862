"""Checks that the published numbers agree with each other: formulas, rules and their engine."""
