"""Sealing as a device does it: written again here from the published steps, so that both sides are held to them."""

from __future__ import annotations

import base64
import json
import os
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def sealed_there(point: bytes, told: Any) -> dict[str, str]:
    """The form by which a device sends something."""
    curve = ec.SECP256R1()
    pair = ec.generate_private_key(curve)
    shared = pair.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(curve, point))
    key = HKDF(SHA256(), 32, salt=None, info=b"keyworker device envelope").derive(shared)
    nonce = os.urandom(12)
    parts = {
        "point": pair.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint),
        "nonce": nonce,
        "sealed": AESGCM(key).encrypt(nonce, json.dumps(told).encode(), None),
    }
    return {name: base64.b64encode(part).decode() for name, part in parts.items()}
