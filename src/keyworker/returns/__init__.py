"""Files out: the returns and extracts that a council owes, from any record, real or made up.

In: frames, one for each described table, as known at a moment. Out: files, and a sheet that reconciles them
with what went in. Nothing here reads the record; whoever asks for names answers for them in `actions`.
"""

from keyworker.returns.reconciliation import Line, Reconciliation
from keyworker.returns.write import FORMATS, PURPOSES, RECEIVERS, Written, write

__all__ = ["FORMATS", "PURPOSES", "RECEIVERS", "Line", "Reconciliation", "Written", "write"]
