"""The database server that Keyworker brings with it: started when needed, stopped after the last to use it.

Only this package and `keyworker.record.connect` know that the database is embedded. `launch` is its front door.
"""
