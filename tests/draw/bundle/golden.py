"""The golden draw: its bundle was written down once, and whoever computes it again must come to the same files.

Here stands what the bundle hides: the key of the salts, the directory, the inspectors. Only the rules and the standard
library are used: `python -m tests.draw.bundle.golden` recomputes it with any Python that the product runs on.
"""

import json
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from fieldapp.draw import rules
from fieldapp.draw.rules import Candidate, Contributor, Parameters, Reveal, Row, Seat, Team, bundle

PACKED = Path(__file__).with_name("golden.zip")
KEY = sha256(b"the key of the golden draw").digest()
DIVISIONS = {"officer": "农村科技处", "legal": "法规处"}
NAMES = {"officer": "吴经办", "legal": "周法一"}
SHOWN = {"officer": Reveal(sha256(b"a nonce").digest(), b"6 1 4 2 5"),
         "legal": Reveal(sha256(b"another nonce").digest(), sha256(b"random bytes").digest())}
GIVERS = tuple(Contributor(NAMES[part], DIVISIONS[part]) for part in NAMES)
FIRST, LAST = date(2026, 12, 7), date(2026, 12, 31)
CATEGORY, CITIES, SIZES = "实验动物单位", ("370102", "370202", "371402"), ("大型", "小型", "微型")
OUT = {9: ("excluded", "cap_reached"), 23: ("excluded", "closed"), 40: ("excluded", "cap_reached"),
       57: ("certain", "key_supervision"), 88: ("excluded", "cap_reached"), 95: ("certain", "key_supervision")}


def code_of(number: int) -> str:
    """By which outsiders know an object."""
    return f"91370102MB{number:08d}"


def rows() -> list[Row]:
    """A directory of 100: every fourth has two tickets, six cannot be drawn."""
    found = []
    for number in range(100):
        status, reason = OUT.get(number, ("ok", ""))
        tickets = 0 if status != "ok" else 2 if number % 4 == 0 else 1
        found.append(Row(code_of(number), CITIES[number % 3], CATEGORY, SIZES[number % 3], status, reason, tickets,
                         rules.salt(KEY, code_of(number))))
    return found


def inspector_id(number: int) -> str:
    """The identifier under which an inspector stands on the roll."""
    return f"01935f00-0000-7000-8000-{number:012d}"


def inspectors() -> list[Candidate]:
    """Eight: one without a valid certificate, one away all the time, three with declared interests."""
    return [Candidate(
        inspector_id(number), "农村科技处", "3701", date(1949, 10, 1), date(2026, 12, 20) if number == 3 else date(2028, 1, 1),
        ((FIRST, LAST),) if number == 6 else (),
        frozenset(code_of(one) for one in range(100) if number < 3 and one % (number + 2) == 0)) for number in range(8)]


LOADS = {inspector_id(number): number % 3 for number in range(8)}
PARAMETERS = Parameters(band=1, cap=4)


def terms() -> dict[str, Any]:
    """What the manifest says of the matching."""
    return {"mode": "automatic", "conditions": [], "seats": ["certified", "certified"], "band": PARAMETERS.band,
            "cap": PARAMETERS.cap, "inspectors": 8, "roll_sha256": sha256(b"the golden roll").hexdigest()}


def recomputed(manifest: bytes) -> dict[str, bytes]:
    """All files of the bundle, from its manifest and from what it hides."""
    snapshot, hashed = rules.freeze_directory(reversed(rows())), sha256(manifest).digest()
    commits = {name: rules.commitment(name, hashed, SHOWN[part]) for part, name in NAMES.items()}
    reveals = {name: SHOWN[part] for part, name in NAMES.items()}
    seed = rules.seed_of_officers(hashed, GIVERS, commits, reveals)
    drawn = rules.draw_objects(seed, [(line.leaf, line.tickets) for line in snapshot.leaves], json.loads(manifest)["quota"])
    people = inspectors()
    seat, barred = Seat(rules.automatic_pool(people, FIRST, LAST)), rules.barred_by_interest(people)
    codes = {line.leaf: line.object_id for line in snapshot.leaves}
    teams = [Team(leaf, (seat, seat), barred.get(codes[leaf], frozenset())) for leaf in drawn.drawn]
    matching = rules.match_inspectors(seed, teams, LOADS, PARAMETERS)
    return bundle.files_of(bundle.Bundle(
        manifest, [rules.leaf_line(line) for line in snapshot.leaves], [(commits[one], reveals[one]) for one in reveals],
        [leaf.hex() for leaf in drawn.drawn], [leaf.hex() for leaf in drawn.reserve],
        {**terms(), "transcript_root": matching.root.hex()}), list(reveals))


def files() -> dict[str, bytes]:
    """The files as they were written down."""
    with ZipFile(PACKED) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def main() -> None:
    """Recompute the golden draw; the exit status says whether every file is the same."""
    golden = files()
    again = recomputed(golden["manifest.json"])
    differ = [name for name in golden if golden[name] != again.get(name)]
    print(f"Python {sys.version.split()[0]}: {len(golden) - len(differ)} of {len(golden)} files are the same", *differ)
    sys.exit(bool(differ))


if __name__ == "__main__":
    main()
