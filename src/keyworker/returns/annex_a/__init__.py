"""Annex A: the child-level lists that inspectors ask for, as one workbook with a sheet for each list.

Source  column names and scopes from published samples and queries; Ofsted's own template has not been read.
"""

from keyworker.returns.annex_a.workbook import DRAFT, write

__all__ = ["DRAFT", "write"]
