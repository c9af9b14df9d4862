"""Parsing: tokens to a tree, and a *método de cálculo* to a function of its variables.

>>> from normalize.numbers import Habits
>>> method = parse_method("(A / B) x 100", ["A", "B"], Habits())
>>> method.node  # a tree over slots 0 and 1
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lark import Lark, Transformer, UnexpectedInput
from lark import Token as LarkToken
from lark.lexer import Lexer

from normalize.numbers import Habits, Number, parse_number
from normalize.text import match_key
from validate.formula.aggregates import indexed_sum
from validate.formula.legend import multiplied_out, plain_scripts, split_legend, without_each
from validate.formula.names import Pairing, own_symbols, pair
from validate.formula.operands import Token, tokenizations
from validate.formula.prose import expanded_sums, read_prose
from validate.formula.scan import FormulaError, Item, check_brackets, scan, split_sides
from validate.formula.signs import Mode
from validate.formula.spelled import grouped_by_comma
from validate.formula.tree import (
    Binary,
    Constant,
    Group,
    Mean,
    Negative,
    Node,
    Quantity,
    Root,
    renumber,
    ungroup,
    walk,
)

MOST_SENTENCES = 6
"""So many sentences behind a formula are tried to be left away."""

UNBOUND = 1000
"""Slots from here on are phrases that are no stated variable."""

_FUNCTION = (
    re.compile(r"\b(?:m[aá]x(?:imo)?|m[ií]n(?:imo)?|mediana|moda|percentil|log|ln|exp|"
               r"desviaci[oó]n est[aá]ndar)\.?\s*[(\[{]", re.IGNORECASE),
    "una función", "a function",
)  # fmt: skip
_NOT_EVALUATED = (
    (
        re.compile(r"(?<![^\W_])[ijkn]\s?=\s?\d|[Σ∑]\s*_?[A-Z]{1,6}_?[ijkn]\b|"
                   r"\b[Ss]uma(?:toria)? de [A-Z]{1,6}_?[ijkn]\b|"
                   r"[Σ∑][^+*/×÷=]*[\s_][ijkn](?=\s*(?:[)\]}]|$))"),
        "una suma con índices", "a sum over an index",
    ),
    _FUNCTION,
    (
        re.compile(r"^\s*si\s|\ben (?:otro|caso) (?:caso|contrario)\b|\bde lo contrario\b",
                   re.IGNORECASE),
        "una condición", "a condition",
    ),
)  # fmt: skip
_BETWEEN_TWO = re.compile(r"\b(?:diferencia|resta|brecha)\b[^,;]*?\sentre\s", re.IGNORECASE)
_LABEL = re.compile(r"^[^:()\[\]+*/×÷=\d]{1,59}[^\s:()\[\]+*/×÷=\d]:\s*")
_SENTENCE_END = re.compile(r"\.\s+(?=[A-ZÁÉÍÓÚÑ])")


@dataclass(frozen=True, slots=True)
class Method:
    """A *método de cálculo* as a function: slots below ``UNBOUND`` are the stated variables.

    ``phrases`` are the operands as printed, in order; ``pairing`` says which is which variable.
    """

    node: Node
    phrases: tuple[str, ...]
    pairing: Pairing
    open_scale: bool = False
    """Told in words as a bare quotient: whether it is a percentage or a rate, the unit says."""
    open_sign: bool = False
    """Told as the difference between two: which is taken from which, the words do not say."""

    @property
    def bound(self) -> bool:
        return not self.pairing.unmatched


class _TokenLexer(Lexer):
    """Hands tokens that were made elsewhere to lark."""

    def __init__(self, lexer_conf: Any) -> None:
        pass

    def lex(self, tokens: Any) -> Iterator[LarkToken]:  # type: ignore[override]
        for position, token in enumerate(tokens):
            yield LarkToken(token.kind, token, start_pos=position)


@cache
def parser() -> Lark:
    """The grammar's parser, which takes longer to make than all fichas of a programme to parse."""
    grammar = (Path(__file__).parent / "grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer=_TokenLexer)


class ToTree(Transformer[LarkToken, Node]):
    """From lark's tree to ours; numbers become constants or quantities by the mode."""

    def __init__(self, mode: Mode) -> None:
        super().__init__()
        self.mode = mode
        self.numbers: list[Number] = []
        self.phrases: list[str] = []

    def number(self, parts: list[Any]) -> Node:
        token: Token = parts[0].value
        assert token.number is not None
        value = token.number.fraction
        # "× 100 %" is the usual way to write × 100: there the sign is a unit mark.
        percent = token.percent and value != 100
        text = token.text.strip()
        if self.mode == "method":
            return Constant(value, text, percent)
        self.numbers.append(token.number)
        return Quantity(len(self.numbers) - 1, text + ("%" if percent else ""))

    def phrase(self, parts: list[Any]) -> Node:
        self.phrases.append(parts[0].value.text)
        return Quantity(UNBOUND + len(self.phrases) - 1, parts[0].value.text)

    def group(self, parts: list[Any]) -> Node:
        condition = parts[2].value.text if len(parts) == 4 else ""
        return Group(parts[1], condition)

    def add(self, parts: list[Any]) -> Node:
        return Binary("+", parts[0], parts[2])

    def subtract(self, parts: list[Any]) -> Node:
        return Binary("-", parts[0], parts[2])

    def multiply(self, parts: list[Any]) -> Node:
        return Binary("*", self._share(parts[0], parts[2]), self._share(parts[2], parts[0]))

    def divide(self, parts: list[Any]) -> Node:
        return Binary("/", parts[0], parts[2])

    def raised(self, parts: list[Any]) -> Node:
        return Binary("^", parts[0], parts[2])

    def negative(self, parts: list[Any]) -> Node:
        return Negative(parts[1])

    def positive(self, parts: list[Any]) -> Node:
        part: Node = parts[1]
        return part

    def root(self, parts: list[Any]) -> Node:
        return Root(parts[1], parts[0].value.degree)

    def terms(self, parts: list[Any]) -> list[Node]:
        return [part for part in parts if not isinstance(part, LarkToken)]

    def mean(self, parts: list[Any]) -> Node:
        terms = parts[2]
        return Mean(tuple(_summands(terms[0]) if len(terms) == 1 else terms))

    def _share(self, node: Node, partner: Node) -> Node:
        """In a substitution a percentage that multiplies something is a share: 25 % × 80 = 20.

        Beside a weight below one (0.25 × 80 %) the sign is the unit of what is weighed.
        """
        if isinstance(node, Quantity) and node.text.endswith("%"):
            other = ungroup(partner)
            if isinstance(other, Quantity) and (other.text.endswith("%") or self._is_weight(other)):
                return node
            return Binary("/", node, Constant(_HUNDRED, "100"))
        return node

    def _is_weight(self, node: Quantity) -> bool:
        return node.index < UNBOUND and 0 < self.numbers[node.index].fraction < 1


_HUNDRED = parse_number("100").fraction


def _summands(node: Node) -> list[Node]:
    match node:
        case Binary("+", left, right):
            return [*_summands(left), right]
        case _:
            return [node]


def has_operation(node: Node) -> bool:
    """Whether anything is computed in the tree."""
    return any(isinstance(item, Binary | Root | Mean) for item in walk(node))


def parse_method(text: str, variables: Sequence[str], habits: Habits) -> Method:
    """Parse a *método de cálculo* and bind its phrases to the stated variables' names.

    Raises :class:`FormulaError` where the text is no formula that can be read.
    """
    body, legend = split_legend(grouped_by_comma(without_each(plain_scripts(text))))
    variables = [without_each(plain_scripts(name)) for name in variables]
    body = multiplied_out(
        body, {*legend, *(key for name in variables for key in own_symbols(name))}
    )
    whole = match_key(body)
    for slot, name in enumerate(variables):
        if whole == match_key(name) and (body[-1:].isalnum() or body[-1:] in ")»”"):
            pairing = Pairing({whole: slot}, {whole: 101.0}, ())
            return Method(Quantity(slot, body), (body,), pairing)
    if indexed_sum(body, variables) is None:
        _refuse(body, _NOT_EVALUATED)
    error: FormulaError | None = None
    first: Method | None = None
    for candidate in _bodies(body):
        spelled = read_prose(candidate, variables, legend)
        if spelled is not None:
            operator = spelled[0].operator if isinstance(spelled[0], Binary) else ""
            between = operator == "-" and _BETWEEN_TWO.search(candidate) is not None
            return Method(*spelled, open_scale=operator == "/", open_sign=between)
    for candidate in expanded_sums(body):
        with suppress(FormulaError):
            method = _parse_method_body(candidate, variables, legend, habits)
            if method.pairing.sure and len(method.pairing.slots) == len(variables):
                return method
    for candidate in _bodies(body):
        try:
            method = _parse_method_body(candidate, variables, legend, habits)
        except FormulaError as problem:
            error = error or problem
            continue
        if candidate != body and len(variables) > 1 and not has_operation(method.node):
            continue  # the sentence that calculates was one of those left away
        if method.pairing.sure:
            return method
        first = first or method
    if first is not None:
        return first
    raise error or FormulaError("el método no dice ninguna operación", "no operation is stated")


def refuse_functions(text: str) -> None:
    """Raise :class:`FormulaError` for a function such as a logarithm, in a substitution as well."""
    _refuse(text, (_FUNCTION,))


def _refuse(body: str, not_evaluated: Sequence[tuple[re.Pattern[str], str, str]]) -> None:
    """Raise :class:`FormulaError` for what is a formula, but none of the four operations."""
    for pattern, what_es, what_en in not_evaluated:
        found = pattern.search(body)
        if found:
            raise FormulaError(
                f"«{found.group().strip()}» es {what_es}, que no se evalúa",
                f"“{found.group().strip()}” is {what_en}, which is not evaluated",
            )


def _parse_method_body(
    body: str, variables: Sequence[str], legend: dict[str, str], habits: Habits
) -> Method:
    items = scan(body, habits)
    check_brackets(items)
    sides = [side for side in split_sides(items) if side]
    error: FormulaError | None = None
    best: Method | None = None
    for side in reversed(sides):
        try:
            method = _best_method(side, body, variables, legend, habits)
        except FormulaError as problem:
            error = error or problem
            continue
        if len(sides) > 2 and len(variables) > 1 and not has_operation(method.node):
            continue  # an explanation of a symbol, not what the symbol is made of
        if method.phrases and (best is None or has_operation(method.node)):
            best = method
            if has_operation(method.node):
                break
    if best is not None:
        return best
    raise error or FormulaError("el método no nombra ninguna variable", "no variable is named")


def _best_method(
    items: Sequence[Item],
    text: str,
    variables: Sequence[str],
    legend: dict[str, str],
    habits: Habits,
) -> Method:
    """The tokenization whose phrases are most like the variables; the usual one between equals."""
    best: tuple[float, Method] | None = None
    error: FormulaError | None = None
    symbols = frozenset(legend).union(*(own_symbols(name) for name in variables))
    for departures, tokens in tokenizations(items, text, "method", variables, habits, symbols):
        try:
            node, builder = build(tokens, "method")
        except FormulaError as problem:
            error = error or problem
            continue
        pairing = pair(builder.phrases, variables, legend)
        if departures and not pairing.close:
            continue  # a sign is taken for part of a name only where the name is then a variable's
        score = pairing.score - 5.0 * departures
        if best is None or score > best[0]:
            slots: dict[int, Node] = {
                UNBOUND + i: Quantity(pairing.slots[match_key(phrase)], phrase)
                for i, phrase in enumerate(builder.phrases)
                if match_key(phrase) in pairing.slots
            }
            best = (score, Method(renumber(node, slots), tuple(builder.phrases), pairing))
        if pairing.exact and len(pairing.slots) == len(variables):
            break
    if best is not None:
        return best[1]
    raise error or FormulaError("el método está vacío", "the method is empty")


def _bodies(body: str) -> Iterator[str]:
    """The text itself, then without a leading label, then without trailing sentences."""
    yield body
    unlabelled = _LABEL.sub("", body)
    if unlabelled != body:
        yield unlabelled
    for end in reversed(list(_SENTENCE_END.finditer(unlabelled))[-MOST_SENTENCES:]):
        yield unlabelled[: end.start()]


def build(tokens: list[Token], mode: Mode, builder: ToTree | None = None) -> tuple[Node, ToTree]:
    if not tokens:
        raise FormulaError("la fórmula está vacía", "the formula is empty")
    builder = builder or ToTree(mode)
    try:
        tree = parser().parse(tokens)
    except UnexpectedInput as problem:
        at = getattr(getattr(problem, "token", None), "start_pos", None)
        where = tokens[at].text if at is not None and at < len(tokens) else tokens[-1].text
        raise FormulaError(
            f"no se entiende la fórmula en «{where}»",
            f"the formula is not understood at “{where}”",
        ) from problem
    node: Node = builder.transform(tree)
    if mode == "substitution" and builder.phrases:
        raise FormulaError(
            f"la sustitución deja palabras sin número: «{builder.phrases[0]}»",
            f"the substitution leaves words without a number: “{builder.phrases[0]}”",
        )
    return node, builder
