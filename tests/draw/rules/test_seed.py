"""The seed, recomputed by hand: commitments, reveals, contributions."""

from hashlib import sha256

import pytest

from fieldapp.draw import rules
from fieldapp.draw.rules import Contributor, Reveal, Seeding
from fieldapp.refusals import Conflict, Refusal

LI = Contributor("李建国", "高新技术处")
WANG = Contributor("王秀英", "法规处")


def reveals() -> dict[str, Reveal]:
    return {LI.name: Reveal(b"\x01" * 32, b"6251436251"), WANG.name: Reveal(b"\x02" * 32, b"\xff" * 32)}


MANIFEST = sha256(b"{}").digest()


@pytest.mark.article("16")
def test_the_seed_is_what_the_published_recipe_says() -> None:
    shown = reveals()
    commits = {
        name: sha256(b"fieldapp-commit/1\x00" + name.encode() + b"\x00" + MANIFEST + r.nonce + r.value).digest()
        for name, r in shown.items()
    }
    li = sha256("李建国".encode() + b"\x00" + b"\x01" * 32 + b"6251436251").digest()
    wang = sha256("王秀英".encode() + b"\x00" + b"\x02" * 32 + b"\xff" * 32).digest()
    expected = sha256(b"fieldapp-draw/1 seed\x00" + MANIFEST + li + wang).digest()
    assert rules.seed_of_officers(MANIFEST, [LI, WANG], commits, shown) == expected
    assert rules.seed_of_officers(MANIFEST, [WANG, LI], commits, shown) != expected


@pytest.mark.article("3")
@pytest.mark.parametrize(
    ("name", "manifest", "nonce", "value"),
    [
        ("李建国", MANIFEST, b"\x01" * 32, b"6251436252"),
        ("李建国", MANIFEST, b"\x03" * 32, b"6251436251"),
        ("李建国", MANIFEST, b"\x01" * 31, b"\x016251436251"),
        ("李建国", sha256(b"other").digest(), b"\x01" * 32, b"6251436251"),
        ("王秀英", MANIFEST, b"\x01" * 32, b"6251436251"),
    ],
)
def test_a_reveal_that_does_not_fit_its_commitment_is_refused(
    name: str, manifest: bytes, nonce: bytes, value: bytes
) -> None:
    commit = rules.commitment("李建国", MANIFEST, reveals()["李建国"])
    rules.check_reveal(commit, "李建国", MANIFEST, reveals()["李建国"])
    with pytest.raises(Refusal, match=r"draw\.reveal_does_not_fit"):
        rules.check_reveal(commit, name, manifest, Reveal(nonce, value))


@pytest.mark.article("16")
def test_the_seed_needs_two_people_of_different_divisions() -> None:
    rules.check_contributors([LI, WANG])
    for too_few in ([], [LI], [LI, Contributor("赵强", LI.division)]):
        with pytest.raises(Refusal, match=r"draw\.needs_two_divisions"):
            rules.check_contributors(too_few)
    with pytest.raises(Refusal, match=r"draw\.same_contributor"):
        rules.check_contributors([LI, Contributor(LI.name, WANG.division)])


@pytest.mark.article("3")
def test_nobody_reveals_before_all_have_committed_and_nobody_commits_after_a_reveal() -> None:
    with pytest.raises(Conflict, match=r"draw\.commitments_are_missing.*王秀英"):
        rules.check_all_committed([LI, WANG], {LI.name})
    rules.check_all_committed([LI, WANG], {LI.name, WANG.name})
    rules.check_may_commit(WANG.name, Seeding([LI, WANG], {LI.name}, ()))
    with pytest.raises(Conflict, match=r"draw\.already_committed"):
        rules.check_may_commit(LI.name, Seeding([LI, WANG], {LI.name}, ()))
    with pytest.raises(Conflict, match=r"draw\.reveals_have_begun"):
        rules.check_may_commit(WANG.name, Seeding([LI, WANG], {LI.name}, {LI.name}))


@pytest.mark.article("3", "16")
def test_only_whom_the_manifest_names_gives_a_part_and_shows_it_once_after_all_have_committed() -> None:
    assert rules.check_contributes(LI.name, 1) == 1
    with pytest.raises(Refusal, match=r"draw\.not_a_contributor.*赵强"):
        rules.check_contributes("赵强", None)
    both = {LI.name, WANG.name}
    rules.check_may_reveal(WANG.name, Seeding([LI, WANG], both, {LI.name}))
    with pytest.raises(Refusal, match=r"draw\.already_revealed"):
        rules.check_may_reveal(LI.name, Seeding([LI, WANG], both, {LI.name}))
    with pytest.raises(Conflict, match=r"draw\.commitments_are_missing.*王秀英"):
        rules.check_may_reveal(LI.name, Seeding([LI, WANG], {LI.name}, ()))


@pytest.mark.article("3")
def test_a_missing_reveal_gives_no_seed() -> None:
    shown = reveals()
    commits = {name: rules.commitment(name, MANIFEST, r) for name, r in shown.items()}
    del shown[WANG.name]
    with pytest.raises(Conflict, match=r"draw\.reveals_are_missing.*王秀英"):
        rules.seed_of_officers(MANIFEST, [LI, WANG], commits, shown)
