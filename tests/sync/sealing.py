"""What a phone does after a closing: it seals to the server's public key, and cannot open it again."""

import json
import os
from base64 import b64encode
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fieldapp.evidence import seals


def seal(content: bytes, name: str, key: dict[str, str] | None = None) -> bytes:
    """Bytes sealed under a name, to the newest key unless another is given."""
    key = key or seals.public_key()
    once = ec.generate_private_key(ec.SECP256R1())
    server = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes.fromhex(key["key"]))
    form = serialization.PublicFormat.UncompressedPoint
    point = once.public_key().public_bytes(serialization.Encoding.X962, form)
    derived = HKDF(hashes.SHA256(), 32, salt=point, info=b"fieldapp seal v1").derive(once.exchange(ec.ECDH(), server))
    nonce = os.urandom(12)
    return b"FS1" + bytes.fromhex(key["id"]) + point + nonce + AESGCM(derived).encrypt(nonce, content, name.encode())


def sealed(op: dict[str, Any], **outside: Any) -> dict[str, Any]:
    """The envelope of an operation as it leaves a phone after the closing."""
    whole = json.dumps(op, ensure_ascii=False).encode()
    return {"id": op["id"], "d": op["d"], "n": op["n"], "s": b64encode(seal(whole, op["id"])).decode()} | outside
