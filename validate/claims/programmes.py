"""Programmes named and counted in a Diagnóstico: "Los tres restantes (E004, E007 y E012)".

Whoever names some programmes and counts the rest has counted all of them; the annex lists them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normalize.mentions import Mention
from validate.claims.sentence import Sentence
from validate.rule import Answer, Evidence, failed, passed
from validate.view import DocumentView

LOOK_BACK = 3
"""How many sentences before may have named those that "the rest" leaves out."""

_KEY = re.compile(r"\b(?:\d{2})?(?P<key>[A-Z]\d{3})\b")
_IN_ANNEX = re.compile("dependencia")
"""Begins the subjects of the institution's own annex."""
_ONLY_THESE = re.compile(
    r"\b(?:solo|solamente|unicamente|salvo|excepto|a excepcion|con excepcion)\b"
    r"(?:\s+(?:en|el|los|caso|del?|por|programas?))*\s*$"
)
_LISTED = re.compile(r"\s*(?:programas?\s*)?(?:restantes\s*)?\((?P<list>[^()]*)\)")


@dataclass(frozen=True)
class Programmes:
    """The programmes that a document scores, by the letter and digits of their keys."""

    keys: dict[str, Evidence]

    @property
    def total(self) -> int:
        return len(self.keys)


def programmes_of(view: DocumentView) -> Programmes:
    """The programmes of the annex; none where it was not read, or a programme of it has no key: it
    may be one that a sentence names."""
    keys: dict[str, Evidence] = {}
    for figure in view.figures:
        if figure.figure != "score" or not figure.subject or _IN_ANNEX.match(figure.subject):
            continue
        match = _KEY.fullmatch(figure.subject)
        if match is None:
            return Programmes({})
        keys[match["key"]] = Evidence("figures", figure.record_key, "value", "input")
    return Programmes(keys)


def answers(
    sentence: Sentence, before: Sequence[Sentence], programmes: Programmes
) -> Iterator[Answer]:
    """What a sentence's programmes come to. ``before`` are those of its section, in order."""
    if not programmes.keys:
        return
    yield from _known(sentence, programmes)
    for mention in sentence.mentions:
        if mention.rest and mention.count is not None and mention.noun in ("", "programa"):
            yield from _rest(sentence, mention, before, programmes)
    yield from _exceptions(sentence, before, programmes)


def _keys(text: str) -> list[str]:
    return list(dict.fromkeys(match["key"] for match in _KEY.finditer(text)))


def _known(sentence: Sentence, programmes: Programmes) -> Iterator[Answer]:
    """The programmes that a sentence names are among those of the annex."""
    named = _keys(sentence.text)
    unknown = [key for key in named if key not in programmes.keys]
    listed = ", ".join(programmes.keys)
    if unknown:
        said = ", ".join(unknown)
        yield failed(
            sentence.record,
            f"La frase nombra el programa {said}, que el anexo no tiene ({listed}).",
            f"The sentence names programme {said}, which the annex does not have ({listed}).",
            stated=said,
            computed=listed,
            evidence=(sentence.evidence, *programmes.keys.values()),
        )
    elif named:
        yield passed(
            sentence.record,
            f"Los programas que nombra la frase están en el anexo: {', '.join(named)}.",
            f"The programmes that the sentence names are in the annex: {', '.join(named)}.",
        )


def _rest(
    sentence: Sentence, mention: Mention, before: Sequence[Sentence], programmes: Programmes
) -> Iterator[Answer]:
    count = mention.count or 0
    listed = _LISTED.match(sentence.text, _after_noun(sentence, mention))
    named = _keys(listed["list"]) if listed else []
    if named and len(named) != count:
        yield _contradicted(
            sentence, mention, len(named), f"nombra {len(named)}", f"names {len(named)}"
        )
    told = list(_told_before(sentence, mention, before))
    expected = [programmes.total - each for each in told]
    if not expected or count in expected:
        if expected or (named and len(named) == count):
            yield passed(
                sentence.record,
                f"«{_quote(sentence, mention)}»: con los demás son {programmes.total} programas.",
                f"“{_quote(sentence, mention)}”: with the others they are {programmes.total}.",
                stated=str(count),
                computed=str(count),
            )
        return
    yield _contradicted(
        sentence,
        mention,
        expected[0],
        *_left(programmes.total, told[0]),
        (*programmes.keys.values(), *(each.evidence for each in before[-1:])),
    )


def _left(total: int, told: int) -> tuple[str, str]:
    """What is left of all programmes beside those that were spoken of."""
    if told > total:
        return (
            f"ya se habían contado {told}, y en total son {total}",
            f"{told} had been counted already, and they are {total} in all",
        )
    before = "el ya dicho" if told == 1 else f"los {told} ya dichos"
    left = total - told
    return (
        f"de {total} programas, sin {before}, queda{'' if left == 1 else 'n'} {left}",
        f"of {total} programmes, {left} {'is' if left == 1 else 'are'} left beside {told} told "
        "before",
    )


def _after_noun(sentence: Sentence, mention: Mention) -> int:
    noun = re.compile(r"(?:\s*\w+)??\s*restantes").match(sentence.text, mention.end)
    return noun.end() if noun else mention.end


def _told_before(sentence: Sentence, mention: Mention, before: Sequence[Sentence]) -> Iterator[int]:
    """How many were spoken of before the rest: in the sentence itself, or in up to
    :data:`LOOK_BACK` sentences before it, each way of adding them up."""
    own = _named_or_counted(sentence.text[: mention.start], sentence.mentions, mention.start)
    if own:
        yield from own
        return
    together: list[str] = []
    for each in reversed(before[-LOOK_BACK:]):
        named = _keys(each.text)
        if named:
            together = list(dict.fromkeys([*together, *named]))
            yield len(together)
        elif not together:
            counted = _named_or_counted(each.text, each.mentions, len(each.text))
            if counted:
                yield from counted
                return


def _named_or_counted(text: str, mentions: Sequence[Mention], end: int) -> list[int]:
    named = _keys(text[:end])
    if named:
        return [len(named)]
    counts = [
        each.count
        for each in mentions
        if each.end <= end and each.count is not None and each.noun in ("", "programa")
    ]
    return counts[-1:]


def _exceptions(
    sentence: Sentence, before: Sequence[Sentence], programmes: Programmes
) -> Iterator[Answer]:
    """ "5 (83%) … Solo en el caso del programa E004": the one and the five are all of them."""
    first = _KEY.search(sentence.text)
    if first is None or not _ONLY_THESE.search(sentence.plain[: first.start()]) or not before:
        return
    named = len(_keys(sentence.text[first.start() :]))
    counts = [
        (before[-1], at, mention.count)
        for at, mention in enumerate(before[-1].mentions)
        if mention.count is not None
        and mention.share is not None
        and mention.noun in ("", "programa")
        and mention.count < programmes.total
    ]
    if not counts:
        return
    told, at, count = counts[-1]
    if count + named == programmes.total:
        yield passed(
            sentence.record,
            f"{count} y {named} son los {programmes.total} programas.",
            f"{count} and {named} are the {programmes.total} programmes.",
        )
        return
    yield failed(
        sentence.record,
        f"Antes se cuentan {count} programas y aquí se exceptúa {named}; son "
        f"{programmes.total} en total.",
        f"Before, {count} programmes are counted and {named} is excepted here; they are "
        f"{programmes.total} in all.",
        stated=str(count),
        computed=str(programmes.total - named),
        evidence=(
            told.evidence,
            Evidence("figures", told.mention_record(at, "count"), "value", "stated"),
            sentence.evidence,
            *programmes.keys.values(),
        ),
    )


def _quote(sentence: Sentence, mention: Mention) -> str:
    return sentence.text[mention.start : _after_noun(sentence, mention)]


def _contradicted(
    sentence: Sentence,
    mention: Mention,
    computed: int,
    es: str,
    en: str,
    more: Sequence[Evidence] = (),
) -> Answer:
    at = sentence.mentions.index(mention)
    return failed(
        sentence.record,
        f"La frase dice «{_quote(sentence, mention)}», pero {es}.",
        f"The sentence says “{_quote(sentence, mention)}”, but {en}.",
        stated=str(mention.count),
        computed=str(computed),
        evidence=(
            sentence.evidence,
            Evidence("figures", sentence.mention_record(at, "count"), "value", "stated"),
            *more,
        ),
    )
