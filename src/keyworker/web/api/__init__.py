"""The interface for other systems, under `/api/v1/`: the record's answers as JSON, by a token in place of a sign-in.

In: a request with a token and a purpose. Out: what the token's account may see by the table of who may see what, as
far as the token may be used for it; or a problem that says what happened and what to do.
"""
