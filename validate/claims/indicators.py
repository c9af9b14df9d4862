"""What sentences claim of indicators, against the cards and the distribution: the heart of MON05.

A sentence is cut at its subjects; the predicates between one subject and the next are said of the
first. Known subjects ("el primero y el segundo") are held against their own cards one by one,
amounts ("la mitad de los indicadores") against the count that cards and table give.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from validate.claims.context import TARGET_YEAR, of_another_time, of_others
from validate.claims.grade_words import Domain
from validate.claims.known import Card, Count, Known
from validate.claims.naming import NEARLY_ALL, card_of, names_of
from validate.claims.portions import portions
from validate.claims.predicates import Predicate, find_predicates, repaired
from validate.claims.quantifiers import CONTRADICTED, Judgement, Quantifier, judge
from validate.claims.segments import (
    COUNTED_APART,
    after_last,
    alike,
    consistent,
    cut_of,
    of_targets,
    restricted,
)
from validate.claims.sentence import Sentence
from validate.claims.subject import OWN_OBJECTIVE, Subject
from validate.claims.subjects import find_subjects, opening
from validate.claims.verdicts import Said, borne_out, denied, miscounted, of_another_whole, on_card
from validate.claims.wording import allows
from validate.rule import Answer

_OBJECTIVE = re.compile(r"objetivo\D?(\d{1,2})$")
_HINTS: dict[str, Domain] = {"enfoque": "quality", "calidad": "quality", "avance": "progress"}
_OF_FEWER = re.compile(
    r"\bque (?:si |ya )?(?:report|cuentan?|tienen?|registr|present)\w*"
    r"|\bcon (?:informacion|medicion|avances?|datos)"
    r"|\bsin (?:considerar|contar|incluir|tomar)|\b(?:excluy|consider|descont)\w*|\bmedidos\b"
)
_SEVERAL = re.compile(r"\s[ye]\s")
_OTHERS_TOLD = re.compile(r"\botr[oa]s?\b|\bresto\b|\bdemas\b")
_OWN_WORDS = (
    ("retroce", ("retroceso",)),
    ("super", ("superada", "muy_superada")),
    ("rebas", ("superada", "muy_superada")),
)


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
            for match in TARGET_YEAR.finditer(sentence.plain)
        ]
        return cls(known, max(years, default=None))

    def answers(self, sentence: Sentence) -> list[Answer]:
        """What a sentence's claims come to; nothing where it makes none that is understood."""
        if sentence.section != self._section:
            self._section, self._noun, self._seen = sentence.section, "", 0
            self._places = set()
        subjects = find_subjects(sentence.plain, sentence.mentions) or self._opening(sentence)
        if not subjects:
            self._noun = ""
        found: list[Answer] = []
        for subject in subjects:
            found += self._all_of_objective(sentence, subject)
        for said in self._said(sentence, subjects):
            found += self._hold(said)
            self._seen += 1
        for said in portions(sentence, _HINTS.get(sentence.section)):
            if not of_another_time(sentence.plain, "", self.latest):
                found += self._hold_amount(said, objective_of(sentence.section))
        return found

    def _opening(self, sentence: Sentence) -> list[Subject]:
        """The subject of a sentence that opens with an indicator's name and speaks of no other."""
        subject = opening(sentence.plain)
        cards = self.known.of_objective(objective_of(sentence.section))
        if subject is None:
            return []
        enough = 1.0 if _SEVERAL.search(subject.name) else NEARLY_ALL
        return [subject] if card_of(subject.name, cards, names_of(cards), enough) else []

    def _all_of_objective(self, sentence: Sentence, subject: Subject) -> Iterator[Answer]:
        """ "De los tres indicadores, dos …" in the section of an objective: it has three."""
        quantifier = subject.quantifier
        number = objective_of(sentence.section)
        cards = self.known.in_places(number) if number else ()
        if not subject.whole or subject.noun != "indicador":
            return
        if quantifier is None or quantifier.kind != "count" or quantifier.hedge:
            return
        if not sentence.plain.startswith(",", subject.end):
            return
        if subject.approach:
            yield from self._all_of_approach(sentence, subject, int(quantifier.value or 0))
            return
        if self._seen or not cards:
            return
        if quantifier.value != len(cards):
            said = Said(sentence, subject, subject.end, (), "")
            yield miscounted(said, int(quantifier.value or 0), cards, number)

    def _all_of_approach(
        self, sentence: Sentence, subject: Subject, stated: int
    ) -> Iterator[Answer]:
        """ "De los 7 indicadores de gestión, dos …": the row of the table counts seven."""
        predicate = Predicate("approach", frozenset({subject.approach}), False, 0, 0)
        for count in self.known.counts(predicate, "", None) or ():
            if count.count != stated:
                said = Said(sentence, subject, subject.end, (predicate,), "")
                yield denied(said, predicate, count, CONTRADICTED)

    def _said(self, sentence: Sentence, subjects: Sequence[Subject]) -> Iterator[Said]:
        hint = _HINTS.get(sentence.section)
        approach = ""
        for at, subject in enumerate(subjects):
            named = self._named(sentence, subject)
            approach = named.approach if named.whole else approach
            named = replace(named, approach=named.approach or approach)
            end = subjects[at + 1].start if at + 1 < len(subjects) else len(sentence.plain)
            end = cut_of(sentence.plain, subject, end)
            segment = repaired(sentence.plain[subject.end : end])
            if named.unknown or of_another_time(
                sentence.plain[: subject.start], segment, self.latest
            ):
                continue
            if subject.quantifier is not None and of_others(sentence, subject):
                continue
            predicates = find_predicates(segment, hint)
            if at == 0:
                before = sentence.plain[: subject.start].rpartition(";")[2]
                told = find_predicates(repaired(before), hint)
                if told != [] and not COUNTED_APART.search(after_last(repaired(before), told)):
                    if predicates or len(subjects) > 1:
                        return  # "Retrocedieron el primero y, además, …": whose is what?
                    segment, predicates = repaired(before), told
            if predicates:
                kept = consistent(named, segment, predicates)
                yield Said(sentence, named, end, tuple(kept), segment)

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
        if subject.objective == OWN_OBJECTIVE and objective is None:
            return
        if quantifier is None:
            yield from self._hold_known(said, objective)
            return
        predicates = alike(said)
        if subject.noun != "indicador" or subject.whole or not predicates:
            return
        if not allows(said.segment[: predicates[0].end]):
            return
        said = replace(said, predicates=predicates)
        cards = self.known.in_places(objective) if objective else ()
        if subject.excluded_keys and objective is None:
            cards = self.known.cards
        if not set(subject.excluded_keys) <= {card.key for card in cards}:
            return
        loosely = quantifier.hedge == "loosely"
        if cards and not subject.approach and quantifier.kind in ("all", "none") and not loosely:
            if not quantifier.hedge:
                yield from _hold_each(said, cards)
        elif restricted(said):  # what else is said of them is not checked: no agreement is said
            told = () if cards else self._hold_amount(said, objective)
            yield from (answer for answer in told if answer.outcome == "failed")
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
            if subject.bare:
                said = replace(said, predicates=of_targets(said))
            if named is not None:
                yield from _hold_each(said, [named])
                if subject.only:
                    others = [card for card in among if card is not named]
                    yield from _hold_each(said, others, contrary=True)
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
        if quantifier is None or said.subject.excluded or said.subject.excluded_keys:
            return
        if quantifier.kind == "count" and quantifier.hedge != "only":
            if _OTHERS_TOLD.search(said.sentence.plain):
                return
            if quantifier.value == 1 and quantifier.of is None:
                quantifier = replace(quantifier, hedge="at_least")
        told = [
            (
                predicate,
                count,
                _all_judged((quantifier, *said.subject.beside), count, self._fewer(said)),
            )
            for predicate in said.predicates
            for count in self._counts(predicate, said, objective)
        ]
        if not told:
            return
        wrong = [each for each in told if each[2].verdict != "agrees"]
        if wrong and not quantifier.hedge and not said.subject.beside:
            exact = [_told_apart(predicate, said.sentence) for predicate in said.predicates]
            again = [
                _judged(quantifier, count)
                for predicate in exact
                for count in self._counts(predicate, said, objective)
            ]
            wrong = [] if all(each.verdict == "agrees" for each in again) else wrong
        wholes = {*(each[1].whole for each in told), *self._fewer(said)}
        if quantifier.of is not None and quantifier.of not in wholes:
            yield of_another_whole(said, told[0][1], quantifier.of)
        elif not wrong or self._together(said, objective):
            yield borne_out(said, told[0][1])
        elif not said.subject.inferred or wrong[0][2].verdict == "doubtful":
            yield denied(said, *wrong[0])

    def _fewer(self, said: Said) -> list[int]:
        """The wholes that shares may be of where the sentence leaves out who reports nothing."""
        plain = said.sentence.plain
        if not _OF_FEWER.search(plain):
            return []
        progress = [card.grade("progress") for card in self.known.cards]
        milestones = [card.grade("milestone") for card in self.known.cards]
        own = [int(m.count) for m in said.sentence.mentions if m.count and m.noun == "indicador"]
        return [
            len(progress) - progress.count("no_reportado"),
            len(progress) - progress.count("no_reportado") - progress.count("constante"),
            len(progress) - progress.count("constante"),
            len(milestones) - milestones.count("no_reportada"),
            *own,
        ]

    def _counts(self, predicate: Predicate, said: Said, objective: int | None) -> list[Count]:
        return self.known.counts(predicate, said.subject.approach, objective) or []

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


def _all_judged(told: Sequence[Quantifier], count: Count, wholes: Sequence[int]) -> Judgement:
    """The worst judgement of one amount told in several words; a share is of any of ``wholes``."""
    counts = [replace(count, whole=whole) for whole in wholes if whole >= count.count]
    judgements = [
        next(
            (found for found in (_judged(each, of) for of in counts) if found.verdict == "agrees"),
            _judged(each, count),
        )
        if each.kind == "share"
        else _judged(each, count)
        for each in told
    ]
    for verdict in ("contradicted", "doubtful"):
        for each in judgements:
            if each.verdict == verdict:
                return each
    return judgements[0]


def _told_apart(predicate: Predicate, sentence: Sentence) -> Predicate:
    """The predicate without the grades that the sentence tells of others: "dos no la alcanzaron y
    tres retrocedieron", "cuatro alcanzaron su meta y uno la superó"."""
    others = {grade for stem, grades in _OWN_WORDS if stem in sentence.plain for grade in grades}
    kept = predicate.grades - others
    return replace(predicate, grades=kept) if kept else predicate


def _hold_each(said: Said, cards: Sequence[Card], contrary: bool = False) -> Iterator[Answer]:
    """Hold what is said of each of some cards against it; ``contrary``: it must not be true."""
    subject = said.subject
    none = subject.quantifier is not None and subject.quantifier.kind == "none"
    for at, card in enumerate(cards, start=1):
        excluded = at in subject.excluded or at - len(cards) - 1 in subject.excluded
        excluded = excluded or card.key in subject.excluded_keys
        for predicate in said.predicates:
            if none:  # "ninguno alcanzó ni superó"
                predicate = replace(predicate, negated=False)
            truth = card.holds(predicate)
            if truth is not None:
                wanted = not (none ^ excluded ^ contrary ^ subject.denied)
                yield on_card(said, card, predicate, truth == wanted)
