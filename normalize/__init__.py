"""From printed texts to typed rows.

- ``schema``: the models, one per table; every column is declared there and nowhere else.
- ``text``: folding white space, joining lines, keys and enumerators.
- ``numbers``: printed numbers, a document's habits, rounding, writing numbers.
- ``words``: the schema's few words and years.
- ``records``: ``normalize(raw, reading_version)``, from a ``RawDocument`` to rows and notes.
- ``dictionary``: the data dictionary, generated from the models.
"""
