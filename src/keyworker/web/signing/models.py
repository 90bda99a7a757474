"""The tables of the sign-ins, in the schema `web`. No table here describes a child, or what anybody may see."""

from __future__ import annotations

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

USER = "auth.User"


class State(models.Model):
    """How one sign-in stands: its password's age, its authenticator app, its name at the council's sign-in service."""

    user = models.OneToOneField(USER, models.CASCADE, primary_key=True, related_name="signing")
    must_change_password = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField(null=True)
    totp = models.TextField(default="")  # sealed; empty: no app
    totp_since = models.DateTimeField(null=True)
    totp_last_step = models.BigIntegerField(default=0)  # a code works once
    issuer = models.TextField(default="")
    subject = models.TextField(default="")
    reset_at = models.DateTimeField(null=True)  # asked to be set up anew, and not agreed by a second person yet
    reset_by = models.TextField(default="")
    reset_password = models.TextField(default="")  # the hash of the first password that works once it is agreed

    class Meta:
        db_table = "sign_in"
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"], condition=~models.Q(subject=""), name="one_sign_in_a_subject"
            )
        ]


class RecoveryCode(models.Model):
    """A code that stands once for a lost second factor. Only its digest is kept."""

    user = models.ForeignKey(USER, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "recovery_code"


class Passkey(models.Model):
    """The public half of a key that a person's device keeps."""

    user = models.ForeignKey(USER, models.CASCADE, related_name="passkeys")
    credential_id = models.BinaryField(unique=True)
    credential = models.BinaryField()
    count = models.BigIntegerField(default=0)
    name = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "passkey"


class Tries(models.Model):
    """Failed tries to sign in to one account, or from one address, by a digest of it."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.IntegerField(default=0)
    last_at = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        db_table = "tries"


class OpenSession(AbstractBaseSession):
    """One session, by the digest of its key: whoever reads this table can take up none."""

    session_key = models.CharField(max_length=64, primary_key=True)
    user_id = models.BigIntegerField(null=True, db_index=True)
    opened_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField()
    way = models.CharField(max_length=40, default="")
    browser = models.CharField(max_length=60, default="")

    class Meta:
        db_table = "open_session"


class Reminders(models.Model):
    """Whether somebody wants reminders by email, and at which hour. No address: it is that of the sign-in."""

    user = models.OneToOneField(USER, models.CASCADE, primary_key=True, related_name="reminders")
    is_on = models.BooleanField(default=False)
    hour = models.IntegerField()
    next_at = models.DateTimeField(null=True)  # empty: off
    tries = models.IntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=60, default="")  # what came of the last, in a word

    class Meta:
        db_table = "reminders"


class Happening(models.Model):
    """What happened to a sign-in, and who did it. Added to and never changed."""

    at = models.DateTimeField()
    account = models.CharField(max_length=150, db_index=True)
    what = models.CharField(max_length=120)
    by = models.CharField(max_length=150)

    class Meta:
        db_table = "sign_in_happening"
