"""Formulas of *métodos* and *sustituciones*: read, bound to variables, evaluated exactly.

The tour, in the order of the work: ``legend`` parts a formula from its "Donde: …"; ``scan`` cuts it
into words, numbers and signs; ``signs`` decides which signs are operators; ``operands`` makes
tokens and phrases; ``names`` pairs phrases with the stated variables; ``grammar.lark`` and
``parse`` make the tree (``tree``) of a method; ``statements`` and ``substitution`` read a
substitution with its labels, steps and result; ``evaluate`` computes on exact intervals;
``readings`` are the other readings that a person could have meant; ``usage`` tells which printed
number is which variable; ``weights`` reads weighted sums; ``repair`` says which single input would
have to change. Nothing is ever handed to Python's ``eval``.
"""
