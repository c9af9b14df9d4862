"""Fichas of no programme: shapes that the sample programme does not have.

One and twelve variables, one and many years, keys of other kinds or none, empty cells, texts of a
word and of half a page. In the form of ``samples/sources/*.fichas.json``.
"""

from __future__ import annotations

from random import Random

from samples.fichas_layout import Ficha

_WORDS = (
    "atención población registro servicio hospital acción programa región vivienda escuela "
    "jornada acuífero estación cuenca tránsito camino empleo producción ganadería pesca"
).split()


def invented() -> list[Ficha]:
    """Five fichas; the same at every call."""
    return [
        _ficha(
            "1.10",
            "Tasa de reforestación en cuencas prioritarias",
            variables=1,
            history=range(2025, 2026),
            targets=range(2026, 2031),
            long=12,
        ),
        _ficha(
            "2.1.a",
            "Porcentaje de estaciones con medición continua",
            variables=12,
            history=range(2014, 2025),
            targets=range(2025, 2027),
            long=30,
        ),
        _ficha(
            "",
            "Camas por cada mil habitantes en regiones con menos de 2,500 localidades",
            variables=3,
            history=range(2019, 2025),
            targets=range(2025, 2037),
            long=60,
        ),
        _ficha(
            "4.2",
            "Empleos",
            variables=2,
            history=range(2016, 2020),
            targets=range(2021, 2025),
            long=0,
        ),
        _ficha(
            "12.3",
            "Índice de disponibilidad de acuíferos",
            variables=5,
            history=range(2012, 2024),
            targets=range(2024, 2025),
            long=160,
        ),
    ]


def drawn(seed: int, count: int = 2) -> list[Ficha]:
    """Fichas full of numbers of every kind (signs, separators, decimals, marks of absence), drawn
    from a seed: the same ones for the same seed."""
    draw = Random(seed)
    return [_numbers(draw, f"{seed % 9 + 1}.{at + 1}") for at in range(count)]


def _numbers(draw: Random, key: str) -> Ficha:
    first = draw.randrange(2008, 2019)
    base = first + draw.randrange(3, 8)
    until = base + draw.randrange(2, 7)
    variables = draw.randrange(2, 7)
    amounts = [_number(draw) for _ in range(variables)]
    return {
        **_ficha(
            key,
            f"Proporción de {_prose(4, draw.randrange(20))}",
            variables=variables,
            history=range(first, base + 1),
            targets=range(base + 1, until + 1),
            long=draw.randrange(5, 30),
        ),
        "variables": [
            {
                "position": at + 1,
                "name": f"Total de {_prose(3 + at % 3, draw.randrange(20))}",
                "value_text": amount,
                "source": f"Registro de {_prose(3, draw.randrange(20))}, {base}",
            }
            for at, amount in enumerate(amounts)
        ],
        "method": " + ".join(f"V{at + 1}" for at in range(variables)),
        "substitution": " + ".join(amounts) + f" = {(goal := _number(draw))}",
        "baseline_text": goal,
        "target_text": _number(draw),
        "historical_series": {
            str(year): draw.choice(("n.d.", "ND", "n.a.", "-", *[_number(draw) for _ in range(6)]))
            for year in range(first, base + 1)
        },
        "target_series": {str(year): _number(draw) for year in range(base + 1, until + 1)},
    }


def _number(draw: Random) -> str:
    kind = draw.randrange(8)
    if kind == 0:
        return str(draw.randrange(0, 100))
    if kind == 1:
        return f"{draw.randrange(1000, 99_000_000):,}"
    if kind == 2:
        return f"-{draw.randrange(0, 60)}.{draw.randrange(0, 10)}"
    if kind == 3:
        return f"{draw.randrange(0, 1000)}.{draw.randrange(0, 1000):03d}"
    if kind == 4:
        return f"{draw.randrange(1000, 900_000):,}.{draw.randrange(0, 100):02d}"
    if kind == 5:
        return f"{draw.randrange(0, 100)}.{draw.randrange(0, 10)}%"
    return f"{draw.randrange(0, 100)}.{draw.randrange(0, 100):02d}"


def _ficha(
    key: str, name: str, *, variables: int, history: range, targets: range, long: int
) -> Ficha:
    """``long`` is the number of words of its longer texts."""
    amounts = [f"{1000 * (at + 1) + 7 * at:,}" for at in range(variables)]
    base = f"{len(name)}.{variables}5"
    goal = f"{len(name) + 9}.05"
    return {
        "indicator_id": key,
        "objective_number": key.split(".")[0] or "3",
        "name": name,
        "measure": "parametro" if variables % 2 else "meta_para_el_bienestar",
        "objective": f"Fortalecer {_prose(max(long // 8, 3), 1)}.",
        "definition": f"Mide {_prose(max(long, 1), 2)}.",
        "disaggregation": "Nacional y por entidad federativa" if long else "Nacional",
        "frequency": "Anual",
        "kind": "Estratégico",
        "accumulation": "Acumulado" if variables > 2 else "Periódico",
        "unit": "Porcentaje",
        "collection_period": "Enero-Diciembre",
        "dimension": "Eficacia",
        "availability": "Marzo del año siguiente" if long > 20 else "Abril",
        "trend": "Ascendente",
        "responsible_unit": "16.- Medio Ambiente y Recursos Naturales",
        "method": " + ".join(f"V{at + 1}" for at in range(variables)),
        "remarks": f"Nota: {_prose(long // 2, 3)}." if long else "",
        "variables": [
            {
                "position": at + 1,
                "name": f"V{at + 1}: {_prose(3 + at % 5, at)}",
                "value_text": amount,
                "source": f"Registro de {_prose(2 + 3 * (at % 4), at + 5)}, 2019-2024",
            }
            for at, amount in enumerate(amounts)
        ],
        "substitution": " + ".join(amounts) + f" = {base}",
        "baseline_text": base,
        "baseline_year": history[-1],
        "baseline_note": f"Se toma {_prose(long // 4, 4)}." if long > 20 else "",
        "target_text": goal,
        "target_note": f"Considera {_prose(max(long // 5, 1), 6)}.",
        "historical_series": {
            str(year): "n.d." if at % 3 == 1 else f"{20 + at}.{at % 10}0"
            for at, year in enumerate(history)
        },
        "target_series": {str(year): f"{30 + at}.5" for at, year in enumerate(targets)},
    }


def _prose(count: int, start: int) -> str:
    words = [_WORDS[(start * 7 + at * (3 + start % 4)) % len(_WORDS)] for at in range(count)]
    return " ".join(words)
