"""What sentences claim of indicators, against the cards and the distribution: the heart of MON05.

A sentence is cut at its subjects; the predicates between one subject and the next are said of the
first. Known subjects ("el primero y el segundo") are held against their own cards one by one,
amounts ("la mitad de los indicadores") against the count that cards and table give.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from validate.claims.known import Card, Count, Known
from validate.claims.naming import card_of, names_of
from validate.claims.predicates import Domain, Predicate, find_predicates, repaired
from validate.claims.quantifiers import Judgement, Quantifier, judge
from validate.claims.sentence import Sentence
from validate.claims.subjects import Subject, find_subjects
from validate.claims.verdicts import Said, borne_out, denied, miscounted, on_card
from validate.claims.wording import allows
from validate.rule import Answer

_OBJECTIVE = re.compile(r"objetivo\D?(\d{1,2})$")
_HINTS: dict[str, Domain] = {"enfoque": "quality", "calidad": "quality", "avance": "progress"}
_WISHED = re.compile(
    r"\b(?:se (?:espera|esperaba|esperaria|busca|pretende|recomienda|sugiere)|deseable|necesario"
    r"|importante|conveniente|para)\s+que\b(?!.*\b(?:ya que|porque|debido a)\b)|^\W*si (?!bien\b)"
)
_ANOTHER_TIME = re.compile(
    r"\ben (?:la ficha|el diagnostico|la edicion|el periodo|el ejercicio|el año) "
    r"(?:anterior|previ[oa]|pasad[oa])|\banteriormente\b|\bantes\b"
)
_TARGET_YEAR = re.compile(r"\bmetas?(?: intermedias?)?(?: de| del| para)? (?P<year>20\d\d)\b")
_IN_YEAR = re.compile(r"\b(?:en|durante|a|al cierre de) (?P<year>20\d\d)\b")
_YEARS = re.compile(r"\b20\d\d\b")
_EITHER_YEAR = re.compile(r"\b20\d\d [oy] 20\d\d\b")
_OTHERS_TOLD = re.compile(r"\botr[oa]s?\b|\bresto\b|\bdemas\b")
_KNOWN_ENDS = re.compile(r";|,? (?:mientras que|en tanto que|por su parte|en cambio) ")
_AMOUNT_ENDS = re.compile(
    r";|,? (?:mientras que|en tanto que|por su parte|sin embargo|porque|ya que|debido a|es decir"
    r"|aunque|si bien|en cambio) "
    r"|(?:,|\b[ye]) (?:el |los |un )?(?:\d{1,3}|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez)"
    r"(?:[.,]\d+)? ?%? "
)
_THOSE_THAT = re.compile(r"\s*(?:que|q)\b")
_AND = re.compile(r",|\b(?:y|e|lo que|por ello|lo cual|por lo que)\b")
_COUNTED_APART = re.compile(r"[,;:]")


@dataclass
class Reader:
    """Reads the sentences of one document in their order; what a section spoke of carries over.

    ``latest`` is the latest year whose intermediate target the document speaks of: the cards are
    of it.
    """

    known: Known
    latest: int | None = None
    _section: str = ""
    _noun: str = ""
    _places: set[int] = field(default_factory=set)
    _seen: int = 0

    @classmethod
    def of(cls, known: Known) -> Reader:
        years = [
            int(match["year"])
            for sentence in known.view.sentences
            for match in _TARGET_YEAR.finditer(sentence.plain)
        ]
        return cls(known, max(years, default=None))

    def answers(self, sentence: Sentence) -> list[Answer]:
        """What a sentence's claims come to; nothing where it makes none that is understood."""
        if sentence.section != self._section:
            self._section, self._noun, self._seen = sentence.section, "", 0
            self._places = set()
        subjects = find_subjects(sentence.plain, sentence.mentions)
        if not subjects:
            self._noun = ""
        found: list[Answer] = []
        for said in self._said(sentence, subjects):
            found += self._hold(said)
            self._seen += 1
        return found

    def _said(self, sentence: Sentence, subjects: Sequence[Subject]) -> Iterator[Said]:
        hint = _HINTS.get(sentence.section)
        approach = ""
        for at, subject in enumerate(subjects):
            named = self._named(sentence, subject)
            approach = named.approach if named.whole else approach
            named = replace(named, approach=named.approach or approach)
            end = subjects[at + 1].start if at + 1 < len(subjects) else len(sentence.plain)
            end = _cut(sentence.plain, subject, end)
            segment = repaired(sentence.plain[subject.end : end])
            if named.unknown or self._of_another_time(sentence.plain[: subject.start], segment):
                continue
            predicates = find_predicates(segment, hint)
            if at == 0:
                before = sentence.plain[: subject.start].rpartition(";")[2]
                told = find_predicates(repaired(before), hint)
                if told != [] and not _COUNTED_APART.search(_after_last(repaired(before), told)):
                    if predicates or len(subjects) > 1:
                        return  # "Retrocedieron el primero y, además, …": whose is what?
                    segment, predicates = repaired(before), told
            if predicates:
                kept = _consistent(named, segment, predicates)
                yield Said(sentence, named, end, tuple(kept), segment)

    def _of_another_time(self, before: str, segment: str) -> bool:
        """Whether it is wished for, or said of a year that the cards are not of."""
        if _WISHED.search(before) or _ANOTHER_TIME.search(f"{before} {segment}"):
            return True
        years = {int(match["year"]) for match in _IN_YEAR.finditer(before)}
        years |= {int(match["year"]) for match in _TARGET_YEAR.finditer(segment)}
        if any(year != self.latest for year in years):
            return not _EITHER_YEAR.search(segment)
        return len(set(_YEARS.findall(segment))) > 1 and not _EITHER_YEAR.search(segment)

    def _named(self, sentence: Sentence, subject: Subject) -> Subject:
        """The subject with the noun of what was spoken of before, where it has none."""
        if subject.quantifier is None:
            return subject
        before = sentence.plain[: subject.start]
        own = "indicador" if "indicadores" in before else self._noun
        if objective_of(sentence.section) and subject.quantifier.kind in ("all", "none"):
            own = own or "indicador"
        self._noun = subject.noun or own
        return replace(subject, noun=self._noun)

    def _hold(self, said: Said) -> Iterator[Answer]:
        subject, quantifier = said.subject, said.subject.quantifier
        objective = subject.objective or objective_of(said.sentence.section)
        if quantifier is None:
            yield from self._hold_known(said, objective)
            return
        predicates = _alike(said)
        if subject.noun != "indicador" or subject.whole or not predicates:
            return
        if not allows(said.segment[: predicates[0].end]):
            return
        said = replace(said, predicates=predicates)
        cards = self.known.in_places(objective) if objective else ()
        if cards and not subject.approach and quantifier.kind in ("all", "none"):
            if not quantifier.hedge:
                yield from _hold_each(said, cards)
        elif cards and not subject.approach and quantifier.definite:
            yield from self._hold_definite(said, cards, objective)
        else:
            yield from self._hold_amount(said, objective)

    def _hold_known(self, said: Said, objective: int | None) -> Iterator[Answer]:
        subject = said.subject
        if subject.keys:
            cards = tuple(card for card in self.known.cards if card.key in subject.keys)
            if len(cards) == len(set(subject.keys)):
                yield from _hold_each(said, cards)
            return
        if subject.name:
            among = self.known.of_objective(objective)
            named = card_of(subject.name, among, names_of(among))
            if named is not None:
                yield from _hold_each(said, [named])
            return
        cards = self.known.in_places(objective) if objective else ()
        if not cards or (subject.sole and len(cards) != 1):
            return
        if subject.measure:
            cards = tuple(card for card in cards if card.row.measure == subject.measure)
        yield from self._hold_places(said, cards, objective)

    def _hold_places(
        self, said: Said, cards: Sequence[Card], objective: int | None
    ) -> Iterator[Answer]:
        subject = said.subject
        if subject.others:
            places = [at for at in range(1, len(cards) + 1) if at not in self._places]
            if not self._places or not places:
                return
        elif subject.ordinals:
            places = [place if place > 0 else len(cards) + 1 + place for place in subject.ordinals]
        else:
            places = list(range(1, len(cards) + 1))
        if any(not 0 < place <= len(cards) for place in places):
            if not subject.measure:
                yield miscounted(said, max(places), cards, objective)
            return
        if not subject.measure:
            self._places.update(places)
        chosen = [cards[place - 1] for place in places]
        yield from _hold_each(said, chosen)
        if subject.only:
            others = [card for card in cards if card not in chosen]
            yield from _hold_each(said, others, contrary=True)

    def _hold_definite(
        self, said: Said, cards: Sequence[Card], objective: int | None
    ) -> Iterator[Answer]:
        """ "Los tres indicadores" of an objective: all of them, and they are three."""
        quantifier = said.subject.quantifier
        number = int(quantifier.value or 0) if quantifier else 0
        if number == len(cards):
            yield from _hold_each(said, cards)
        elif not self._seen and quantifier and quantifier.of is None:
            yield miscounted(said, number, cards, objective)

    def _hold_amount(self, said: Said, objective: int | None) -> Iterator[Answer]:
        quantifier = said.subject.quantifier
        if quantifier is None or said.subject.excluded:
            return
        if quantifier.kind == "count" and quantifier.hedge != "only":
            if _OTHERS_TOLD.search(said.sentence.plain):
                return
            if quantifier.value == 1:
                quantifier = replace(quantifier, hedge="at_least")
        told = [
            (predicate, count, _judged(quantifier, count))
            for predicate in said.predicates
            for count in self.known.counts(predicate, said.subject.approach, objective) or ()
        ]
        if not told:
            return
        wrong = [each for each in told if each[2].verdict != "agrees"]
        if not wrong or self._together(said, objective):
            yield borne_out(said, told[0][1])
        elif not said.subject.inferred or wrong[0][2].verdict == "doubtful":
            yield denied(said, *wrong[0])

    def _together(self, said: Said, objective: int | None) -> bool:
        """Whether those of whom all predicates hold are as many as is said."""
        quantifier = said.subject.quantifier
        cards = self.known.of_objective(objective)
        if quantifier is None or len(said.predicates) < 2 or said.subject.approach or not cards:
            return False
        truths = [[card.holds(predicate) for predicate in said.predicates] for card in cards]
        if any(None in row for row in truths):
            return False
        held = sum(all(row) for row in truths)
        return judge(quantifier, held, len(cards)).verdict == "agrees"


def objective_of(section: str) -> int | None:
    """The number of the objective that a section is about."""
    match = _OBJECTIVE.search(section)
    return int(match[1]) if match else None


def _judged(quantifier: Quantifier, count: Count) -> Judgement:
    """The judgement of the count, or a better one of what the unsure may add to it."""
    judgements = [
        judge(quantifier, count.count + more, count.whole, count.largest)
        for more in range(count.unsure + 1)
    ]
    return next((each for each in judgements if each.verdict == "agrees"), judgements[0])


def _after_last(text: str, predicates: Sequence[Predicate] | None) -> str:
    return text[predicates[-1].end :] if predicates else text


def _cut(plain: str, subject: Subject, end: int) -> int:
    """Where what is said of a subject stops, before the next one at the latest."""
    ends = _AMOUNT_ENDS if subject.quantifier is not None else _KNOWN_ENDS
    match = ends.search(plain, subject.end, end)
    return match.start() if match else end


def _consistent(subject: Subject, segment: str, predicates: Sequence[Predicate]) -> list[Predicate]:
    """The predicates that are surely the subject's.

    Not what follows words that may bring in another subject ("… y las unidades rurales presentan
    un retroceso"), nor two grades of one field ("que alcanzó su meta, presenta un retroceso").
    """
    kept: list[Predicate] = []
    for predicate in predicates:
        if kept and not allows(segment[kept[-1].end : predicate.start]):
            break
        kept.append(predicate)
    if subject.quantifier is not None:
        return kept
    return [each for each in kept if all(map(each.goes_with, predicates))]


def _alike(said: Said) -> tuple[Predicate, ...]:
    """The predicates of an amount; nothing where one of them tells which indicators are meant."""
    predicates = said.predicates
    if _THOSE_THAT.match(said.segment) and len(predicates) > 1:
        first, second = predicates[:2]
        if not _AND.search(said.segment, first.end, second.start):
            return predicates[1:] if first.domain == "reported" and not first.negated else ()
    return predicates


def _hold_each(said: Said, cards: Sequence[Card], contrary: bool = False) -> Iterator[Answer]:
    """Hold what is said of each of some cards against it; ``contrary``: it must not be true."""
    subject = said.subject
    none = subject.quantifier is not None and subject.quantifier.kind == "none"
    for at, card in enumerate(cards, start=1):
        excluded = at in subject.excluded or at - len(cards) - 1 in subject.excluded
        for predicate in said.predicates:
            if none:  # "ninguno alcanzó ni superó"
                predicate = replace(predicate, negated=False)
            truth = card.holds(predicate)
            if truth is not None:
                wanted = not (none ^ excluded ^ contrary ^ subject.denied)
                yield on_card(said, card, predicate, truth == wanted)
