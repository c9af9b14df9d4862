"""What sentences claim, understood and held against the document's own cards and tables.

``percentages`` are counts with their share ("6 (33%)"), the part of MON03 that stands in prose.
"""
