"""ECDSA P-256 over SHA-256, as phones sign: whether a code was signed with a registered key."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from fieldapp.refusals import Refusal
from fieldapp.words import N_


def read_point(public_key: bytes) -> ec.EllipticCurvePublicKey:
    """The key of a point on P-256; a point elsewhere is refused."""
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public_key)
    except ValueError as elsewhere:
        raise Refusal("visits.key_unreadable", N_("手机的核验密钥格式不对，没有登记"), field="key") from elsewhere


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the two halves of a signature, 32 bytes each, were made over a message with the key."""
    half = len(signature) // 2
    pair = encode_dss_signature(int.from_bytes(signature[:half]), int.from_bytes(signature[half:]))
    try:
        read_point(public_key).verify(pair, message, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True
