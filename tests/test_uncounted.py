"""Cards that a reading lost, or that a scan may have lost, are counted by no rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from cuadra.work import process
from extract.types import OCR, OCR_DOUBTFUL
from normalize.records import Normalized, Note
from normalize.schema import Check, Dataset, Finding, Provenance
from samples.card_inventions import Invention
from samples.card_print import Print, print_sheets
from samples.monitoring_layout import Look, lay_out
from samples.monitoring_source import Monitoring
from samples.scans import scan
from tests.test_across import FICHA, PROGRAMME, ficha, outcomes, programme, together_audited
from tests.told import cards, told
from validate.engine import audit

DOCUMENTS = Path(__file__).parent / "documents" / "monitoring"
CARDS = cards(
    "1.1 | Cobertura de agua | ascendente | Destacado | Alcanzada | Superado",
    "1.2 | Viviendas con drenaje | ascendente | Moderado | Retroceso | Muy rezagado",
    "1.3 | Pérdidas en las redes | descendente | Moderado | No alcanzada | Rezagado",
    "2.1 | Agua residual tratada | ascendente | Adecuado | Alcanzada | Avanzado",
    "2.2 | Quejas atendidas | ascendente | Moderado | Alcanzada | Avanzado",
    "2.3 | Pozos rehabilitados | ascendente | Moderado | Retroceso | Muy rezagado",
)
MATRIX = {"Resultados": [1, 1, 0, 0, 0, 1, 0], "Gestión": [0, 1, 0, 0, 1, 1, 0]}
TRUE = [
    ("enfoque", "El programa cuenta con 6 indicadores."),
    ("calidad", "El 67% de los indicadores se clasifican como moderados."),
    ("objetivo-2", "Los tres indicadores son ascendentes; el último presenta un retroceso."),
]
CHANGED = ("calidad", "El 33% de los indicadores se clasifican como moderados.")


def scanned(given: Normalized, reader: str = OCR) -> Normalized:
    """The same as OCR would have read it; ``reader`` is that of the keys."""
    own = given.dataset
    for row in (*own.assessments, *own.distributions):
        zero, is_card = Decimal(0), row.table == "assessments"
        own.provenance.append(
            Provenance(
                document_id=own.documents[0].document_id,
                table_name=row.table,
                record=row.record_key,
                field="indicator_id" if is_card else "count",
                reader=reader if is_card else OCR,
                part=1,
                page=1,
                x0=zero,
                top=zero,
                x1=zero,
                bottom=zero,
                text="",
            )
        )
    return given


def reading(*lost: str, prose: Sequence[tuple[str, str]] = TRUE, table: bool = True) -> Normalized:
    kept = [each for each in CARDS if each["indicator_id"] not in lost]
    return told(kept, MATRIX if table else None, prose)


def unread(table: str, record: str = "", field: str = "") -> Note:
    return Note("REA01", "", table, record, field, "", "No se leyó.", "It was not read.")


def accused(given: Normalized) -> set[str]:
    return {each.rule for each in audit(given)[1] if each.rule.startswith("MON")}


def counting(given: Normalized) -> list[Check]:
    """What is said where nothing can be counted."""
    return [each for each in audit(given)[0] if each.rule == "MON04" and not each.record]


def test_a_scan_that_was_wholly_read_is_counted_as_any_document() -> None:
    given = scanned(reading())
    assert accused(given) == set()
    assert counting(given) == []
    wrong = scanned(reading(prose=[TRUE[0], CHANGED, TRUE[2]]))
    assert accused(wrong) == {"MON05"}


def test_a_wrong_total_in_the_prose_of_a_scan_is_found_where_the_table_says_the_cards() -> None:
    wrong = ("enfoque", "El programa cuenta con 7 indicadores.")
    assert accused(reading(prose=[wrong])) == {"MON05"}
    assert accused(scanned(reading(prose=[wrong]))) == {"MON05"}


@pytest.mark.parametrize("lost", ["1.1", "1.2", "2.3"])
def test_a_card_that_a_scan_lost_accuses_nobody(lost: str) -> None:
    assert "MON04" in accused(reading(lost))
    assert "MON05" in accused(reading(lost))
    given = scanned(reading(lost))
    assert accused(given) == set()
    (check,) = counting(given)
    assert check.outcome == "not_applicable"
    assert "5 tarjetas" in check.reason_es and "5 cards" in check.reason_en


def test_without_a_stated_number_the_keys_of_a_scan_tell_whether_a_card_is_lost() -> None:
    prose = [("calidad", "Todos los indicadores se clasifican como moderados.")]
    for lost, reader in ((("1.2",), OCR), (("1.1", "1.2", "1.3"), OCR), ((), OCR_DOUBTFUL)):
        assert accused(reading(*lost, prose=prose, table=False)) == {"MON05"}
        assert accused(scanned(reading(*lost, prose=prose, table=False), reader)) == set()
    assert accused(scanned(reading(prose=prose, table=False))) == {"MON05"}


@pytest.mark.parametrize(
    "note", [unread("distributions"), unread("assessments", "1.1", "quality"), unread("documents")]
)
def test_a_scan_of_which_something_is_told_to_be_unread_is_not_counted(note: Note) -> None:
    wrong = [TRUE[0], CHANGED]
    assert accused(replace(scanned(reading(prose=wrong)), notes=[note])) == set()


def test_what_is_told_of_no_card_keeps_a_scan_countable() -> None:
    for note in (unread("documents", field="title"), unread("assessments", "1.1", "objective")):
        given = replace(scanned(reading(prose=[CHANGED])), notes=[note])
        assert accused(given) == {"MON05"}


def test_digital_cards_are_not_counted_where_some_are_told_to_be_unread() -> None:
    given = replace(reading("2.3"), notes=[unread("assessments")])
    assert accused(given) == set()
    missing_grade = replace(reading(prose=[CHANGED]), notes=[unread("assessments", "1.1", "trend")])
    assert accused(missing_grade) == {"MON05"}


def test_a_card_that_was_read_still_contradicts_a_sentence_that_names_its_key() -> None:
    named = [("objetivo-1", "El indicador 1.2 alcanzó su meta intermedia.")]
    last = [("objetivo-2", "El último presenta un retroceso en la meta intermedia.")]
    for prose, found in ((named, {"MON05"}), (last, set())):
        given = reading("2.3", prose=prose, table=False)
        assert accused(given) == {"MON05"}
        assert accused(replace(given, notes=[unread("assessments")])) == found


def test_a_card_that_a_scan_lost_is_not_missed_beside_the_programme() -> None:
    keys = ("1.1", "1.2", "2.1")
    assert outcomes(together_audited(programme(), ficha(keys=keys)), "CRO02", PROGRAMME) == {
        "failed",
        "passed",
    }
    lost = together_audited(programme(), scanned(ficha(keys=keys)))
    assert outcomes(lost, "CRO02", PROGRAMME) == {"passed", "not_applicable"}
    uncounted = replace(ficha(keys=keys, counts=None), notes=[unread("assessments")])
    both = together_audited(programme(), uncounted)
    assert "failed" not in outcomes(both, "CRO06", FICHA) | outcomes(both, "CRO02", PROGRAMME)
    whole = together_audited(programme(), scanned(ficha({"2.2": {"name": "Caminos rurales"}})))
    assert "failed" in outcomes(whole, "CRO02", PROGRAMME)


# --- pictures ---


def errors(read: Dataset, *codes: str) -> list[Finding]:
    return [each for each in read.findings if each.rule in codes]


def test_a_real_scan_that_misses_parts_of_its_cards_is_not_accused_by_counts(
    tmp_path: Path,
) -> None:
    path = DOCUMENTS / "word-processor-white-on-colour.pdf"
    read = process(scan(path, tmp_path / "scan.pdf", dpi=150, seed=1, skew=1.0))
    assert any(each.rule == "REA01" for each in read.findings)
    assert errors(read, "MON04", "MON05") == []
    (check,) = [each for each in read.checks if each.rule == "MON04" and not each.record]
    assert check.outcome == "not_applicable"


def test_a_wrong_count_in_the_prose_of_a_whole_scan_is_found(tmp_path: Path) -> None:
    monitoring: Monitoring = Invention(8, objectives=2, cards=(1, 2)).monitoring()
    look = Look(own_lines=False, per_page=2)
    said = "Todos los indicadores se clasifican como destacados."
    changed = replace(
        monitoring,
        approach=(monitoring.approach[0], replace(monitoring.approach[1], lines=(said,))),
    )
    print_sheets(lay_out(changed, look), look, tmp_path / "printed.pdf", Print())
    read = process(scan(tmp_path / "printed.pdf", tmp_path / "scan.pdf", dpi=200, seed=2, skew=1.0))
    assert any(said[:-1] in each.message_es for each in errors(read, "MON05"))
