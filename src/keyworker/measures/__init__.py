"""Numbers about the service, each with its base, period and known-at, from the same facts as the pages."""
