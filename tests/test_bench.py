"""The accuracy bench: its look-up finds what stands in plain cells, and it counts what is wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from samples.lookup import cells_found, fields_found
from samples.variants import published

ROOT = Path(__file__).parent.parent
FICHA = published()[0]
ROWS = [
    ["ELEMENTOS DE META PARA EL BIENESTAR O PARÁMETRO", None],
    ["Nombre", f"{FICHA['indicator_id']} {FICHA['name']}."],
    ["Unidad de medida", None, FICHA["unit"]],
    ["Nombre variable\n1", "1.- " + FICHA["variables"][0]["name"], "Valor variable 1", "7,995,246"],
    ["METAS INTERMEDIAS"],
    list(FICHA["target_series"]),
    list(FICHA["target_series"].values()),
]


def test_the_look_up_takes_the_value_beside_its_label_and_under_its_year() -> None:
    found = fields_found([ROWS], [FICHA])
    filled = 4 + len(FICHA["target_series"])  # name, unit, one variable's name and value
    assert found > 0
    assert abs(found * _fields() - filled) < 0.5
    assert fields_found([], [FICHA]) == cells_found([], [FICHA]) == 0


def _fields() -> int:
    from samples.tally import printed_values

    return sum(bool(text) for text in printed_values([FICHA]).values())


def test_a_variant_is_measured_beside_the_peers_that_are_there() -> None:
    command = [sys.executable, "bench/accuracy.py", "--only", "rules: plain", "--fichas", "1"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "pdfplumber 0." in run.stdout and "camelot-py 2." in run.stdout
    assert "rules: plain | " in run.stdout
    assert "Values wrong and unflagged: 0" in run.stdout


def test_whole_runs_are_timed_by_jobs_by_length_and_with_nothing_new() -> None:
    command = [sys.executable, "bench/runs.py", "--programmes", "1", "--short", "2"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    for says in ("1 programmes, two jobs", "     2 documents", "cuadra --help", "nothing new"):
        assert says in run.stdout
