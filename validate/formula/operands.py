"""From items to tokens: with the operators decided, which words make one phrase.

What the signs leave open is tried both ways, the usual way first; the caller keeps the way whose
phrases are most like the stated variables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from normalize.numbers import Habits, Number, parse_number
from normalize.text import match_key
from validate.formula.scan import FormulaError, Item, matching_close
from validate.formula.signs import (
    LEADS,
    SCALE_WORDS,
    Mode,
    Phrase,
    find_names,
    find_signs,
    is_power_of_ten,
)

TokenKind = Literal[
    "PLUS", "MINUS", "TIMES", "SLASH", "POWER", "NUMBER", "PHRASE", "LPAR", "RPAR", "ROOT", "MEAN",
    "SEPARATOR", "CONDITION",
]  # fmt: skip

MOST_OPEN_SIGNS = 5
"""Up to so many undecided signs all combinations are tried (32 parses); beyond, one at a time."""

MOST_SINGLE_SIGNS = 12
"""So many of a longer list of undecided signs are tried one at a time."""

MOST_TOKENS = 250
"""No published formula is longer; a longer one would only exhaust the stack."""

_SIGN_TOKENS: dict[str, TokenKind] = {
    "+": "PLUS",
    "-": "MINUS",
    "*": "TIMES",
    "/": "SLASH",
    "^": "POWER",
}
_MEANS = {"promedio", "promedio de", "media", "media de", "media aritmetica", "promedio simple",
          "promedio simple de", "media aritmetica de"}  # fmt: skip
_SUMS = {"suma", "suma de", "sumatoria", "sumatoria de"}
_ROOTS = {"raiz": 2, "raiz de": 2, "raiz cuadrada": 2, "raiz cuadrada de": 2, "raiz cubica": 3,
          "raiz cubica de": 3}  # fmt: skip
_OPERAND = {"word", "number"}
_IN_PHRASE = {"word", "number", "comma", "stop", "percent"}


@dataclass(frozen=True, slots=True)
class Token:
    """A token of the grammar. ``number`` for NUMBER; ``degree`` for ROOT."""

    kind: TokenKind
    text: str
    number: Number | None = None
    percent: bool = False
    degree: int = 2


def tokenizations(
    items: Sequence[Item],
    text: str,
    mode: Mode,
    names: Sequence[str],
    habits: Habits,
    symbols: frozenset[str] = frozenset(),
) -> Iterator[tuple[int, list[Token]]]:
    """Yield (departures from the usual reading, tokens), the usual one first.

    A combination that makes no sense is passed over; raises :class:`FormulaError` where the first
    one does not and there is no other.
    """
    masks = find_names(items, names, habits) if mode == "method" else []
    masked = {index for mask in masks for index in range(mask.start, mask.end)}
    sure, open_signs = find_signs(items, mode, masked, symbols)
    keys = frozenset(match_key(name) for name in names)
    error: FormulaError | None = None
    made = False
    for turned in _turns(list(open_signs)):
        chosen = dict(sure)
        for index, (operator, usual) in open_signs.items():
            if usual != (index in turned):
                chosen[index] = operator
        try:
            tokens = _Tokenizer(items, text, mode, masks, chosen, keys).run()
        except FormulaError as problem:
            error = error or problem
            continue
        if len(tokens) > MOST_TOKENS:
            raise FormulaError("la fórmula es demasiado larga", "the formula is too long")
        made = True
        yield len(turned), tokens
    if error is not None and not made:
        raise error


def _turns(signs: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Which signs to read the other way, none first."""
    if len(signs) <= MOST_OPEN_SIGNS:
        for departures in range(len(signs) + 1):
            yield from combinations(signs, departures)
        return
    yield ()
    yield tuple(signs)
    yield from combinations(signs[:MOST_SINGLE_SIGNS], 1)


class _Tokenizer:
    """One pass over the items with the operators decided."""

    def __init__(
        self,
        items: Sequence[Item],
        text: str,
        mode: Mode,
        masks: Sequence[Phrase],
        operators: dict[int, str],
        names: frozenset[str],
    ) -> None:
        self.items = list(items)
        self.text = text
        self.mode = mode
        self.masks = {mask.start: mask.end for mask in masks}
        self.masked = {i for mask in masks for i in range(mask.start, mask.end)}
        self.operators = operators
        self.names = names
        self.tokens: list[Token] = []

    def run(self) -> list[Token]:
        at = 0
        while at < len(self.items):
            at = self._step(at)
        return self._with_implied_products()

    def _step(self, at: int) -> int:
        item = self.items[at]
        if at in self.operators:
            self.tokens.append(Token(_SIGN_TOKENS[self.operators[at]], item.text))
            # "dividido entre" is one operator of two words.
            return at + (2 if item.text.casefold() in LEADS else 1)
        if item.kind == "root":
            if item.text not in "Σ∑":
                degree = {"√": 2, "∛": 3, "∜": 4}[item.text]
                self.tokens.append(Token("ROOT", item.text, degree=degree))
            return at + 1
        if item.kind == "relation":
            return self._condition(at)
        if self._separates(at):
            self.tokens.append(Token("SEPARATOR", item.text))
            return at + 1
        if item.kind == "open" and not self._belongs_to_phrase(at):
            self.tokens.append(Token("LPAR", item.text))
            return at + 1
        if item.kind == "close":
            self.tokens.append(Token("RPAR", item.text))
            return at + 1
        return self._phrase(at)

    def _condition(self, at: int) -> int:
        """A trailing ``≤ 10``: up to the bracket that closes, or the end."""
        depth = 0
        end = at
        while end < len(self.items):
            depth += (self.items[end].kind == "open") - (self.items[end].kind == "close")
            if depth < 0:
                break
            end += 1
        if end < len(self.items):
            self.tokens.append(Token("CONDITION", self._slice(at, end)))
        return end

    def _phrase(self, at: int) -> int:
        """A run of words and numbers without an operator: a phrase, a number, or a function."""
        end = at
        while end < len(self.items) and not self._ends_phrase(end):
            if self.items[end].kind == "open":
                end = matching_close(self.items, end) + 1
            else:
                end = self.masks.get(end, end + 1)
        run = list(range(at, end))
        while run and self.items[run[0]].kind in ("comma", "stop"):
            run.pop(0)
        while run and self.items[run[-1]].kind in ("comma", "stop"):
            run.pop()
        if run and "sign" in (self.items[run[0]].kind, self.items[run[-1]].kind):
            sign = self._slice(run[0], run[-1] + 1)
            raise FormulaError(f"no se entiende «{sign}»", f"“{sign}” is not understood")
        if run:
            self.tokens.extend(self._operand(run[0], run[-1] + 1, followed=end))
        return max(end, at + 1)

    def _ends_phrase(self, at: int) -> bool:
        item = self.items[at]
        if at in self.masks:
            return False
        if at in self.operators or item.kind in ("close", "relation", "root", "equal"):
            return True
        if self._separates(at):
            return True
        return item.kind == "open" and not self._belongs_to_phrase(at)

    def _separates(self, at: int) -> bool:
        """A comma or semicolon between the terms of a mean: "Promedio (A; B; C)"."""
        if self.mode != "method" or self.items[at].text not in (",", ";"):
            return False
        depth = 0
        for token in reversed(self.tokens):
            depth += (token.kind == "RPAR") - (token.kind == "LPAR")
            if token.kind == "MEAN" and depth < 0:
                return True
        return False

    def _belongs_to_phrase(self, at: int) -> bool:
        """A bracket without operators that touches a word: "(UMR)", "médicos(as)", "(miles)"."""
        close = matching_close(self.items, at)
        inside = range(at + 1, close)
        if any(i in self.operators or self.items[i].kind == "relation" for i in inside):
            return False
        if not any(self.items[i].kind == "word" for i in inside):
            number = self.items[at + 1].number if len(inside) == 1 else None
            is_year = (
                number is not None and number.value is not None and (1900 <= number.value <= 2100)
            )
            if self.mode == "method" and not is_year:
                return False
        before = (
            at > 0
            and at - 1 not in self.operators
            and (
                self.items[at - 1].kind in ("word", "number")
                or at - 1 in self.masked
                or (
                    self.items[at - 1].kind == "close"
                    and self.mode == "method"
                    and not self._is_operand_close(at - 1)
                )
            )
        )
        after = (
            close + 1 < len(self.items)
            and close + 1 not in self.operators
            and self.items[close + 1].kind == "word"
        )
        words_only = all(self.items[i].kind in ("word", "comma", "stop") for i in inside)
        if before and self.mode == "substitution" and words_only:
            return True
        if before and self.items[at - 1].kind == "number" and at - 1 not in self.masked:
            # "100 (A)": a product, unless words stand before the number.
            before = at > 1 and self.items[at - 2].kind == "word" and at - 2 not in self.operators
        if before and self.mode == "method" and self._is_function(at):
            return False
        return before or after

    def _is_operand_close(self, close: int) -> bool:
        """Whether the bracket that closes here holds an operand (operators or a whole phrase)."""
        depth = 0
        for index in range(close, -1, -1):
            depth += (self.items[index].kind == "close") - (self.items[index].kind == "open")
            if depth == 0:
                return not self._belongs_to_phrase(index)
        return True

    def _is_function(self, at: int) -> bool:
        start = at
        while start and self.items[start - 1].kind == "word" and start - 1 not in self.operators:
            start -= 1
        key = match_key(self._slice(start, at)) if start < at else ""
        return key in _MEANS or key in _SUMS or key in _ROOTS

    def _operand(self, start: int, end: int, followed: int) -> list[Token]:
        text = self._slice(start, end)
        opens = followed < len(self.items) and self.items[followed].kind == "open"
        key = match_key(text)
        if opens and key in _MEANS:
            return [Token("MEAN", text)]
        if opens and key in _SUMS:
            return []
        if opens and key in _ROOTS:
            return [Token("ROOT", text, degree=_ROOTS[key])]
        numbers = [i for i in range(start, end) if self.items[i].kind == "number"]
        words = [i for i in range(start, end) if self.items[i].kind == "word"]
        if not words:
            return self._bare_number(numbers, text)
        if key in SCALE_WORDS and self.tokens and self.tokens[-1].kind == "TIMES":
            return [Token("NUMBER", text, parse_number(SCALE_WORDS[key]))]
        if self.mode == "substitution":
            return self._number_among_words(numbers, text)
        if self.tokens and self.tokens[-1].kind == "TIMES" and numbers[:1] == [start]:
            number = self.items[start].number
            if number is not None and number.value is not None and is_power_of_ten(number):
                if match_key(text.removeprefix(self.items[start].text)) in self.names:
                    raise FormulaError(f"no se entiende «{text}»", f"“{text}” is not understood")
                return [self._number(start)]  # "× 100,000 habitantes": the words are its unit
        if numbers[:1] == [start] and start not in self.masked and self._is_weight(start):
            rest = start + 1 + (self.items[start + 1].kind == "percent")
            return [
                self._number(start),
                Token("TIMES", "×"),
                Token("PHRASE", self._slice(rest, end)),
            ]
        return [Token("PHRASE", text)]

    def _is_weight(self, at: int) -> bool:
        number = self.items[at].number
        percent = at + 1 < len(self.items) and self.items[at + 1].kind == "percent"
        return number is not None and number.value is not None and (percent or number.value < 1)

    def _bare_number(self, numbers: list[int], text: str) -> list[Token]:
        if len(numbers) != 1:
            raise FormulaError(f"no se entiende «{text}»", f"“{text}” is not understood")
        return [self._number(numbers[0])]

    def _number_among_words(self, numbers: list[int], text: str) -> list[Token]:
        """In a substitution the number counts and the words around it are its name or unit."""
        if len(numbers) > 1:
            numbers = [i for i in numbers if not self._is_year(i)] or numbers
        if len(numbers) > 1:
            # "personas de 15 años y más (4,512)", "4,512 personas de 15 años y más"
            bracketed = [i for i in numbers if self._stands_in_brackets(i)]
            leading = [i for i in numbers[:1] if i == 0 or i - 1 in self.operators
                       or self.items[i - 1].kind == "open"]  # fmt: skip
            numbers = next((some for some in (bracketed, leading) if len(some) == 1), numbers)
        if len(numbers) == 1:
            return [self._number(numbers[0])]
        if not numbers:
            return [Token("PHRASE", text)]
        raise FormulaError(f"no se entiende «{text}»", f"“{text}” is not understood")

    def _stands_in_brackets(self, at: int) -> bool:
        around = self.items[max(at - 1, 0)], self.items[min(at + 1, len(self.items) - 1)]
        return (around[0].kind, around[1].kind) == ("open", "close")

    def _is_year(self, at: int) -> bool:
        return len(self.items[at].text) == 4 and self.items[at].text[:2] in ("19", "20")

    def _number(self, at: int) -> Token:
        item = self.items[at]
        if item.number is None or item.number.value is None:
            raise FormulaError(
                f"el número «{item.text}» no se puede leer de una sola manera",
                f"the number “{item.text}” cannot be read in one way only",
            )
        percent = at + 1 < len(self.items) and self.items[at + 1].kind == "percent"
        return Token("NUMBER", item.text, item.number, percent)

    def _slice(self, start: int, end: int) -> str:
        return self.text[self.items[start].start : self.items[end - 1].end]

    def _with_implied_products(self) -> list[Token]:
        """Put the × that nobody prints between two brackets or a bracket and a number."""
        result: list[Token] = []
        for token in self.tokens:
            if result and token.kind in ("LPAR", "NUMBER", "ROOT", "MEAN"):
                last = result[-1].kind
                if last == "RPAR" or (last == "NUMBER" and token.kind != "NUMBER"):
                    result.append(Token("TIMES", "×"))
                elif last == "PHRASE":
                    if len(result) > 1:
                        raise FormulaError(
                            f"no se entiende qué une «{result[-1].text}» con lo que sigue",
                            f"what joins “{result[-1].text}” to what follows is not understood",
                        )
                    result.pop()  # a leading label without its equals sign
            result.append(token)
        return result
