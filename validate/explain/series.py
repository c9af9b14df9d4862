"""The SER rules worked out: targets one by one, stated growth, listed parts, the followed line."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from normalize.numbers import grouped
from normalize.schema import Finding
from validate.explain.step import NOTHING, Line, Step, Text, outcome, printed, work
from validate.explain.working import equals
from validate.growth import (
    Case,
    Reading,
    case_of,
    literal_readings,
    other_readings,
    predicted,
    reproduces,
)
from validate.lines import followed
from validate.notes_reading import Claim, claims
from validate.parts import parts
from validate.series import Point, baseline, final_target, goes_against, target_path
from validate.view import IndicatorView

_BASELINE = Text("Línea base", "Baseline")
_NOTE = Text("Lo que dice la nota", "What the note says")
_TARGET = Text("Meta declarada", "Stated target")


def one_by_one(view: IndicatorView, finding: Finding) -> list[Step]:
    """SER03 and SER04: each target beside the one before, those that go the wrong way marked."""
    path = list(target_path(view))
    trend = view.indicator.trend if finding.rule == "SER03" else "ascendente"
    base = baseline(view)
    if trend is None or not path:
        return []
    lines = []
    for earlier, later in pairwise(path):
        against = goes_against(trend, later, earlier)
        lines.append(_pair(_year(earlier), earlier, _year(later), later, against))
    steps = [Step(Text("Las metas, una por una", "The targets, one by one"), tuple(lines))]
    final = final_target(view)
    if finding.rule == "SER03" and base is not None and final is not None:
        against = goes_against(trend, final, base) and trend != "constante"
        names = (
            Text(f"línea base {base.year or ''}".strip(), f"baseline {base.year or ''}".strip()),
            Text(f"meta {final.year or ''}".strip(), f"target {final.year or ''}".strip()),
        )
        line = _pair(names[0], base, names[1], final, against)
        title = Text("La meta final y la línea base", "Final target and baseline")
        steps.append(Step(title, (line,)))
    word = {"ascendente": "rising", "descendente": "falling", "constante": "constant"}[trend]
    if finding.rule == "SER03":
        label = Text("Tendencia esperada", "Expected trend")
        steps.insert(0, Step(label, (Line(NOTHING, Text(trend, word), "printed"),)))
    else:
        label = Text("Acumulado o periódico", "Accumulated or periodic")
        text = Text("acumulado: las metas no pueden bajar", "accumulated: targets cannot fall")
        steps.insert(0, Step(label, (Line(NOTHING, text, "printed"),)))
    return steps


def stated_growth(view: IndicatorView, finding: Finding) -> list[Step]:
    """SER05: the targets that the note's growth gives, literally and under the other reading."""
    case = case_of(view, target_path(view))
    falling = view.indicator.trend == "descendente"
    stated = claims(view)
    claim = next((item for item in stated if item.sure), stated[0] if stated else None)
    if claim is None:
        return []
    literal = next(
        (r for r in literal_readings(claim, case, falling) if predicted(claim, case, r)), None
    )
    other = next((r for r in other_readings(claim, falling) if reproduces(claim, case, r)), None)
    note = getattr(view.indicator, claim.field, None) or ""
    steps = [Step(_NOTE, (printed(NOTHING, note),))]
    start = case.base
    if start is not None:
        label = Text(
            f"Línea base {start.year or ''}".strip(), f"Baseline {start.year or ''}".strip()
        )
        steps.append(
            Step(Text("De dónde parte", "Where it starts"), (printed(label, start.shown),))
        )
    if literal is not None:
        steps.append(_predictions(Text("Lectura literal", "Literal reading"), claim, case, literal))
    if other is not None:
        steps.append(
            _predictions(
                Text("Lectura que sí da las metas", "Reading that does give them"),
                claim,
                case,
                other,
            )
        )
    return steps


def listed_parts(view: IndicatorView, finding: Finding) -> list[Step]:
    """SER06: the parts of the note, added."""
    row = view.indicator
    for note, total, name in (
        (row.target_note, final_target(view), _TARGET),
        (row.baseline_note, baseline(view), _BASELINE),
    ):
        listed = parts(note, view)
        value = sum((part.value for part in listed), Fraction(0))
        if total is None or not listed or total.is_rounded(value) or total.plain != finding.stated:
            continue
        terms = tuple(
            printed(Text(words, words), grouped(part.value))
            for part in listed
            for words in (part.words.strip(" ,.;"),)
        )
        added = f"{' + '.join(grouped(part.value) for part in listed)} = {grouped(value)}"
        return [
            Step(_NOTE, (printed(NOTHING, note or ""),)),
            Step(Text("Partes que lista", "Parts that it lists"), terms),
            Step(Text("Suma", "Sum"), (work(added),)),
            outcome(
                name,
                total.shown,
                Text("Las partes suman", "The parts add up to"),
                grouped(value),
                total.value - value,
            ),
        ]
    return []


def followed_line(view: IndicatorView, finding: Finding) -> list[Step]:
    """SER09: from each target to the next, the ratio or the step that is the same throughout."""
    found = followed(view)
    if found is None:
        return []
    lines = []
    for earlier, later in pairwise(found.path):
        label = Text(f"{earlier.year} → {later.year}", f"{earlier.year} → {later.year}")
        if found.growth == "compound":
            ratio = equals(later.value / earlier.value)
            written = f"{later.shown} / {earlier.shown} {ratio}"
        else:
            written = f"{later.shown} − {earlier.shown} {equals(later.value - earlier.value)}"
        lines.append(Line(label, written, "work"))
    if found.growth == "compound":
        name = f"{grouped(found.amount * 100)} %"
        title = Text("Razón de cada meta a la anterior", "Ratio of each target to the one before")
        each = Text("Tasa que las da todas", "Rate that gives them all")
    else:
        name = grouped(found.amount)
        title = Text("Paso de cada meta a la siguiente", "Step from each target to the next")
        each = Text("Paso por año", "Step a year")
    lines.append(Line(each, name.replace("-", "−"), "computed"))
    steps = [Step(title, tuple(lines))]
    base, first = baseline(view), found.path[0]
    if base is not None and base.value:
        label = Text(f"{base.year} → {first.year}", f"{base.year} → {first.year}")
        change = (
            f"{first.shown} / {base.shown} {equals(first.value / base.value)}"
            if found.growth == "compound"
            else f"{first.shown} − {base.shown} {equals(first.value - base.value)}"
        )
        title = Text("De la línea base a la primera meta", "From baseline to first target")
        steps.append(Step(title, (Line(label, change, "work"),)))
    return steps


def _predictions(title: Text, claim: Claim, case: Case, reading: Reading) -> Step:
    heading = Text(f"{title.es}: {reading.name_es}", f"{title.en}: {reading.name_en}")
    lines = [_beside(point, value) for point, value in predicted(claim, case, reading)]
    return Step(heading, tuple(lines))


def _beside(point: Point, value: Fraction) -> Line:
    """What a reading gives for a target, beside what is printed."""
    agrees = point.is_rounded(value)
    computed = grouped(value, point.places + 2).replace("-", "−")
    if agrees:
        return Line(
            _year(point),
            Text(f"{computed}, impreso {point.shown}", f"{computed}, printed {point.shown}"),
            "work",
        )
    return Line(
        _year(point),
        Text(f"{computed}, no {point.shown}", f"{computed}, not {point.shown}"),
        "stated",
    )


def _pair(before: Text, earlier: Point, after: Text, later: Point, against: bool) -> Line:
    sign = "→"
    label = Text(f"{before.es} {sign} {after.es}", f"{before.en} {sign} {after.en}")
    return Line(label, f"{earlier.shown} {sign} {later.shown}", "stated" if against else "work")


def _year(point: Point) -> Text:
    year = str(point.year) if point.year is not None else ""
    return Text(f"Meta {year}".strip(), f"Target {year}".strip())
