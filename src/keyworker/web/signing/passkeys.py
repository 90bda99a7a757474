"""Passkeys: a key pair whose private half never leaves a person's device, asked for with the device's own lock.

The device checks a finger, a face or a PIN each time (user verification), so a passkey is two factors in one. It works
for one name of these pages and for no other, so that a copied page elsewhere gets nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from keyworker.web import bound
from keyworker.web.signing.happenings import note
from keyworker.web.signing.models import Passkey
from keyworker.web.signing.sealed import digest

ASKED = "passkey_asked"
LONGEST_ANSWER = 20_000
MOST = 10
VERIFIED = UserVerificationRequirement.REQUIRED
FAULTS = (ValueError, KeyError, TypeError, AttributeError, IndexError)
"""What the library raises for an answer that is none."""


def origin_of(request: HttpRequest) -> str:
    """The pages' own address, for which passkeys are made; empty where it is a number and not a name."""
    if settings.KEYWORKER_SIGN_IN.is_shared:
        return str(settings.KEYWORKER_SIGN_IN.address)
    host = request.get_host()
    return f"http://{host}" if host.partition(":")[0] == "localhost" else ""


def ask_to_make(request: HttpRequest, user: Any) -> str:
    """What a browser needs to make a passkey for somebody, as JSON; what was asked is kept in the session."""
    account = user.get_username()
    options, asked = _server(request).register_begin(
        PublicKeyCredentialUserEntity(id=_handle(user), name=account, display_name=account),
        [_described(one) for one in Passkey.objects.filter(user=user)],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=VERIFIED,
    )
    request.session[ASKED] = asked
    return json.dumps(dict(options)["publicKey"])


def keep(request: HttpRequest, user: Any, answer: str, name: str) -> bool:
    """Keep the public half of a passkey that a browser has made. Gives whether its answer was right."""
    asked, said = request.session.pop(ASKED, None), _read(answer)
    if asked is None or said is None or Passkey.objects.filter(user=user).count() >= MOST:
        return False
    try:
        made = _server(request).register_complete(asked, said)
        credential = made.credential_data
    except FAULTS:
        return False
    if credential is None or Passkey.objects.filter(credential_id=credential.credential_id).exists():
        return False
    Passkey.objects.create(
        user=user,
        credential_id=credential.credential_id,
        credential=bytes(credential),
        count=made.counter,
        name=name,
        made_at=bound.now(),
    )
    note(user.get_username(), "passkey added", bound.now())
    return True


def ask_for(request: HttpRequest, user: Any = None) -> str:
    """What a browser needs to show a passkey, as JSON. Takes user, whose; anybody's when absent."""
    held = [_described(one) for one in Passkey.objects.filter(user=user)] if user else None
    options, asked = _server(request).authenticate_begin(held, user_verification=VERIFIED)
    request.session[ASKED] = asked
    return json.dumps(dict(options)["publicKey"])


def owner_of(request: HttpRequest, answer: str, user: Any = None) -> Any:
    """Whose passkey an answer was made with; nobody where it is not right, or is not the user's who was asked."""
    asked, said = request.session.pop(ASKED, None), _read(answer)
    if asked is None or said is None:
        return None
    try:
        shown = AuthenticationResponse.from_dict(said)
        held = Passkey.objects.select_related("user").filter(credential_id=shown.raw_id).first()
        if held is None or not held.user.is_active or (user is not None and held.user_id != user.pk):
            return None
        if shown.response.user_handle and shown.response.user_handle != _handle(held.user):
            return None
        _server(request).authenticate_complete(asked, [AttestedCredentialData(bytes(held.credential))], said)
    except FAULTS:
        return None
    return held.user if _counted(held, shown.response.authenticator_data.counter) else None


def _counted(held: Passkey, count: int) -> bool:
    """Whether a device's count of uses has moved on, where it keeps one: if not, the key may be a copy."""
    known = Passkey.objects.filter(pk=held.pk)
    moved = known.filter(count__lt=count) if count or held.count else known
    if not moved.update(count=count, used_at=bound.now()):
        note(held.user.get_username(), "a passkey was refused that may be a copy", bound.now())
        return False
    return True


def _server(request: HttpRequest) -> Fido2Server:
    own = origin_of(request)
    name = settings.KEYWORKER_SIGN_IN.host or "localhost"
    council = settings.KEYWORKER_COUNCIL.name
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=name, name=f"Keyworker, {council}"),
        verify_origin=lambda origin: bool(own) and origin == own,
    )


def _handle(user: Any) -> bytes:
    """How a device knows whose key it keeps: nothing that says who it is."""
    return bytes.fromhex(digest("passkey owner", str(user.pk)))


def _described(one: Passkey) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=bytes(one.credential_id))


def _read(answer: str) -> Mapping[str, Any] | None:
    try:
        said = json.loads(answer) if len(answer) <= LONGEST_ANSWER else None
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None
