"""The council's own sign-in service, by OpenID Connect: code flow with PKCE, state and nonce, checked here.

Source: OpenID Connect Core 1.0, sections 3.1.2 and 3.1.3.7; RFC 7636; RFC 9207. No address and no log says who.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from keyworker.vocabulary.errors import KeyworkerError
from keyworker.web.signing.service import Service

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519"]
"""Only those that need the service's private key: a token that these pages could have signed proves nothing."""
PATIENCE, LARGEST, LEEWAY = 10.0, 1_000_000, 60
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class NotAnswered(KeyworkerError):
    """The council's sign-in service did not answer, or answered something that cannot be believed."""


@dataclass(frozen=True)
class Going:
    """What this browser was sent away with, and must come back with."""

    state: str
    nonce: str
    verifier: str
    following: str = ""


@dataclass(frozen=True)
class Known:
    """Whom the service knows: its own lasting word for the person, and the account that it names."""

    issuer: str
    subject: str
    account: str


def going(following: str) -> Going:
    """New secrets for one journey to the service and back."""
    return Going(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48), following)


def address_to(service: Service, back: str, sent: Going) -> str:
    """Where to send a browser. Takes back, the address of these pages to come back to. Raises NotAnswered."""
    asked = {
        "response_type": "code",
        "client_id": service.client,
        "redirect_uri": back,
        "scope": "openid profile",
        "state": sent.state,
        "nonce": sent.nonce,
        "code_challenge": _challenge(sent.verifier),
        "code_challenge_method": "S256",
    }
    with _client() as client:
        where = _endpoint(_described(client, service), "authorization_endpoint")
    return f"{where}{'&' if urlsplit(where).query else '?'}{urlencode(asked)}"


def known(service: Service, back: str, sent: Going, said: Mapping[str, str], now: datetime) -> Known:
    """Whom the service says somebody is, from the address that a browser came back with.

    Raises  NotAnswered for an answer to another question, from another service, too old, or not signed by it.
    """
    if not hmac.compare_digest(said.get("state", "").encode(), sent.state.encode()):
        raise NotAnswered("The answer is not to what this browser asked.")
    if said.get("iss", service.issuer) != service.issuer:
        raise NotAnswered("The answer comes from another sign-in service.")
    if "code" not in said:
        raise NotAnswered("The council’s sign-in service let nobody in.")
    with _client() as client:
        described = _described(client, service)
        tokens = _tokens(client, service, described, back, sent, said["code"])
        claims = _claims(client, service, described, tokens, sent, now)
        account = claims.get(service.claim) or _told(client, described, tokens, claims).get(service.claim)
    if not isinstance(account, str) or not 0 < len(account.strip()) <= 150:
        raise NotAnswered("The council’s sign-in service does not say which account this is.")
    return Known(service.issuer, claims["sub"], account.strip())


def _claims(
    client: httpx.Client,
    service: Service,
    described: Mapping[str, Any],
    tokens: Mapping[str, Any],
    sent: Going,
    now: datetime,
) -> dict[str, Any]:
    keys = _json(client.get(_endpoint(described, "jwks_uri")))
    wanted = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=LEEWAY,
        iss={"essential": True, "value": service.issuer},
        aud={"essential": True, "value": service.client},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": sent.nonce},
    )
    try:
        token = jwt.decode(str(tokens.get("id_token", "")), KeySet.import_key_set(keys), algorithms=ALGORITHMS)  # type: ignore[arg-type]
        wanted.validate(token.claims)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise NotAnswered("The answer of the council’s sign-in service cannot be believed.") from error
    claims: dict[str, Any] = token.claims
    if claims.get("azp", service.client) != service.client or not isinstance(claims["sub"], str) or not claims["sub"]:
        raise NotAnswered("The answer of the council’s sign-in service was meant for another program.")
    return claims


def _told(
    client: httpx.Client, described: Mapping[str, Any], tokens: Mapping[str, Any], claims: Mapping[str, Any]
) -> Mapping[str, Any]:
    """What the service tells of the person beside its token; it must be of the same person."""
    if "userinfo_endpoint" not in described or "access_token" not in tokens:
        return {}
    where = _endpoint(described, "userinfo_endpoint")
    told = _json(client.get(where, headers={"Authorization": f"Bearer {tokens['access_token']}"}))
    if told.get("sub") != claims["sub"]:
        raise NotAnswered("The council’s sign-in service told of somebody else.")
    return told


def _tokens(
    client: httpx.Client, service: Service, described: Mapping[str, Any], back: str, sent: Going, code: str
) -> Mapping[str, Any]:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": sent.verifier}
    who = (quote(service.client, safe=""), quote(service.secret, safe=""))
    return _json(client.post(_endpoint(described, "token_endpoint"), data=form, auth=who))


def _described(client: httpx.Client, service: Service) -> Mapping[str, Any]:
    found = _json(client.get(f"{service.issuer.rstrip('/')}/.well-known/openid-configuration"))
    if found.get("issuer") != service.issuer:
        raise NotAnswered("The council’s sign-in service calls itself by another name than the setting.")
    return found


def _endpoint(described: Mapping[str, Any], name: str) -> str:
    where = str(described.get(name, ""))
    parts = urlsplit(where)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise NotAnswered("The council’s sign-in service names an address without TLS.")
    return where


def _json(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        found = answer.json() if answer.status_code == 200 and len(answer.content) <= LARGEST else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise NotAnswered(f"The council’s sign-in service answered {answer.status_code}, and not as it should.")
    return found


def _client() -> httpx.Client:
    return _Client(timeout=PATIENCE, follow_redirects=False, trust_env=False)


class _Client(httpx.Client):
    """A client whose faults are said in words; the library's own may hold an address with a code in it."""

    def send(self, request: httpx.Request, **more: Any) -> httpx.Response:
        """Send a request. Raises NotAnswered when nothing answers."""
        try:
            return super().send(request, **more)
        except httpx.HTTPError:
            raise NotAnswered("The council’s sign-in service does not answer.") from None


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
