"""Found before pandas, and refuses to be it: see `tests.servers.typed`."""

raise ImportError("pandas comes with the tests' tools alone; Keyworker does without")
