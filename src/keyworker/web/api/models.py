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


class Webhook(models.Model):
    """An address that is told when something moved. It ends with its token."""

    ref = models.CharField(max_length=12, unique=True)
    token = models.ForeignKey(Token, models.PROTECT, related_name="webhooks")
    address = models.CharField(max_length=300)
    secret = models.TextField()  # sealed: with it each message is signed
    purpose = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    told_to = models.BigIntegerField()  # the last act of which messages were written
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "api_webhook"


class Message(models.Model):
    """That something moved: what kind, whose handle, when. Kept until it was taken or given up, and a month after."""

    ref = models.CharField(max_length=32, unique=True)
    webhook = models.ForeignKey(Webhook, models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=20)
    handle = models.CharField(max_length=64, default="")
    at = models.DateTimeField()
    tries = models.IntegerField(default=0)
    next_at = models.DateTimeField(null=True)  # empty: taken, or given up
    taken_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=60, default="")  # what came of the last try, in a word

    class Meta:
        db_table = "api_message"
        indexes = [
            models.Index(fields=["next_at"], name="message_by_next_try", condition=models.Q(next_at__isnull=False))
        ]
