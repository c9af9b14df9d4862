"""The rules. Importing this package registers all of them."""

from validate.rules import cal, cal_forms, cro, rea, ser, ser_lines, ser_notes, ser_values

__all__ = ["cal", "cal_forms", "cro", "rea", "ser", "ser_lines", "ser_notes", "ser_values"]
