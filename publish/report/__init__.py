"""The auditor's report: static files that open from a folder, without server or network.

The tour: ``stored`` asks the dataset; ``index`` lays out the first page's data, ``shards`` that of
one document, loaded when it is opened; ``validate.explain`` works each finding out; ``pictures``
renders the pages that findings stand on; ``script`` writes data as classic scripts. What the page
does with them is in ``static/``; ``templates/index.html`` is its frame.

Files are replaced one by one, by rename, the frame last; what did not change is not written again.
"""

from publish.report.write import FOLDER, INDEX, is_current, write_report

__all__ = ["FOLDER", "INDEX", "is_current", "write_report"]
