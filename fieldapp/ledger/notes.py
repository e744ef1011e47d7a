"""Signed notes (C2SP signed-note): a text, an empty line, signatures. Ed25519 of the log, and of those who cosign it.

A verifier key is written `name+<8 hexadecimal digits>+<Base64 of kind and public key>`, a signing key
`PRIVATE+KEY+name+<digits>+<Base64 of kind and secret>`. Everything malformed raises ValueError.
"""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SIGNATURE, COSIGNATURE = 1, 4
"""Kinds of key: one that signs the note's text, one that signs it under a time (C2SP tlog-cosignature)."""
MOST_SIGNATURES = 100
DASH = "\u2014 "


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """Who may sign: by name, kind and the 32 bytes of the public key; a log's key that was taken out of use counts for heads up
    to the size that it signed last."""

    name: str
    kind: int
    public: bytes
    until: int | None = field(default=None, compare=False)

    @property
    def key_id(self) -> bytes:
        """The four bytes by which a signature names its key."""
        return sha256(f"{self.name}\n".encode() + bytes([self.kind]) + self.public).digest()[:4]

    def text(self) -> str:
        """The key as it is handed out."""
        return f"{self.name}+{self.key_id.hex()}+{b64encode(bytes([self.kind]) + self.public).decode()}"


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that holds: whose, and when where it says so (seconds since 1970)."""

    key: VerifierKey
    at: int | None


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A secret key, by the name and kind of its public one."""

    verifier: VerifierKey
    secret: Ed25519PrivateKey

    def text(self) -> str:
        """The key as it is kept."""
        secret = bytes([self.verifier.kind]) + self.secret.private_bytes_raw()
        return f"PRIVATE+KEY+{self.verifier.name}+{self.verifier.key_id.hex()}+{b64encode(secret).decode()}"

    def signature(self, text: str, at: int = 0) -> str:
        """The line that signs a note's text; a cosigner's says when (seconds since 1970)."""
        when = at.to_bytes(8) if self.verifier.kind == COSIGNATURE else b""
        signed = self.verifier.key_id + when + self.secret.sign(_message(self.verifier.kind, text, at))
        return f"{DASH}{self.verifier.name} {b64encode(signed).decode()}\n"


def new_key(name: str, kind: int = SIGNATURE) -> SigningKey:
    """A new key of that name."""
    return _signing_key(name, kind, Ed25519PrivateKey.generate())


def read_signing_key(text: str) -> SigningKey:
    """A signing key as it was kept."""
    private, word, name, key_id, secret = _parts(text, 5)
    content = _unpacked(secret)
    if (private, word) != ("PRIVATE", "KEY") or len(content) != 33 or content[0] not in {SIGNATURE, COSIGNATURE}:
        raise ValueError("not a signing key")
    key = _signing_key(name, content[0], Ed25519PrivateKey.from_private_bytes(content[1:]))
    if key.verifier.key_id.hex() != key_id:
        raise ValueError("the signing key's number is not its own")
    return key


def read_verifier_key(text: str) -> VerifierKey:
    """A verifier key as it is handed out."""
    name, key_id, public = _parts(text, 3)
    content = _unpacked(public)
    if len(content) != 33 or content[0] not in {SIGNATURE, COSIGNATURE}:
        raise ValueError("not a verifier key")
    key = VerifierKey(_name(name), content[0], content[1:])
    if key.key_id.hex() != key_id:
        raise ValueError("the verifier key's number is not its own")
    return key


def sign_note(text: str, keys: Iterable[SigningKey]) -> str:
    """The note of a text that ends with a line end, signed with each key."""
    return f"{text}\n" + "".join(key.signature(text) for key in keys)


def open_note(note: str, keys: Iterable[VerifierKey]) -> tuple[str, list[Signed]]:
    """A note's text and the signatures of known keys that hold; raises ValueError where one does not hold or none is there."""
    if any(ord(sign) < 0x20 and sign != "\n" for sign in note):
        raise ValueError("a note holds no control characters")
    text, empty, lines = note.rpartition("\n\n")
    if not empty or not lines.endswith("\n"):
        raise ValueError("a note is a text, an empty line and signatures")
    known = {(key.name, key.key_id): key for key in keys}
    held: list[Signed] = []
    for name, signature in _signatures(lines):
        key = known.get((name, signature[:4]))
        if key is not None and not _is_after(key, text):
            one = _verify(key, text + "\n", signature[4:])
            if key not in {other.key for other in held}:
                held.append(one)
    if not held:
        raise ValueError("nobody known has signed the note")
    return text + "\n", held


def _signatures(lines: str) -> Iterator[tuple[str, bytes]]:
    found = lines.removesuffix("\n").split("\n")
    if len(found) > MOST_SIGNATURES:
        raise ValueError("too many signatures")
    for line in found:
        name, space, signature = line.removeprefix(DASH).partition(" ")
        content = _unpacked(signature)
        if not line.startswith(DASH) or not space or len(content) < 5:
            raise ValueError(f"not a signature: {line[:60]!r}")
        yield _name(name), content


def _is_after(key: VerifierKey, text: str) -> bool:
    """Whether the note is a head beyond the last that a key signed before it was taken out of use; what is no head is."""
    if key.until is None:
        return False
    size = [*text.split("\n"), ""][1]
    return not (size.isascii() and size.isdigit()) or int(size) > key.until


def _verify(key: VerifierKey, text: str, signature: bytes) -> Signed:
    at = None
    if key.kind == COSIGNATURE:
        at, signature = int.from_bytes(signature[:8]), signature[8:]
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, _message(key.kind, text, at or 0))
    except InvalidSignature as error:
        raise ValueError(f"the signature of {key.name} does not hold") from error
    return Signed(key, at)


def _message(kind: int, text: str, at: int) -> bytes:
    return (f"cosignature/v1\ntime {at}\n{text}" if kind == COSIGNATURE else text).encode()


def _signing_key(name: str, kind: int, secret: Ed25519PrivateKey) -> SigningKey:
    return SigningKey(VerifierKey(_name(name), kind, secret.public_key().public_bytes_raw()), secret)


def _name(name: str) -> str:
    if not name or "+" in name or any(sign.isspace() for sign in name):
        raise ValueError(f"not a key's name: {name[:60]!r}")
    return name


def _parts(text: str, count: int) -> list[str]:
    parts = text.strip().split("+", count - 1)
    if len(parts) != count:
        raise ValueError("not a key")
    return parts


def _unpacked(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except NotBase64 as error:
        raise ValueError(f"not Base64: {text[:60]!r}") from error
