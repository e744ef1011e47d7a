"""The bundle shows that the manifest stood in the public log."""

import json
from base64 import b64encode
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.cli.main import main
from fieldapp.draw import queries
from fieldapp.draw.logged import check_logged
from fieldapp.draw.rules import bundle
from fieldapp.ledger import keys
from fieldapp.ledger.rules import read_receipt, read_told
from fieldapp.ledger.sequencer import look_after
from fieldapp.refusals import Refusal
from tests.draw.makers import draw_all, freeze, make_seed, prepared
from tests.people import Cast

pytestmark = pytest.mark.article("3", "16")


@pytest.fixture
def packed(cast: Cast, client: FlaskClient, tmp_path: Path) -> Path:
    """A drawn task's bundle, taken away after the log's head was signed."""
    draw_id = freeze(cast, prepared(cast, size=30))
    make_seed(cast, draw_id)
    draw_all(cast, draw_id)
    with db.transaction(write=False):
        draw = queries.draw(draw_id)
        address = f"/public/draws/{draw.year}/{draw.number}/bundle.zip"
    assert not bundle.bundle_in(client.get(address).data).checkpoint
    look_after()
    file = tmp_path / "bundle.zip"
    file.write_bytes(client.get(address).data)
    return file


def test_the_manifest_stands_in_the_log_under_a_signed_head(packed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = keys.verifier_keys()[0].text()
    assert main(["draw", "verify", str(packed)]) == 0
    assert "signature not checked" in capsys.readouterr().out
    assert main(["draw", "verify", str(packed), "--key", key]) == 0
    assert f"entries of {keys.origin()}; signature holds" in capsys.readouterr().out


def test_another_key_or_no_receipt_is_no_proof(packed: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    key = keys.verifier_keys()[0].text()
    keys.configure(tmp_path / "other-keys", keys.origin())
    assert main(["draw", "verify", str(packed), "--key", keys.verifier_keys()[0].text()]) == 1
    assert "nobody known has signed" in capsys.readouterr().err
    read = bundle.bundle_in(packed.read_bytes())
    names = [source["name"] for source in json.loads(read.manifest)["seed_sources"]]
    files = bundle.files_of(read, names)
    del files["checkpoint.txt"]
    packed.write_bytes(bundle.zip_of(files))
    assert main(["draw", "verify", str(packed)]) == 0
    assert main(["draw", "verify", str(packed), "--key", key]) == 1


def test_a_receipt_of_another_manifest_or_entry_is_refused(packed: Path) -> None:
    read, manifest_hash = bundle.bundle_in(packed.read_bytes()), bundle.check_bundle(bundle.bundle_in(packed.read_bytes()))
    receipt = read_receipt(read.checkpoint)
    check_logged(read.checkpoint, manifest_hash.manifest_hash)
    told = read_told(receipt.extra)
    for changed in ({"facts": {**told.facts, "by": "x"}}, {"facts": {}}, {"salt": "x"},
                    {"entry": {**told.entry, "action": "draw.committed"}}):
        extra = b64encode(replace(told, **changed).packed()).decode()
        forged = read.checkpoint.replace(b64encode(receipt.extra).decode(), extra)
        assert forged != read.checkpoint
        with pytest.raises(Refusal) as refused:
            check_logged(forged, manifest_hash.manifest_hash)
        assert refused.value.code == "draw.bundle_not_in_log"
    for text, of in ((read.checkpoint, bytes(32)), ("", manifest_hash.manifest_hash)):
        with pytest.raises(Refusal):
            check_logged(text, of)
