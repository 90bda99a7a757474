"""The throughline: one picture of a child's whole time with the service, drawn on the server.

In: a story, as known at a moment. `strip` says what is to be seen, `lying` and `upright` say where, `svg` draws it,
`words` says the same without the picture. Nothing here knows the web framework.
"""
