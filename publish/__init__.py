"""What is left on disk: the dataset, its CSV and Parquet copies, the data package, the quarantine.

``columns`` turns the models of :mod:`normalize.schema` into column types; ``staging`` checks the
rows of one document and lays them out by column; ``store`` keeps ``cuadra.duckdb``, written whole
and published by rename; ``export`` copies its tables to CSV and Parquet; ``package`` describes
them; ``quarantine`` remembers why a file could not be read.
"""
