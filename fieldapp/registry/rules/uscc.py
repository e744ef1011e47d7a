"""The unified social credit code, GB 32100-2015: eighteen characters, the last one computed from the others."""

from fieldapp.law import article
from fieldapp.registry.rules.findings import FindingKind

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
LENGTH = 18


def check_character(first: str) -> str:
    """The eighteenth character that the first seventeen demand."""
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(first, WEIGHTS, strict=True))
    return ALPHABET[(31 - total) % 31]


@article("8")
def uscc_fault(code: str) -> FindingKind | None:
    """Say what is wrong with a normalised code; None when it is well formed. O and I are never read as 0 and 1."""
    if len(code) != LENGTH:
        return FindingKind.CODE_LENGTH
    if "O" in code:
        return FindingKind.LETTER_O
    if "I" in code:
        return FindingKind.LETTER_I
    if any(character not in ALPHABET for character in code):
        return FindingKind.BAD_CHARACTER
    return None if check_character(code[:17]) == code[17] else FindingKind.CHECK_DIGIT


@article("25")
def is_individual(code: str) -> bool:
    """Whether the code is an individual business's (个体工商户), which the Civil Code counts among natural persons."""
    return code.startswith("92")


def fault_facts(code: str, fault: FindingKind) -> dict[str, str | int]:
    """What the fault's sentence needs: the place of the letter, or the length found."""
    if fault in {FindingKind.LETTER_O, FindingKind.LETTER_I}:
        return {"position": code.index("O" if fault is FindingKind.LETTER_O else "I") + 1}
    return {"length": len(code)} if fault is FindingKind.CODE_LENGTH else {}
