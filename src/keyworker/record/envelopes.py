"""Opening what a device sealed for the record alone: whoever finds the device cannot open it again, nor can its owner.

A device holds the public half of a key that belongs to one sign-in. The private half is made anew from the key of what
is attached whenever it is needed, and is kept nowhere.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from keyworker.record.sealing import Key
from keyworker.vocabulary.errors import KeyworkerError

_CURVE = ec.SECP256R1()
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_CONTENT = b"keyworker device envelope"


def public_point(key: Key, account: str) -> bytes:
    """What a device seals with for one sign-in: a point of P-256, 65 bytes, uncompressed."""
    return _private(key, account).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def opened(key: Key, account: str, point: bytes, nonce: bytes, sealed: bytes) -> bytes:
    """What a device sealed. Takes point, the device's own for this once.

    Raises  KeyworkerError where it was changed, or sealed for another sign-in or with another key.
    """
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, point)
        shared = _private(key, account).exchange(ec.ECDH(), theirs)
        return AESGCM(HKDF(SHA256(), 32, salt=None, info=_CONTENT).derive(shared)).decrypt(nonce, sealed, None)
    except (InvalidTag, ValueError) as error:
        raise KeyworkerError(
            "What the device sealed does not open: it was sealed for another sign-in or another key, or is damaged.",
            where="what waits on a device",
            remedy="It stays on the device. Sign in as whoever wrote it, or tell whoever looks after Keyworker here.",
        ) from error


def _private(key: Key, account: str) -> ec.EllipticCurvePrivateKey:
    made = HKDF(SHA256(), 48, salt=None, info=b"keyworker device of " + account.encode()).derive(key.secret)
    return ec.derive_private_key(int.from_bytes(made) % (_ORDER - 1) + 1, _CURVE)
