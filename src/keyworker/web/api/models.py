"""The tables of the tokens, in the schema `web`. No table here describes a child, or what anybody may see."""

from __future__ import annotations

from django.db import models


class Token(models.Model):
    """A secret by which another system asks as an account. Only its digest is kept."""

    ref = models.CharField(max_length=12, unique=True)  # by which people and the access log name it: no secret
    digest = models.CharField(max_length=64, unique=True)
    account = models.CharField(max_length=150, db_index=True)
    owner = models.CharField(max_length=150, db_index=True)  # who answers for it; the account itself for a person's own
    name = models.CharField(max_length=60)
    uses = models.TextField()  # one on a line
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    expires_at = models.DateTimeField()
    used_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=150, default="")

    class Meta:
        db_table = "api_token"
