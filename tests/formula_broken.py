"""Fichas of ``formula_fichas`` with one thing changed, and the findings that this must give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from formula_fichas import Wild


@dataclass(frozen=True)
class Broken:
    """``ficha`` with ``old`` replaced by ``new`` (once) in ``where``: a field, or a variable."""

    ficha: str
    where: str
    old: str
    new: str
    codes: frozenset[str]

    @property
    def name(self) -> str:
        return f"{self.ficha} - {self.where} - {self.old} - {self.new}"

    def wild(self, fichas: Mapping[str, Wild]) -> Wild:
        sound = fichas[self.ficha]
        if self.where.startswith("variable"):
            slot = int(self.where.removeprefix("variable ")) - 1
            variables = list(sound.variables)
            name, value = variables[slot]
            assert self.old in value, self
            variables[slot] = (name, value.replace(self.old, self.new, 1))
            return replace(sound, variables=tuple(variables))
        text = getattr(sound, self.where)
        assert self.old in text, self
        return replace(sound, **{self.where: text.replace(self.old, self.new, 1)})


def _broken(ficha: str, where: str, old: str, new: str, codes: str) -> Broken:
    return Broken(ficha, where, old, new, frozenset(codes.split()))


BROKEN: list[Broken] = [
    # a digit of a variable
    _broken("share", "variable 1", "1,284", "1,248", "CAL03 CAL04"),
    _broken("legend with Donde", "variable 2", "119,938,473", "191,938,473", "CAL03 CAL04"),
    _broken("legend with En donde", "variable 1", "713", "773", "CAL03 CAL04"),
    _broken("legend without a word", "variable 1", "9,941,077", "9,914,077", "CAL03 CAL04"),
    _broken("names that explain themselves", "variable 1", "9409845", "9490845", "CAL03 CAL04"),
    _broken("one-letter variables", "variable 2", "84", "48", "CAL03 CAL04"),
    _broken("growth, t-1", "variable 2", "1,411.9", "1,411.6", "CAL04"),  # 7.92 is 7.9 as well
    _broken("growth, difference", "variable 2", "1,411.9", "1,441.9", "CAL03 CAL04"),
    _broken("compound rate, power", "variable 2", "4,231.7", "4,321.7", "CAL03 CAL04"),
    _broken("per million, power of ten", "variable 1", "1,555", "1,655", "CAL03 CAL04"),
    _broken("sum of twelve", "variable 9", "15", "16", "CAL03 CAL04"),
    _broken("sum of three, X1", "variable 1", "22,958", "22,968", "CAL03 CAL04"),
    _broken("mean of three", "variable 3", "88.2", "82.8", "CAL03 CAL04"),
    _broken("mean named", "variable 3", "88.2", "82.8", "CAL03 CAL04"),
    _broken("weights in per cent", "variable 2", "61.2", "62.1", "CAL03 CAL04"),
    _broken("named values", "variable 1", "120", "210", "CAL03 CAL04"),
    _broken("words with numbers in brackets", "variable 1", "4,512", "4,152", "CAL03 CAL04"),
    _broken("one value with its name", "variable 1", "370", "307", "CAL03 CAL04"),
    _broken("the one sum of everything", "variable 1", "740.6", "740.9", "CAL03 CAL04"),
    _broken("number from elsewhere", "variable 1", "82.1", "81.2", "CAL04"),
    _broken("money and millions", "variable 1", "$1,419.37", "$1,491.37", "CAL03 CAL04"),
    _broken(
        "names with commas and numbers", "variable 2", "33,158,022", "33,518,022", "CAL03 CAL04"
    ),
    _broken("long names with years", "variable 1", "4,016", "4,061", "CAL03 CAL04"),
    # the baseline
    _broken("share", "baseline", "83.92", "89.32", "CAL02 CAL03"),
    _broken("legend with Siendo", "baseline", "34.54", "35.54", "CAL02 CAL03"),
    _broken("a sentence before the formula", "baseline", "12.1", "21.1", "CAL02 CAL03"),
    _broken("growth, negative", "baseline", "-10.77", "10.77", "CAL02 CAL03"),
    _broken("growth, negative in brackets", "baseline", "(10.77)", "10.77", "CAL02 CAL03"),
    _broken("days", "baseline", "12.55", "15.25", "CAL02 CAL03"),
    _broken("sum in millions, off by rounding", "baseline", "107,553", "107,563", "CAL02 CAL03"),
    _broken("only the result", "baseline", "83.92", "38.92", "CAL02 CAL03"),
    _broken("a count with its year", "baseline", "20", "21", "CAL02 CAL03"),
    _broken("complement", "baseline", "92.5", "95.2", "CAL02 CAL03"),
    _broken("prose with a sum inside", "baseline", "20", "2", "CAL02"),
    # the stated result
    _broken("share", "substitution", "83.92", "83.29", "CAL01 CAL02"),
    _broken("legend with donde, dashes", "substitution", "93.7", "97.3", "CAL01 CAL02"),
    _broken("in words", "substitution", "igual a 75", "igual a 57", "CAL01 CAL02"),
    _broken("in more words", "substitution", "75 por", "76 por", "CAL01 CAL02"),
    _broken("a remark behind the result", "substitution", "=27.55", "=22.75", "CAL01 CAL02"),
    _broken(
        "named values, then the name of the result", "substitution", "60%", "66%", "CAL01 CAL02"
    ),
    _broken("times", "substitution", "18.3", "13.8", "CAL01 CAL02"),
    _broken("a negative balance in brackets", "substitution", "(29.8)", "(28.9)", "CAL01 CAL02"),
    _broken("geometric mean", "substitution", "1.05", "1.15", "CAL01 CAL04"),
    _broken("geometric mean", "substitution", "= 1.05", "= 1.15", "CAL01 CAL02"),
    _broken("sum with a Sumatoria", "substitution", "9,372,554", "9,372,545", "CAL01 CAL02"),
    # a number of the substitution
    _broken("share", "substitution", "1,530", "1,350", "CAL01 CAL04"),
    _broken("subscripts", "substitution", "450", "540", "CAL01 CAL04"),
    _broken("words with numbers behind", "substitution", "9,024", "9,042", "CAL04"),  # 49.9 is 50
    _broken("a share of quotients, running", "substitution", "63", "36", "CAL01 CAL04"),
    _broken("a share of quotients, running", "substitution", "0.75", "0.57", "CAL01"),
    _broken("a running calculation, all repeated", "substitution", "0.8392", "0.8932", "CAL01"),
    _broken("a running calculation, all repeated", "substitution", "1,284", "1,824", "CAL01 CAL04"),
    _broken("formula repeated, then numbers", "substitution", "120", "102", "CAL01 CAL04"),
    _broken("named values", "substitution", "(120", "(102", "CAL01 CAL04"),
    _broken("per capita", "substitution", "24,145.6", "24,541.6", "CAL01 CAL04"),
    _broken("percentage points, with signs", "substitution", "85.6", "86.5", "CAL01 CAL04"),
    _broken("mean of ratios", "substitution", "72/80", "70/80", "CAL01 CAL04"),
    _broken("sum and share", "substitution", "814", "841", "CAL01 CAL04"),
    # a term dropped or added
    _broken("sum of three, X1", "substitution", "+21,248", "", "CAL02 CAL04 CAL08"),
    _broken("sum of twelve", "substitution", " + 17", "", "CAL01 CAL04 CAL08"),
    _broken("sum of twelve", "method", " + Dic", "", "CAL03 CAL08"),
    _broken(
        "sum with a Sumatoria",
        "substitution",
        "+ 300,421",
        "+ 300,421 + 1,200",
        "CAL01 CAL04 CAL08",
    ),
    _broken("mean of three", "substitution", " + 88.2", "", "CAL01 CAL04 CAL08"),
    _broken("weights as fractions", "substitution", " + (0.25 x 90)", "", "CAL01 CAL04 CAL08"),
    _broken("sum and share", "substitution", " + 45", "", "CAL01 CAL04 CAL08"),
    # a constant or a weight
    _broken("share", "substitution", "* 100", "* 1000", "CAL01 CAL04 CAL08"),
    _broken("share", "method", "* 100", "* 1000", "CAL03 CAL04 CAL08"),
    _broken("legend with En donde", "substitution", "100,000", "10,000", "CAL01 CAL04 CAL08"),
    _broken("legend with En donde", "method", "100,000", "1,000", "CAL03 CAL04 CAL08"),
    _broken("per thousand", "substitution", "x 1,000", "x 10,000", "CAL01 CAL04 CAL08"),
    _broken("weights as fractions", "method", "0.35", "0.53", "CAL03 CAL04 CAL07 CAL08"),
    _broken("weights as fractions", "substitution", "0.35", "0.53", "CAL01 CAL04 CAL08"),
    _broken("weights behind", "method", "0.40", "0.04", "CAL03 CAL04 CAL07 CAL08"),
    _broken("mean of three", "substitution", "/ 3", "/ 4", "CAL01 CAL04 CAL08"),
    _broken("compound rate, power", "substitution", "1/6", "1/5", "CAL01 CAL04 CAL08"),
    _broken("complement", "substitution", "1 -", "2 -", "CAL01 CAL04 CAL08"),
    # operands swapped
    _broken("share", "substitution", "1,284 / 1,530", "1,530 / 1,284", "CAL01 CAL08"),
    _broken(
        "share",
        "method",
        "Obras concluidas en el año t / Obras programadas en el año t",
        "Obras programadas en el año t / Obras concluidas en el año t",
        "CAL03 CAL08",
    ),
    _broken("legend with Donde", "method", "(PA / PT)", "(PT / PA)", "CAL03 CAL08"),
    _broken("percentage points", "substitution", "85.6 - 79.2", "79.2 - 85.6", "CAL01 CAL08"),
    _broken("growth, negative", "substitution", "1,210 - 1,356", "1,356 - 1,210", "CAL01 CAL08"),
    # a × 100 or a bracket in another place
    _broken(
        "growth, t-1",
        "substitution",
        "((1,523.4 / 1,411.9) - 1) * 100",
        "(1,523.4 / 1,411.9) - 1 * 100",
        "CAL06 CAL08",
    ),
    _broken(
        "growth, t-1",
        "method",
        "((Exportaciones en el año t / Exportaciones en el año t-1) - 1) * 100",
        "(Exportaciones en el año t / Exportaciones en el año t-1) - 1 * 100",
        "CAL06 CAL08",
    ),
    _broken(
        "complement",
        "substitution",
        "[1 - (312 / 4,160)] x 100",
        "1 - (312 / 4,160) x 100",
        "CAL06 CAL08",
    ),
    _broken(
        "sum and share",
        "substitution",
        "[(312 + 45) / (814 + 206)]",
        "[312 + 45 / 814 + 206]",
        "CAL06 CAL08",
    ),
    _broken(
        "mean of three",
        "substitution",
        "(81.3 + 76.9 + 88.2) / 3",
        "81.3 + 76.9 + 88.2 / 3",
        "CAL06 CAL08",
    ),
    _broken(
        "losses",
        "method",
        "((Energía recibida - Energía entregada) / Energía recibida)",
        "(Energía recibida - Energía entregada / Energía recibida)",
        "CAL06 CAL08",
    ),
    _broken("share", "method", " * 100", "", "CAL06 CAL08"),
    _broken("share", "substitution", " * 100", "", "CAL06 CAL08"),
    # truncated instead of rounded
    _broken("days", "substitution", "12.55 días", "12.54 días", "CAL01 CAL02"),  # 12.5547… is 12.55
    _broken("names that explain themselves", "substitution", "27.55", "27.54", "CAL02 CAL05"),
    _broken("losses", "substitution", "13.24", "13.23", "CAL02 CAL05"),
    # method and substitution that are not one function
    _broken(
        "percentage points",
        "substitution",
        "85.6 - 79.2 = 6.4",
        "85.6 + 79.2 = 164.8",
        "CAL02 CAL08",
    ),
    _broken(
        "percentage points",
        "method",
        "Cobertura urbana - Cobertura rural",
        "Cobertura urbana + Cobertura rural",
        "CAL03 CAL08",
    ),
    # the same in fichas with odd marks, steps and prose
    _broken("steps", "substitution", "(14/20) = 0.7", "(14/20) = 0.9", "REA04"),
    _broken("steps", "substitution", "12/20", "21/20", "CAL01 CAL04"),
    _broken("steps", "substitution", "= 65", "= 56", "CAL01 CAL02"),
    _broken("lines joined", "substitution", "(120/200)", "(120/220)", "CAL01 CAL04"),
    _broken("lines joined", "variable 2", "200", "300", "CAL03 CAL04"),
    _broken("inside names", "substitution", "PT=200", "PT=250", "CAL01 CAL04"),
    _broken("year label", "substitution", "31,800", "38,100", "CAL01 CAL04"),
    _broken("precomputed", "substitution", "357", "375", "CAL01 CAL04"),
    _broken("precomputed", "variable 2", "45", "54", "CAL03 CAL04"),
    _broken("indicator as variable", "variable 2", "30", "33", "CAL03 CAL04"),
    _broken("two IMSS", "variable 1", "40", "50", "CAL03 CAL04"),
    _broken("t minus spaced", "baseline", "20", "12", "CAL02 CAL03"),
    _broken("negative variable", "variable 2", "-20", "-12", "CAL03 CAL04"),
    _broken("no scale rate", "baseline", "34.5", "35.4", "CAL02 CAL03 CAL06"),
    _broken("percent of percent", "substitution", "50.0%", "55.0%", "CAL01 CAL04"),
    _broken("weights sum .999", "method", "0.334", "0.343", "CAL03 CAL04 CAL07 CAL08"),
    _broken("365", "substitution", "365", "356", "CAL01 CAL04 CAL08"),
    _broken("cov %", "variable 2", "45%", "54%", "CAL03 CAL04"),
    _broken("millar apostrophe", "substitution", "2'234,567", "2'243,567", "CAL01 CAL02"),
    _broken("formula then prose no stop", "variable 1", "30", "31", "CAL03 CAL04"),
    _broken("cociente", "substitution", "= 75", "= 57", "CAL01 CAL02"),
    _broken("promedio prose", "substitution", "+ 10)", "+ 11)", "CAL04"),
    _broken("share prose", "variable 1", "30", "36", "CAL03 CAL04"),
    _broken("accum", "substitution", "30 + 120", "30 - 120", "CAL01 CAL08"),
    _broken("age range", "baseline", "75", "57", "CAL02 CAL03"),
    # the same in fichas whose method is told in words
    _broken("se divide", "variable 2", "26,451", "26,541", "CAL03 CAL04"),
    _broken("cociente entre", "baseline", "34.49", "34.94", "CAL02 CAL03"),
    _broken(
        "dividir", "method", "multiplicado por 100", "multiplicado por 1,000", "CAL03 CAL04 CAL08"
    ),
    _broken("división de", "substitution", "9,123/26,451", "26,451/9,123", "CAL01 CAL08"),
    _broken(
        "a colon between names", "substitution", "9,123 : 26,451", "26,451 : 9,123", "CAL01 CAL08"
    ),
    _broken("a list", "variable 3", "311", "331", "CAL03 CAL04"),
    _broken("a list", "substitution", " + 311", "", "CAL01 CAL04 CAL08"),
    _broken("a list of symbols", "baseline", "2,502", "2,520", "CAL02 CAL03"),
    _broken("a sum over a total", "variable 1", "1,204", "1,402", "CAL03 CAL04"),
    _broken("menos", "substitution", "85.6 - 79.2", "79.2 - 85.6", "CAL01 CAL08"),
    _broken("a mean", "variable 2", "9.0", "9.9", "CAL03 CAL04"),
    _broken("a rate in words", "method", "por mil", "por cien mil", "CAL03 CAL04 CAL08"),
    _broken("100 mil", "variable 1", "101,257", "110,257", "CAL03 CAL04"),
    _broken("the legend first", "variable 1", "12,345", "13,245", "CAL03 CAL04"),
    _broken("a label with a colon", "substitution", "27.03", "27.30", "CAL01 CAL02"),
    _broken("a label with a year", "substitution", "12,345", "12,354", "CAL01 CAL04"),
    _broken("a year behind the result", "substitution", "27.03", "23.07", "CAL01 CAL02"),
    _broken("a number is itself", "substitution", "83 = 83", "83 = 38", "CAL01 CAL02"),
    _broken("fraction line", "variable 2", "40", "48", "CAL03 CAL04"),
    _broken("a logarithm", "baseline", "18.23", "12.83", "CAL02 REA04"),
]
