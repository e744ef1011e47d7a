"""The server's keys for what phones seal after a closing: made here, files outside the database, known by a short id.

A sealed thing is `FS1`, the key's id (8 bytes), the phone's one-time public point (65), the nonce (12), then AES-256-GCM
under HKDF-SHA-256 of the P-256 agreement; the name under which it is sent is bound to it.
"""

import os
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fieldapp import ids
from fieldapp.refusals import Refusal
from fieldapp.words import N_

MAGIC = b"FS1"
INFO = b"fieldapp seal v1"
HEAD = len(MAGIC) + 8 + 65 + 12
_keys: dict[str, ec.EllipticCurvePrivateKey] = {}
_folder: Path | None = None


class KeyMissing(Refusal):
    """The key of a seal is not here: the phone keeps what it has until the operator has put the file back."""

    status = 503


class BrokenSeal(Refusal):
    """A seal that its key does not open: the bytes are not those that the phone sealed."""


def configure(folder: Path) -> None:
    """Say where the keys are; the first is made where there is none."""
    global _folder  # noqa: PLW0603 - one set of keys for the process
    _folder = folder
    _keys.clear()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not _files():
        make_key()


def make_key() -> str:
    """Make the key to which phones seal from now on; its id. Earlier keys go on opening."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = _id_of(private)
    secret = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = _place() / f"{ids.uuid7().hex}-{name}.pem"  # in the order of time
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as written:
        written.write(secret)
        written.flush()
        os.fsync(written.fileno())
    return name


def public_key() -> dict[str, str]:
    """The newest key as a phone takes it: its id, and the uncompressed public point in hexadecimal digits."""
    file = _files()[-1]
    name = file.stem.rpartition("-")[2]
    return {"id": name, "key": _point(_load(file)).hex()}


def is_sealed(content: bytes) -> bool:
    """Whether bytes look like a sealed thing."""
    return content.startswith(MAGIC) and len(content) > HEAD


def unseal(content: bytes, name: str) -> bytes:
    """What a phone sealed under that name; raises BrokenSeal or KeyMissing."""
    if not is_sealed(content):
        raise _broken()
    key, rest = _key(content[3:11].hex()), content[11:]
    point, nonce, secret = rest[:65], rest[65:77], rest[77:]
    try:
        shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point))
        derived = HKDF(hashes.SHA256(), 32, salt=point, info=INFO).derive(shared)
        return AESGCM(derived).decrypt(nonce, secret, name.encode())
    except (InvalidTag, ValueError) as broken:
        raise _broken() from broken


def unseal_chunk(name: str, content: bytes) -> bytes:
    """A chunk as it was taken: opened if the phone sealed it, else as it is."""
    if not is_sealed(content) or sha256(content).hexdigest() == name:
        return content
    return unseal(content, name)


def _key(name: str) -> ec.EllipticCurvePrivateKey:
    if name not in _keys:
        found = next((file for file in _files() if file.stem.endswith(f"-{name}")), None)
        if found is None:
            raise KeyMissing("evidence.seal_key_missing", N_("服务器缺少打开加密内容的密钥，内容仍在手机上，请联系系统管理员"))
        _keys[name] = _load(found)
    return _keys[name]


def _load(file: Path) -> ec.EllipticCurvePrivateKey:
    private = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{file.name} holds no key of the curve P-256")
    return private


def _id_of(private: ec.EllipticCurvePrivateKey) -> str:
    return sha256(_point(private)).digest()[:8].hex()


def _point(private: ec.EllipticCurvePrivateKey) -> bytes:
    form = serialization.PublicFormat.UncompressedPoint
    return private.public_key().public_bytes(serialization.Encoding.X962, form)


def _files() -> list[Path]:
    """The keys' files, the newest last."""
    return sorted(_place().glob("*-*.pem"))


def _place() -> Path:
    if _folder is None:
        raise RuntimeError("the keys of the seals are not configured")
    return _folder


def _broken() -> BrokenSeal:
    return BrokenSeal("evidence.broken_seal", N_("加密内容打不开，没有接收，内容仍在手机上"))
