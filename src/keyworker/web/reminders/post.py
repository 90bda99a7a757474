"""Sending a reminder, by the council's mail server or by GOV.UK Notify. No fault's words hold an address or a secret.

Source: RFC 5321, RFC 3207; GOV.UK Notify, REST API: sending an email, and its tokens.
"""

from __future__ import annotations

import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

import httpx
from joserfc import jwt
from joserfc.jwk import OctKey

from keyworker.web.reminders.machine import AT_ONCE, STARTTLS, ByNotify, BySmtp
from keyworker.web.reminders.message import Reminder

PATIENCE = 10.0


class NotSent(Exception):
    """A reminder was not taken. Its words hold nothing of whom it was for."""


def post(by: BySmtp | ByNotify, reminder: Reminder, now: datetime) -> None:
    """Send one. Raises NotSent."""
    if isinstance(by, BySmtp):
        _by_smtp(by, reminder, now)
    else:
        _by_notify(by, reminder, now)


def mail_of(by: BySmtp, reminder: Reminder, now: datetime) -> EmailMessage:
    """A reminder as mail. It asks for no answer from whoever is away, and is shown by no machine as a list's."""
    mail = EmailMessage()
    mail["From"] = f"Keyworker <{by.sender}>"
    mail["To"] = reminder.to
    mail["Subject"] = reminder.subject
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = make_msgid(domain=by.sender.partition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(reminder.text)
    return mail


def _by_smtp(by: BySmtp, reminder: Reminder, now: datetime) -> None:
    safe = ssl.create_default_context()
    try:
        with (
            smtplib.SMTP_SSL(by.host, by.port, timeout=PATIENCE, context=safe)
            if by.tls == AT_ONCE
            else smtplib.SMTP(by.host, by.port, timeout=PATIENCE)
        ) as server:
            if by.tls == STARTTLS:
                server.starttls(context=safe)
            if by.user:
                server.login(by.user, by.password)
            server.send_message(mail_of(by, reminder, now), by.sender, [reminder.to])
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(type(error).__name__) from None


def _by_notify(by: ByNotify, reminder: Reminder, now: datetime) -> None:
    claims = {"iss": by.service, "iat": int(now.timestamp())}
    token = jwt.encode({"alg": "HS256", "typ": "JWT"}, claims, OctKey.import_key(by.secret))
    body = {
        "email_address": reminder.to,
        "template_id": by.template,
        "personalisation": {"says": reminder.says, "link": reminder.link or "Keyworker"},
    }
    try:
        with httpx.Client(timeout=PATIENCE, follow_redirects=False, trust_env=False) as client:
            headers = {"Authorization": f"Bearer {token}"}
            status = client.post(f"{by.address}/v2/notifications/email", json=body, headers=headers).status_code
    except httpx.HTTPError as error:
        raise NotSent(type(error).__name__) from None
    if status != 201:
        raise NotSent(f"answered {status}")
