"""How many of the errors that the prose of CONEVAL's fichas could have are found?

Takes what was read of the published samples, injects one fault at a time (a word of a sentence, a
grade or trend of a card, a count of the Diagnóstico), normalizes and audits it as any other
reading, and compares the findings of MON03, MON05 and MON09 with those of the reading without the
fault. A fault is found when a new finding rests on the faulted sentence or card; other new findings
are noise. What leaves everything that is said as true as it was is not injected: see :func:`void`.

    python tools/faults_prose.py

Prints a table by kind and every miss. Exit status 1 when less than 95 % is found or with any noise.
"""

from __future__ import annotations

import copy
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from normalize.grades import milestone_of

if TYPE_CHECKING:
    from extract.types import Printed, RawCard, RawDocument

SAMPLES = Path(__file__).parent.parent / "samples"
DOCUMENTS = {
    "imss": "coneval-ficha-monitoreo-imss-2020-2021.pdf",
    "issste": "coneval-ficha-monitoreo-issste-2020-2021.pdf",
    "diagnostico": "coneval-diagnostico-imss-2024.pdf",
}
RULES = ("MON03", "MON05", "MON09")
WANTED_SHARE = 95

# A word, and what it becomes. "alcanzó" may not become "superó" nor the reverse where the card is
# better than both: what is said stays true.
GRADES = {
    "un retroceso": "un logro alcanzado",
    "un logro alcanzado": "un retroceso",
    "un logro no alcanzado": "un logro alcanzado",
    "un logro muy superado": "un logro no alcanzado",
    "un logro muy superior": "un logro no alcanzado",
    "muy rezagado": "avanzado",
    "logro superado": "logro insuficiente",
    "logro rezagado": "logro superado",
    "logro avanzado": "logro rezagado",
    "avance insuficiente": "avance adecuado",
    "avance adecuado": "avance muy rezagado",
    "avance muy superado": "avance no alcanzado",
    "avance superado": "avance avanzado",
    "clasificación de avanzado": "clasificación de rezagado",
    "encuentra rezagado": "encuentra muy rezagado",
    "no logró alcanzar": "logró alcanzar",
    "no alcanzó": "superó",
    "alcanzó su": "no alcanzó su",
    "alcanzaron su": "no alcanzaron su",
    "superaron su meta sexenal": "no superaron su meta sexenal",
    "muy rezagados": "superados",
    "sentido constante": "sentido ascendente",
}
ORDINALS = {
    "primero": ("segundo", "tercero"),
    "segundo": ("primero", "tercero"),
    "tercero": ("primero", "segundo"),
    "primer": ("segundo", "tercer"),
    "tercer": ("primer", "segundo"),
}
DIRECTIONS = {
    "incrementó": ("disminuyó", "se mantuvo constante"),
    "disminuyó": ("incrementó",),
    "aumentó": ("disminuyó",),
    "un aumento": ("una disminución",),
    "una disminución": ("un aumento",),
    "incrementar": ("reducir",),
}
AMOUNTS = {
    "los tres indicadores": ("los dos indicadores", "los cuatro indicadores"),
    "Los tres indicadores": ("Los dos indicadores", "Los cuatro indicadores"),
    "una tercera parte": ("la mitad", "una cuarta parte", "dos terceras partes"),
    "La mitad de los indicadores q": ("Un tercio de los indicadores q",),
    "La mayoría de los indicadores": ("Ninguno de los indicadores", "Todos los indicadores"),
    "Los tres restantes": ("Los dos restantes", "Los cuatro restantes"),
    "seis objetivos": ("cinco objetivos", "siete objetivos"),
    "(E004, E007 y E012)": ("(E004 y E012)", "(E004, E005 y E012)"),
}
MILESTONES = ("Retroceso", "No alcanzada", "Alcanzada", "Logro muy superado")
PROGRESS = ("Muy rezagado", "Rezagado", "Insuficiente", "Adecuado", "Avanzado", "Superado")
TRENDS = ("Ascendente", "Descendente")
QUALITIES = ("Destacado", "Adecuado", "Moderado", "Oportunidad de mejora")

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One error in one document: ``place`` is ``statement N`` or ``card N``, counting from 0."""

    document: str
    kind: str
    place: str
    field: str
    old: str
    new: str
    at: int = 0

    @property
    def what(self) -> str:
        return f"{self.document}, {self.place} {self.field}: {self.old} → {self.new}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the audit of a faulted document said that it did not say before."""

    fault: Fault
    found: tuple[str, ...]
    noise: tuple[str, ...]


@cache
def document(name: str) -> RawDocument:
    """What was read of a published sample."""
    import extract

    return extract.read(SAMPLES / DOCUMENTS[name])


def faults() -> list[Fault]:
    """Every fault that is injected, in the order of documents and texts."""
    found = [
        fault
        for name in DOCUMENTS
        for fault in (*_prose_faults(name), *_number_faults(name), *_card_faults(name))
    ]
    return [fault for fault in found if not void(fault)]


def _prose_faults(name: str) -> Iterator[Fault]:
    tables: tuple[tuple[str, dict[str, tuple[str, ...]]], ...] = (
        ("grade in prose", {old: (new,) for old, new in GRADES.items()}),
        ("ordinal", ORDINALS),
        ("direction", DIRECTIONS),
        ("amount in words", AMOUNTS),
    )
    for number, statement in enumerate(document(name).statements):
        text = statement.text.text
        for kind, table in tables:
            for old, news in table.items():
                for match in re.finditer(rf"(?<!\w)(?<!no ){re.escape(old)}(?!\w)", text):
                    for new in news:
                        place = f"statement {number}"
                        yield Fault(name, kind, place, "", old, new, match.start())


def _number_faults(name: str) -> Iterator[Fault]:
    """Percentages, and counts before them or before their noun, up and down."""
    pattern = re.compile(
        r"(?:(?<=El )|(?<= el ))(?P<percent>\d+)(?=%)|\((?P<bracketed>\d+)(?=%\))"
        r"|(?<![\w.\-])(?P<count>\d+)(?= \(\d+%\)| indicadores| objetivos| programas)"
    )
    for number, statement in enumerate(document(name).statements):
        for match in pattern.finditer(statement.text.text):
            kind = "count" if match.lastgroup == "count" else "percentage"
            group = str(match.lastgroup)
            old = match[group]
            steps = (-1, 1) if kind == "count" else (-10, 7)
            for step in steps:
                new = str(int(old) + step)
                yield Fault(name, kind, f"statement {number}", "", old, new, match.start(group))


def _card_faults(name: str) -> Iterator[Fault]:
    fields = (
        ("milestone_status", MILESTONES, "milestone on card"),
        ("target_progress", PROGRESS, "progress on card"),
        ("trend", TRENDS, "trend on card"),
        ("quality", QUALITIES, "quality on card"),
    )
    for number, card in enumerate(document(name).cards):
        for field, grades, kind in fields:
            old = card.fields[field].text
            for new in grades:
                if new[:6].lower() != old[:6].lower():
                    yield Fault(name, kind, f"card {number}", field, old, new)


TOLD_BY_VERB = {
    "imss": {"5.3"},
    "issste": {"1.1", "2.1", "2.2", "2.3", "3.2", "3.3", "4.2", "5.1", "5.2"},
}
"""Cards of whose milestone a sentence only says by a verb that it was reached, or was not."""
MILESTONE_UNTOLD = {"imss": {"5.2", "6.3"}, "issste": {"1.3"}}
"""Cards of whose milestone no sentence says anything, read by hand."""
PROGRESS_UNTOLD = {"imss": {"1.3", "6.3"}, "issste": {"1.1"}}
MOVED = {
    ("imss", "objetivo-1"): ("1.1",),
    ("imss", "objetivo-2"): ("2.1", "2.2", ""),
    ("imss", "objetivo-3"): ("3.1", "3.3"),
    ("imss", "objetivo-4"): ("4.1", "4.2", "4.3"),
    ("imss", "objetivo-5"): ("5.1", "5.2", "5.3"),
    ("imss", "objetivo-6"): ("6.1", ""),
    ("issste", "objetivo-1"): ("1.1", "1.2", "1.3"),
    ("issste", "objetivo-2"): ("2.1", ""),
    ("issste", "objetivo-3"): ("3.1", "3.3"),
    ("issste", "objetivo-4"): ("4.1", "4.2"),
    ("issste", "objetivo-5"): ("5.1", "5.3"),
}
"""Whose each direction of a section is, in its order, read by hand; empty where it is said with the
baseline or from one year to the next."""
DIRECTION_UNTOLD = {"imss": {"1.2", "6.3"}, "issste": {"2.3"}}
_GOOD = frozenset({"alcanzada", "muy_superada"})


def void(fault: Fault) -> bool:
    """Whether nobody could see the fault in the prose.

    So it is where no sentence tells the grade that is changed, or its verb ("alcanzó") goes with
    the new grade as with the old; where a direction goes with the card (any does with *No
    alcanzada* and with an indicator that is to stay); where an ordinal becomes one whose card has
    the very same grades, or that the list has already; and where other qualities leave the counts
    of *destacado* and *adecuado* as they were. ISSSTE's one sentence about qualities is false
    before and after.
    """
    if fault.place.startswith("card"):
        return _void_on_card(fault)
    statement = document(fault.document).statements[int(fault.place.split()[1])]
    text, section = statement.text.text, statement.section
    if fault.kind == "ordinal":
        return _void_ordinal(fault, text, section)
    if fault.kind == "direction":
        return _void_direction(fault, text, section)
    return fault.kind == "grade in prose" and (
        section == "notas" or "algunos" in text[text.rfind(".", 0, fault.at) + 1 : fault.at]
    )


def _void_on_card(fault: Fault) -> bool:
    card = document(fault.document).cards[int(fault.place.split()[1])]
    key = _key(card)
    if fault.field == "milestone_status":
        old, new = milestone_of(fault.old), milestone_of(fault.new)
        if key in MILESTONE_UNTOLD[fault.document]:
            return True
        return key in TOLD_BY_VERB[fault.document] and (old in _GOOD) == (new in _GOOD)
    if fault.field == "target_progress":
        return key in PROGRESS_UNTOLD[fault.document]
    if fault.field == "trend":
        return fault.old == "Constante" or key in DIRECTION_UNTOLD[fault.document] or _mended(card)
    fine = {"Destacado", "Adecuado"}
    return fault.document == "issste" or (fault.old in fine) == (fault.new in fine)


def _key(card: RawCard) -> str:
    return card.fields["name"].text.split(" ")[0]


def _mended(card: RawCard) -> bool:
    """Whether any direction goes with the card, or the published one goes against it: with the
    other trend it goes with it."""
    status = milestone_of(card.fields["milestone_status"].text)
    against = _key(card) == "2.2" and status == "retroceso"
    against |= _key(card) in {"4.1", "1.3", "4.2", "5.3"} and status in _GOOD
    return status == "no_alcanzada" or against


def _void_ordinal(fault: Fault, text: str, section: str) -> bool:
    after = text[fault.at + len(fault.old) :]
    before = text[: fault.at]
    said = re.match(r" indicador|,? (?:y|no|present|alcanz|tuvo|de ellos|consig| no)", after)
    if not said or not section.startswith("objetivo-"):
        return True
    if re.match(rf" y (?:el )?{fault.new}", after) or re.search(
        rf"{fault.new} y (?:el )?$", before
    ):
        return True
    cards = [
        card
        for card in document(fault.document).cards
        if _key(card).startswith(section.removeprefix("objetivo-") + ".")
    ]
    places = {"primer": 0, "segund": 1, "tercer": 2}
    old, new = cards[places[fault.old[:6]]].fields, cards[places[fault.new[:6]]].fields
    fields = ("milestone_status", "target_progress")
    return all(old[name].text == new[name].text for name in fields)


def _void_direction(fault: Fault, text: str, section: str) -> bool:
    """Whether the new direction goes with the card's trend and status."""
    words = "|".join(DIRECTIONS)
    at = [match.start() for match in re.finditer(rf"(?<!\w)(?:{words})(?!\w)", text)]
    moved = MOVED[fault.document, section][at.index(fault.at)]
    card = next((c for c in document(fault.document).cards if _key(c) == moved), None)
    if card is None or card.fields["trend"].text == "Constante":
        return True
    rises = fault.new in ("incrementó", "un aumento")
    stays = fault.new.startswith("se mantuvo")
    better = not stays and rises == (card.fields["trend"].text == "Ascendente")
    status = milestone_of(card.fields["milestone_status"].text)
    if status == "retroceso":
        return not better and not stays
    return status == "no_alcanzada" or better or (stays and status == "alcanzada")


def faulted(fault: Fault) -> RawDocument:
    """The reading of the document with the fault in it."""
    raw = copy.deepcopy(document(fault.document))
    number = int(fault.place.split()[1])
    if fault.place.startswith("card"):
        fields = raw.cards[number].fields
        fields[fault.field] = _reworded(fields[fault.field], fault.new)
        return raw
    statement = raw.statements[number]
    text, at = statement.text.text, fault.at
    changed = text[:at] + fault.new + text[at + len(fault.old) :]
    raw.statements[number] = type(statement)(statement.section, _reworded(statement.text, changed))
    return raw


def _reworded(printed: Printed, text: str) -> Printed:
    return type(printed)(text, printed.pieces, printed.reader)


def findings_of(raw: RawDocument) -> dict[Key, frozenset[str]]:
    """The findings of the prose's rules, each with the records that it rests on."""
    from normalize.records import normalize
    from validate.engine import audit

    found = {}
    for finding in audit(normalize(raw, "faults"))[1]:
        if finding.rule in RULES:
            records = frozenset(entry["record"] for entry in json.loads(finding.evidence))
            said = (finding.indicator_id or "", finding.stated or "", finding.computed or "")
            found[(finding.rule, *said, *sorted(records))] = records
    return found


@cache
def _before(name: str) -> dict[Key, frozenset[str]]:
    return findings_of(document(name))


def inject(fault: Fault) -> Outcome:
    """Audit the document with this fault and sort what is new."""
    new = {
        key: records
        for key, records in findings_of(faulted(fault)).items()
        if key not in _before(fault.document)
    }
    raw = document(fault.document)
    number = int(fault.place.split()[1])
    if fault.place.startswith("card"):
        mark = raw.cards[number].fields["name"].text.split(" ")[0]
        concerned = {key: mark in records for key, records in new.items()}
    else:
        section = raw.statements[number].section
        concerned = {
            key: any(f"/{section}%2F" in record for record in records)
            for key, records in new.items()
        }
    found = tuple(key[0] for key, its in concerned.items() if its)
    noise = tuple(" ".join(key) for key, its in concerned.items() if not its)
    return Outcome(fault, found, noise)


def run(injected: Sequence[Fault], workers: int | None = None) -> list[Outcome]:
    """Inject each fault, on all cores."""
    with ProcessPoolExecutor(workers or os.cpu_count(), get_context("spawn")) as pool:
        return list(pool.map(inject, injected, chunksize=16))


def summary(outcomes: Sequence[Outcome]) -> str:
    """A table by kind, then every miss and all noise with what was done."""
    injected = Counter(outcome.fault.kind for outcome in outcomes)
    found = Counter(outcome.fault.kind for outcome in outcomes if outcome.found)
    noisy = Counter(outcome.fault.kind for outcome in outcomes if outcome.noise)
    lines = [f"{'fault':<20}{'injected':>9}{'found':>7}{'noise':>7}"]
    lines += [f"{kind:<20}{injected[kind]:>9}{found[kind]:>7}{noisy[kind]:>7}" for kind in injected]
    lines.append(f"{'all':<20}{len(outcomes):>9}{found.total():>7}{noisy.total():>7}")
    lines += [
        f"missed: {each.fault.kind}: {each.fault.what}" for each in outcomes if not each.found
    ]
    lines += [
        f"noise: {each.fault.kind}: {each.fault.what}: {'; '.join(each.noise)}"
        for each in outcomes
        if each.noise
    ]
    return "\n".join(lines)


def main() -> int:
    outcomes = run(faults())
    print(summary(outcomes))
    share = 100 * sum(bool(outcome.found) for outcome in outcomes) / len(outcomes)
    print(f"{share:.1f} % found ({WANTED_SHARE} % wanted)")
    return int(share < WANTED_SHARE or any(outcome.noise for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
