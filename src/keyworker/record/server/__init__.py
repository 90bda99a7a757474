"""The database server that Keyworker brings with it: started when needed, stopped after the last to use it.

Only this package and `keyworker.record.connect` know that the database is embedded.
"""

from keyworker.record.server.launch import Status, ensure_running, release, status, stop
from keyworker.record.server.roles import DatabaseRole, ensure_roles, own_database

__all__ = ["DatabaseRole", "Status", "ensure_roles", "ensure_running", "own_database", "release", "status", "stop"]
