"""An inspector's phone as far as 人员核验 goes: a key of its own, and the codes that it signs with it."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from fieldapp import db
from fieldapp.sync import actions
from fieldapp.visits import rules
from tests.people import Player

NONCE = b"\x07" * 8


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def code_text(payload: bytes, signature: bytes) -> str:
    """A payload with its signature, as it stands behind the #."""
    return urlsafe_b64encode(payload + signature).rstrip(b"=").decode()


@dataclass
class KeyPhone:
    """A phone with the key that it made."""

    device: str = "phone-of-tests"
    key: ec.EllipticCurvePrivateKey = field(default_factory=new_key)

    @property
    def point(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def register(self, player: Player) -> str:
        """What preparing the day does; the key's name."""
        with db.transaction(write=True):
            return actions.register_key(self.device, self.point, by=player.officer).key_id

    def code(self, check_id: UUID, at: datetime, **other: Any) -> str:
        """What stands behind the # of the code that is shown at a moment; `other` names another key."""
        turn = int(at.timestamp()) // rules.TURN
        key = bytes.fromhex(other.get("key_id", rules.key_id(self.point)))
        payload = b"\x01" + key + check_id.bytes + turn.to_bytes(4) + NONCE
        return code_text(payload, self.signature(rules.CONTEXT + payload))

    def signature(self, message: bytes) -> bytes:
        pair = decode_dss_signature(self.key.sign(message, ec.ECDSA(SHA256())))
        return b"".join(half.to_bytes(32) for half in pair)
