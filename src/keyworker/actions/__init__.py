"""What a person may do or see: permission, purpose, one transaction, access log.

In: an `Asker` and a moment. Out: pictures. Everything that leaves the record for a page, a command or a Python
session passes here, and nothing passes unlogged.
"""

from keyworker.actions.keyworker import Keyworker
from keyworker.actions.my_children import MyChildren

__all__ = ["Keyworker", "MyChildren"]
