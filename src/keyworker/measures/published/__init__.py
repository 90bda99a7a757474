"""What the Department for Education has published of every council, 2013 to 2024, by the catalogue's ids.

In: a measure, a council's code or name, a year. Out: figures with their counts, or the symbol that stands in their
place (a symbol is never a nought); neighbours by name. Nothing here needs a record. `data/SOURCES.md` says whence.
"""
