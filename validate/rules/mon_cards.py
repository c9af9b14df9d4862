"""MON04: the distribution is the one that the indicator cards give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from normalize.grades import Progress, progress_of
from normalize.schema import Assessment, Figure
from validate.counted import with_noun
from validate.distribution import Line, Table, evidence, table_of
from validate.objectives import objectives_of
from validate.rule import Answer, Evidence, failed, not_applicable, passed, rule
from validate.uncounted import why_uncounted
from validate.view import DocumentView


@dataclass(frozen=True, slots=True)
class _Counted:
    """How many cards go into a column: surely, and at most if the unread ones went there too."""

    cards: tuple[Assessment, ...]
    most: int

    @property
    def least(self) -> int:
        return len(self.cards)


@rule("MON04", "error", scope="document")
def distribution_is_that_of_the_cards(document: DocumentView) -> Iterator[Answer]:
    """La distribución no es la que dan las tarjetas de los indicadores.

    Qué revisa. Cuenta las tarjetas por su avance de la meta sexenal y compara con el total de cada
    columna; NR* cuenta las que no reportan y, como dice su nota, las de sentido constante. El
    renglón (enfoque) de una tarjeta no está impreso y no se compara. También el gran total y los
    números de indicadores y de objetivos que declara la ficha, contra sus tarjetas. Una tarjeta
    cuyo avance no se pudo leer puede ser de cualquier columna: solo se señala lo que ni así cuadra.
    Donde la lectura dice que le faltan tarjetas (REA01), o no es seguro que un escaneo se leyera
    entero, no se cuenta: tampoco en MON05, CRO02 y CRO06.

    Por qué importa. Tarjetas y tabla dicen lo mismo dos veces; si difieren, una de las dos engaña.

    Ejemplo. La tabla dice 5 superados y hay 4 tarjetas «Superada».

    ---

    The distribution is not the one that the indicator cards give.

    What it checks. Counts the cards by their progress towards the six-year target and compares
    with the total of each column; NR* counts those not reported and, as its footnote says, those
    of constant sense. The row (approach) of a card is not printed and not compared. The grand
    total as well, and the numbers of indicators and objectives that the ficha states, against its
    cards. A card whose progress could not be read may belong to any column: only what does not add
    up even so is pointed out. Where the reading says that cards are missing (REA01), or it is not
    certain that all of a scan was read, nothing is counted: nor is it in MON05, CRO02 and CRO06.

    Why it matters. Cards and table say the same twice; if they differ, one of them misleads.

    Example. The table says 5 superado and there are 4 cards “Superada”.
    """
    cards = document.assessments
    table = table_of(document)
    uncounted = why_uncounted(document)
    if uncounted is not None:
        yield not_applicable("", *uncounted)
    if not cards:
        if table.cells:
            yield not_applicable(
                "", "El documento no tiene tarjetas.", "The document has no indicator cards."
            )
        return
    yield from _columns(table, cards)
    if table.grand_total is not None and table.grand_total.count is not None:
        yield _whole(
            table.grand_total.record_key,
            Fraction(table.grand_total.count),
            evidence(table.grand_total, "count", "stated"),
            cards,
            ("El gran total de la tabla", "The grand total of the table"),
        )
    yield from _stated_counts(document, cards)


def _columns(table: Table, cards: Sequence[Assessment]) -> Iterator[Answer]:
    headings = [line.heading for line in table.columns if line.heading != table.total_column]
    grades = {name: progress_of(name) for name in headings}
    own = any(grade == "constante" for grade in grades.values())
    for line in table.columns:
        if line.heading == table.total_column:
            continue
        grade = grades[line.heading]
        record = (line.total or line.parts[0]).record_key
        if grade is None:
            yield not_applicable(
                record,
                f"«{line.heading}» no es un avance conocido.",
                f"“{line.heading}” is no known grade of progress.",
            )
            continue
        stated = line.stated if line.total is not None else None if line.missing else line.sum
        if stated is None or line.field != "count":
            yield not_applicable(
                record,
                f"La columna «{line.heading}» no tiene un conteo.",
                f"The column “{line.heading}” has no count.",
            )
            continue
        yield _column(record, line, stated, _counted(grade, cards, own, line.heading))


def _counted(
    grade: Progress, cards: Sequence[Assessment], constant_has_its_own: bool, heading: str
) -> _Counted:
    """The cards of a column. NR takes the constant ones where they have no column of their own;
    without its mark (``NR*``) it may also leave them out, so that they only count as possible."""
    found = {card: progress_of(card.target_progress) for card in cards}
    sure = [card for card in cards if found[card] == grade]
    unread = sum(found[card] is None for card in cards)
    if grade == "no_reportado" and not constant_has_its_own:
        constant = [card for card in cards if found[card] == "constante"]
        if "*" in heading or any(mark in heading for mark in "†‡¹²³"):
            sure += constant
        else:
            unread += len(constant)
    return _Counted(tuple(sure), len(sure) + unread)


def _column(record: str, line: Line, stated: Fraction, counted: _Counted) -> Answer:
    total = line.total
    seen = (
        *((evidence(total, "count", "stated"),) if total else ()),
        *(() if total else (evidence(part, "count", "stated") for part in line.parts)),
        *(_card(card, "target_progress", "input") for card in counted.cards),
    )
    keys = ", ".join(card.indicator_id for card in counted.cards)
    names = f" ({keys})" if keys else ""
    if counted.most > counted.least:
        some_es, some_en = (f"{counted.least} {to} {counted.most} " for to in ("a", "to"))
        some_es, some_en = some_es + "tarjetas", some_en + "cards"
    else:
        some_es = with_noun(counted.least, "tarjeta", "tarjetas", "ninguna tarjeta")
        some_en = with_noun(counted.least, "card", "cards", "no card")
    es = f"Columna «{line.heading}»: {some_es}{names}"
    en = f"Column “{line.heading}”: {some_en}{names}"
    more = {
        "stated": str(stated),
        "computed": str(counted.least),
        "difference": stated - counted.least,
        "evidence": seen,
    }
    if counted.least <= stated <= counted.most:
        return passed(
            record, f"{es}, y la tabla dice {stated}.", f"{en}; the table: {stated}.", **more
        )
    return failed(
        record, f"{es}, pero la tabla dice {stated}.", f"{en}, but the table says {stated}.", **more
    )


def _whole(
    record: str,
    stated: Fraction,
    where: Evidence,
    cards: Sequence[Assessment],
    named: tuple[str, str],
) -> Answer:
    count = len(cards)
    cards_es = with_noun(count, "tarjeta", "tarjetas")
    are = "is" if count == 1 else "are"
    cards_en = with_noun(count, "indicator card", "indicator cards")
    es = f"{named[0]} es {stated}; hay {cards_es} de indicadores."
    en = f"{named[1]} is {stated}; there {are} {cards_en}."
    answer = passed if stated == count else failed
    return answer(
        record,
        es,
        en,
        stated=str(stated),
        computed=str(count),
        difference=stated - count,
        evidence=(where, *(_card(card, "name", "input") for card in cards)),
    )


def _stated_counts(document: DocumentView, cards: Sequence[Assessment]) -> Iterator[Answer]:
    """The document's own numbers of indicators and objectives beside its cards."""
    for figure in document.figures:
        if figure.subject.partition("#")[0] or figure.value is None:
            continue
        where = Evidence("figures", figure.record_key, "value", "stated")
        if figure.figure == "indicator_count":
            named = ("El número de indicadores declarado", "The stated number of indicators")
            yield _whole(figure.record_key, Fraction(figure.value), where, cards, named)
        elif figure.figure == "objective_count":
            yield _objectives(figure, where, cards)


def _objectives(figure: Figure, where: Evidence, cards: Sequence[Assessment]) -> Answer:
    groups = objectives_of(cards)
    if not groups:
        return not_applicable(
            figure.record_key,
            "Alguna tarjeta no dice su objetivo.",
            "Some card does not say its objective.",
        )
    stated, count = Fraction(figure.value or 0), len(groups)
    es = f"El número de objetivos declarado es {stated}; las tarjetas tienen {count}."
    en = f"The stated number of objectives is {stated}; the cards have {count}."
    answer = passed if stated == count else failed
    return answer(
        figure.record_key,
        es,
        en,
        stated=str(stated),
        computed=str(count),
        difference=stated - count,
        evidence=(
            where,
            *(Evidence(row.table, row.record_key, "objective", "input") for row in groups),
        ),
    )


def _card(card: Assessment, field: str, role: str) -> Evidence:
    return Evidence("assessments", card.record_key, field, role)
