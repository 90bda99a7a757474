"""What may be asked of the record, a module for each kind of question; `actions.Keyworker` puts them together.

In: names and moments. Out: pictures. Each question passes `Opened`, which asks for leave and writes the log.
"""
