"""From printed texts to typed rows.

- ``schema``: the models, one per table; every column is declared there and nowhere else.
- ``text``: folding white space, joining lines, keys and enumerators.
- ``numbers``: printed numbers in cells and prose, with ``numerals`` (digits and marks, a document's
  habits), ``number_words`` (numbers in words) and ``rounding`` (rounding, agreeing, writing).
- ``words``: the schema's few words and years.
- ``records``: ``normalize(raw, reading_version)``, from a ``RawDocument`` to rows and notes, by way
  of ``keys`` (whose ficha is it), ``fichas`` (its rows) and ``ledger`` (where they are written).
- ``dictionary``: the data dictionary, generated from the models.
"""
