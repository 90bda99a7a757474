"""Sign-ins: passwords, second factors, passkeys, the council's own sign-in service, limits on tries, open sessions.

What a person may see is in the record. What is here only says that somebody is who they say: every way in ends in
`completing.complete`, and no session signs anybody in that was not opened there.
"""
