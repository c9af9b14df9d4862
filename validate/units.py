"""What kind of quantity an indicator is, from the words of its unit, name, method and definition.

The kind decides which values a unit allows (SER07), whether a printed integer is exact (SER05) and
which nouns an indicator counts (SER06). Where the words decide nothing the kind is ``unknown``:
a rule then says that it does not apply, and guesses nothing.
"""

from __future__ import annotations

import re
from typing import Literal

from normalize.text import match_key
from validate.view import IndicatorView

Kind = Literal["share", "execution", "ratio", "change", "rate", "count", "amount", "unknown"]
"""``share``: per cent of a whole. ``execution``: executed against programmed. ``ratio``: per cent
of two unlike things. ``change``: variation, deviation, index, balance: any sign and size. ``rate``:
so many per so many. ``count``: whole things. ``amount``: money or a physical measure."""

_PERCENT = re.compile(r"\b(?:porcentajes?|porcentual(?:es)?|porciento|por ciento|proporcion)\b")
_CHANGE = re.compile(
    r"\b(?:variacion(?:es)?|desviacion(?:es)?|crecimiento|decrecimiento|incremento|decremento"
    r"|aumento|reduccion|disminucion|cambio|diferencia|diferencial|brecha|saldo|balance|superavit"
    r"|deficit|excedente|resultado financiero|avance financiero|margen|rentabilidad|rendimiento"
    r"|utilidad|indice|base 100|puntos porcentuales|inflacion|ebitda|roa|roe|elasticidad)\b"
)
_CHANGE_METHOD = re.compile(
    r"[-–−]\s*1(?![\d.,])|\bt\s*[-–−]\s*\d|año\s+(?:base|anterior|previo|inmediato)", re.IGNORECASE
)
_NET = re.compile(r"\bnet[ao]s?\b")
_MAY_EXCEED = re.compile(
    r"\b(?:brut[ao]s?|absorcion|ocupacion|autosuficiencia|suficiencia|reposicion|transicion)\b"
)
"""Rates printed in per cent whose numerator is no part of the denominator: gross enrolment,
absorption of leavers, bed occupancy."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_EXECUTION = re.compile(
    r"\b(?:programad[oa]s?|planead[oa]s?|planificad[oa]s?|presupuestad[oa]s?|autorizad[oa]s?"
    r"|estimad[oa]s?|comprometid[oa]s?|proyectad[oa]s?|previst[oa]s?|esperad[oa]s?|contratad[oa]s?"
    r"|cumplimiento|ejercid[oa]s?|meta|metas|presupuesto)\b"
)
_RATE = re.compile(
    r"\b(?:por cada|por (?:mil|cien|100|1 000|10 000|100 000|habitante|persona|trabajador|dia|hora"
    r"|hectarea|kilometro|usuario|derechohabiente)|x (?:mil|cien|1 ?000|10 ?000|100 ?000)"
    r"|tasa|razon|promedio|per capita|veces|relacion|media|mediana|densidad|tiempo|calificacion"
    r"|puntaje|puntos?|grado|nivel)\b"
)
_SCALED = re.compile(r"\b(?:mil(?:es)?|millon(?:es)?|mdp|mmdp|mdd|billones)\b")
_AMOUNT = re.compile(
    r"\b(?:pesos|dolares|moneda|mdp|mmdp|mdd|kilometros?|km|hectareas?|ha|toneladas?|litros?"
    r"|metros?|m2|m3|barriles|mbd|mmpcd|pies cubicos|kwh|mwh|gwh|twh|mw|gw|kv|mva|watts?|joules?"
    r"|dias?|horas?|minutos?|segundos?|meses|años|anos|gramos|kilogramos|hm3)\b"
)
_WORDS = re.compile(r"[^\W\d_]{3,}")
_QUOTIENT = re.compile(
    r"\s/\s|÷|\)\s*/|/\s*\(|\bentre (?:el|la|los|las)\b|\bdividid[oa]s?\b"
    r"|\bpromedio\b|\bcociente\b",
    re.IGNORECASE,
)
_COUNT = re.compile(r"^(?:el )?(?:numero|cantidad|total|conteo|num|no) (?:total )?(?:de|del)\b")
COUNTED = frozenset(
    """persona unidad consulta egresado beneficiario derechohabiente trabajador alumno alumna beca
    becario visita obra proyecto convenio curso accion evento documento municipio localidad plantel
    hospital cama vivienda niño niña medico servicio tramite solicitud queja inspeccion auditoria
    credito familia hogar sesion caso defuncion paciente informe productor estudiante docente
    escuela centro clinica mujer hombre pensionado asegurado afiliado usuario participante
    capacitacion taller campaña publicacion investigacion patente contrato pozo planta guarderia
    estancia atencion apoyo subsidio pension asesoria supervision norma reglamento sistema modulo
    ciudadano servidor empleo empresa establecimiento laboratorio vehiculo tren vuelo pasajero
    intervencion cirugia vacuna dosis estudio residente especialista enfermero enfermera entidad
    """.split()
)
"""Singular nouns that are counted in whole numbers."""

KINDS_OF: dict[str, frozenset[str]] = {
    "unidad": frozenset(
        """hospital clinica umf hgz hgr hgs umr uma umaa consultorio sanatorio centro laboratorio
        guarderia modulo policlinico ceaci""".split()
    ),
    "persona": frozenset(
        """hombre mujer niño niña adulto joven adolescente medico enfermero enfermera docente alumno
        alumna estudiante trabajador trabajadora servidor pensionado asegurado jubilado beneficiario
        beneficiaria residente egresado derechohabiente""".split()
    ),
    "personal": frozenset("medico enfermero enfermera especialista docente tecnico".split()),
    "plantel": frozenset("escuela primaria secundaria preparatoria universidad campus".split()),
    "obra": frozenset("puente carretera planta presa acueducto tunel edificio subestacion".split()),
    "vivienda": frozenset("casa departamento".split()),
    "niño": frozenset("niña".split()),
    "central": frozenset("hidroelectrica termoelectrica geotermica eolica solar".split()),
}
"""Nouns that are kinds of another one, so that parts of different names are counted together."""

_LEADS = frozenset("numero total cantidad de del el la los las no num".split())
_GENERIC = frozenset(
    "numero total cantidad porcentaje tasa nuevo nueva año periodo programa nivel atencion".split()
)


PEOPLE = KINDS_OF["persona"] | {"persona", "paciente", "asegurado", "usuario", "afiliado"}


_PLURAL_IN_ES = re.compile(r"[aeiou][dlnrsxyz]es$")
"""What ends in -es after a vowel and one of the consonants that Spanish words end in."""


def singular(word: str) -> str:
    """A Spanish noun without accents in the singular, near enough for comparing two nouns.

    >>> [singular(word) for word in ("unidades", "hombres", "médicos", "niñas", "camas")]
    ['unidad', 'hombre', 'medico', 'niña', 'cama']
    """
    key = "ñ".join(match_key(part) for part in word.lower().split("ñ"))
    if key.endswith("ces") and len(key) > 4:
        return key[:-3] + "z"
    if _PLURAL_IN_ES.search(key) and len(key) > 4:
        return key[:-2]
    return key[:-1] if key.endswith("s") and len(key) > 3 else key


def ordered_nouns(text: str | None) -> list[str]:
    """The words of a text in the singular that say what is meant, short and empty ones left out."""
    words = (singular(word) for word in _WORDS.findall(text or ""))
    return [word for word in words if _means_something(word)]


def nouns(text: str | None) -> set[str]:
    """As :func:`ordered_nouns`, without order."""
    return set(ordered_nouns(text))


def _means_something(word: str) -> bool:
    short_but_known = word in COUNTED or any(word in kinds for kinds in KINDS_OF.values())
    return word not in _GENERIC and (len(word) > 3 or short_but_known)


def scale_of_unit(view: IndicatorView) -> int:
    """The power of ten that the unit's words state: 6 for "Millones de pesos", else 0."""
    return view.number(f"1 {view.indicator.unit or ''}").scale


def in_keeping(noun: str, wanted: set[str]) -> bool:
    """Whether a noun is one of the wanted ones or a kind of one."""
    return noun in wanted or any(noun in KINDS_OF.get(whole, ()) for whole in wanted)


def kind_of(view: IndicatorView) -> Kind:
    """The kind of an indicator's values; see :data:`Kind`."""
    row = view.indicator
    unit, name = match_key(row.unit or ""), match_key(row.name or "")
    method = row.method or ""
    if not unit:
        return "unknown"
    if _CHANGE.search(unit) or _CHANGE.search(name):
        return "change"
    percent = _PERCENT.search(unit) is not None or (row.unit or "").strip() == "%"
    if not percent and _NET.search(name):
        return "change"
    if percent:
        return _percent_kind(name, method)
    if _RATE.search(unit):
        return "rate"
    if _AMOUNT.search(unit) or _SCALED.search(unit):
        return "amount"
    if _RATE.search(name):
        return "unknown"
    if _QUOTIENT.search(method):
        return "unknown"  # an average of whole things is none: persons by household
    counted = _is_counted(unit, name) or _is_whole(view, unit, name)
    return "count" if counted else "unknown"


def _is_counted(unit: str, name: str) -> bool:
    """Whether unit or name say that whole things are counted."""
    head = singular(unit.split()[0])
    if _COUNT.match(unit) or head in COUNTED:
        return True
    return _COUNT.match(name) is not None and head in map(singular, name.split())


def _is_whole(view: IndicatorView, unit: str, name: str) -> bool:
    """Whether the unit is what the name begins with ("Títulos": "Títulos entregados"), and every
    printed value a whole number."""
    words = [word for word in name.split() if word not in _LEADS]
    if " " in unit or not unit.endswith("s") or words[:1] != [unit]:
        return False
    texts = (view.indicator.baseline_text, view.indicator.target_text)
    printed = [*texts, *(row.value_text for row in (*view.historical, *view.targets))]
    numbers = [view.number(text) for text in printed if text]
    return all(number.value is None or not (number.places or number.scale) for number in numbers)


def _percent_kind(name: str, method: str) -> Kind:
    """A percentage of a whole, unless the words speak of something that may exceed it."""
    above, slash, below = method.partition("/")
    against_a_year = bool(_YEAR.search(below)) and not _YEAR.search(above)
    if _CHANGE_METHOD.search(method) or against_a_year:
        return "change"
    if _EXECUTION.search(match_key(below if slash else method)) or _EXECUTION.search(name):
        return "execution"
    if _MAY_EXCEED.search(name) or (slash and _unlike(above, below)):
        return "ratio"
    return "share"


def _unlike(above: str, below: str) -> bool:
    """Whether numerator and denominator count different things (doctors over clinics)."""
    heads = [
        next((word for word in map(singular, _WORDS.findall(side)) if word in COUNTED), None)
        for side in (above, below)
    ]
    if None in heads or heads[0] == heads[1]:
        return False
    return not all(head in PEOPLE for head in heads)
