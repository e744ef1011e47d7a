"""The files of a bundle, each as bytes, and the zip that holds them.

- `manifest.json`: the manifest's canonical JSON, byte for byte as it was hashed.
- `leaves.txt`: a line `blind w` for each row of the frozen directory, sorted by blind; with strata `blind w stratum`.
- `contributions.json`: a list in the manifest's order of `{source, name, commit, reveal: {nonce, value}}`, bytes in
  hexadecimal digits; where the manifest names a beacon, last `{source, name, round, signature, named_at}`.
- `selected.txt`, `reserve.txt`: leaf hashes in ticket order, one a line; with strata one stratum after the other.
- `matching.json`: the matching's terms as the manifest has them, and `transcript_root`, empty before the matching.
- `rows.txt`, once the rows are opened: a line for each line of `leaves.txt`, the row's canonical JSON as it was hashed, its
  salt among it; `-` where a natural person stands.
- `checkpoint.txt`, once the log's head has been signed: a receipt (C2SP tlog-proof) of the entry of the freeze, which names
  the manifest's hash; its extra line is the entry with the facts and the salt that it committed to.
- `substitutes.json`, once the inspections are over and if any was drawn: a list in the order of the codes of `{number, code,
  leaf, seat, circle, sizes, pool, inspector}`; inspectors by their identifiers in the directory, never by name.
"""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fieldapp.canonical import canonical
from fieldapp.draw.rules.seed import BEACON, BeaconPart, Reveal
from fieldapp.refusals import Refusal
from fieldapp.words import N_

FILES = ("manifest.json", "leaves.txt", "contributions.json", "selected.txt", "reserve.txt", "matching.json")
LATER = ("checkpoint.txt", "rows.txt", "substitutes.json")
"""What a bundle holds only from some day on."""
MOST_BYTES = 1 << 30
"""A directory of ten million rows unpacks to about 700 MB."""
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle as it was read: the manifest's bytes, the lines of the leaf file, seed, selection, matching."""

    manifest: bytes
    leaves: list[str]
    contributions: list[tuple[bytes, Reveal]]
    selected: list[str]
    reserve: list[str]
    matching: Mapping[str, Any]
    rows: list[str] = field(default_factory=list)
    substitutes: list[dict[str, Any]] = field(default_factory=list)
    checkpoint: str = ""
    beacon: BeaconPart | None = None


def files_of(bundle: Bundle, names: Sequence[str]) -> dict[str, bytes]:
    """The content of each file, by its name; `names` are those of the contributors, in the manifest's order."""
    contributions: list[dict[str, Any]] = [
        {"source": "officer", "name": name, "commit": commit.hex(),
         "reveal": {"nonce": shown.nonce.hex(), "value": shown.value.hex()}}
        for name, (commit, shown) in zip(names, bundle.contributions, strict=True)]
    if bundle.beacon:
        contributions.append({"source": BEACON, "name": BEACON, "round": bundle.beacon.round,
                              "signature": bundle.beacon.signature.hex(), "named_at": bundle.beacon.named_at})
    contents = (bundle.manifest, _lines(bundle.leaves), canonical(contributions), _lines(bundle.selected),
                _lines(bundle.reserve), canonical(dict(bundle.matching)))
    later = {"rows.txt": _lines(bundle.rows)} if bundle.rows else {}
    if bundle.substitutes:
        later["substitutes.json"] = canonical(bundle.substitutes)
    if bundle.checkpoint:
        later["checkpoint.txt"] = bundle.checkpoint.encode()
    return dict(zip(FILES, contents, strict=True)) | later


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """The zip: the same files give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            bundle.writestr(entry, content)
    return packed.getvalue()


def bundle_in(content: bytes) -> Bundle:
    """Read a bundle from its zip; a Refusal for whatever is none."""
    try:
        return _bundle({name: text for name, text in _unpacked(content).items() if name in FILES + LATER})
    except (ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile, RuntimeError) as fault:
        raise Refusal("draw.not_a_bundle", N_("这不是完整的抽取公开包：%(fault)s"), fault=str(fault)[:200]) from fault


def _unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        names = bundle.namelist()
        if len(set(names)) != len(names) or sum(entry.file_size for entry in bundle.infolist()) > MOST_BYTES:
            raise ValueError("names come twice, or it is too large")
        return {name: bundle.read(name) for name in names}


def _bundle(files: Mapping[str, bytes]) -> Bundle:
    given = json.loads(files["contributions.json"])
    beacon = _beacon(given.pop()) if given and given[-1].get("source") == BEACON else None
    contributions = [
        (bytes.fromhex(one["commit"]), Reveal(bytes.fromhex(one["reveal"]["nonce"]), bytes.fromhex(one["reveal"]["value"])))
        for one in given]
    matching = json.loads(files["matching.json"])
    if not isinstance(matching, dict):
        raise ValueError("matching.json holds no object")
    lines = {name: files[name].decode("ascii").splitlines() for name in ("selected.txt", "reserve.txt")}
    return Bundle(files["manifest.json"], files["leaves.txt"].decode().splitlines(), contributions,
                  lines["selected.txt"], lines["reserve.txt"], matching,
                  files.get("rows.txt", b"").decode().split("\n")[:-1], _list(files.get("substitutes.json", b"[]")),
                  files.get("checkpoint.txt", b"").decode(), beacon)


def _beacon(one: Mapping[str, Any]) -> BeaconPart:
    if type(one["round"]) is not int or not 0 < one["round"] < 1 << 64 or not isinstance(one["named_at"], str):
        raise ValueError("a beacon without its round")
    return BeaconPart(one["round"], bytes.fromhex(one["signature"]), one["named_at"])


def _list(content: bytes) -> list[dict[str, Any]]:
    found = json.loads(content)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ValueError("substitutes.json holds no list")
    return found


def _lines(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
