"""Words around a claim: quoting it, and telling whether all of it was understood."""

from __future__ import annotations

import re

QUOTED = 200
"""A quotation longer than this many characters is cut at a word, with an ellipsis."""

_TRAILING = re.compile(
    r"[\s,;:.(]*(?:\b(?:y|e|o|mientras que|mientras|en tanto que|pero|sin embargo|por su parte|que"
    r"|de|aunque|sólo|solo|únicamente|así como|ya que|casi|el|la|los|las)[\s,;:.(]*)*$",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"(?:(?:únicamente|sólo|solo|solamente|casi|apenas|cerca del?|alrededor del?|más del?"
    r"|menos del?|al menos|por lo menos|cuando menos|poco más del?|aproximadamente"
    r"|el|la|los|las|sus)\s+)+$",
    re.IGNORECASE,
)
_KNOWN = frozenset(
    """a al algo año años ante asi avance avances bajo bien cada calidad calificacion categoria
    categorias cierre clasifica clasifican clasificacion clasificado clasificados clasificaron como
    con consecucion constante corte criterios cual cuales cuanto cumplimiento cumplimientos dado
    haya hayan
    datos de del desempeno derivado desde dicha dicho durante e el ella ellas ellos en encontraban
    encontraron encuentra encuentran enfoque entre es esa ese eso esta estan estaban este esto estos
    estuvieron estatus final fin fue fueron general gestion grado ha haber habian han hasta hay hubo
    indicador indicadores informacion institucional intermedia intermedias la las le les linea lo
    logra logran logro logros los manera mantienen mas medida mejora mejor meta metas mismo
    muestra muestran mostraron muy n nacional ni nivel niveles no o obtuvieron obtienen obtener
    oportunidad op orientacion para parametros parte pero pertenecen plan planteada planteado
    planteadas planteados periodo pnd poco por porque posicionan presenta presentan presentaron
    presentar primer programa programada programadas programado progreso que q quedan quedaron
    quedo rango registran registraron registro relacion reportado reportan reportaron reporta
    reporte respectivo respectiva respectivas respecto respectivamente responden resultado
    resultados rubro se sea sean sectorial segun señala sentido ser sexenal sexenales sexenio si
    sido siguen sigue sin sobre solo son su sus tales tambien tanto tendencia tener tengan tiene
    tienen termino terminos todo total tuvieron tuvo u ubica ubican ubicaron ubicados ultimo ultima
    un una valor valoracion valorados valores y ya logro lograron alcanzaron alcanzar consiguieron
    lograr superar llegaron base cuenta cuentan ello consecuencia comparacion relativo corresponde
    corresponden establecida establecidas mide miden aspectos cuestiones elementos""".split()
)
"""What may stand between an amount and the grade that is said of it, beside grades' own words. Any
other word may restrict the claim to some indicators, and leaves it unchecked."""
_VERB_OR_GRADE = re.compile(
    r"(?:present|report|logr|consig|consider|muestr|mostr|registr|obtuv|obtien|clasific|ubic|posicion"
    r"|encuentr|encontr|exhib|traduc|reflej|deriv|signific|implic|permanec|continu|contar|medi"
    r"|analiz|pued|posibl|debid|consecu|retroc|alcanz|super|rebas|rezag|avanzad|adecuad|insuficien|destacad|moderad|ascend|descend"
    r"|incumpl|cumpl|coordinaci|gesti)[a-z]*"
)


def quoted(text: str, start: int, end: int) -> str:
    """The part of a sentence that a claim is, with what hedges it before and nothing loose after.

    >>> quoted("Así, únicamente dos bajan, mientras que el resto no.", 16, 41)
    'únicamente dos bajan'
    """
    hedge = _HEDGE.search(text[:start])
    part = text[hedge.start() if hedge else start : end]
    part = _TRAILING.sub("", part)
    if len(part) <= QUOTED:
        return part
    return part[:QUOTED].rsplit(" ", 1)[0] + " …"


def allows(said: str) -> bool:
    """Whether nothing between an amount and its grade is a word that may restrict the claim."""
    words = re.findall(r"[a-zñ]+", said)
    return all(word in _KNOWN or _VERB_OR_GRADE.fullmatch(word) for word in words)
