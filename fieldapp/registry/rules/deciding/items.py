"""The item list: drafts become published versions, a published version gives way to the next."""


from fieldapp.law import article
from fieldapp.refusals import Conflict, Refusal
from fieldapp.words import Labelled, N_


class ItemState(Labelled):
    """Where a version of an item stands."""

    DRAFT = "draft", N_("草稿")
    PUBLISHED = "published", N_("已公布")
    REPEALED = "repealed", N_("已废止")


@article("5", "6", "7")
def check_item_may_be_published(state: str, legal_basis: str, methods: list[str]) -> None:
    """What is published says basis and method, and is published once."""
    if state != ItemState.DRAFT:
        raise Conflict("registry.item_not_draft", N_("只有草稿可以公布"))
    if not legal_basis.strip():
        raise Refusal("registry.item_without_basis", N_("缺少抽查依据，不能公布"))
    if not methods:
        raise Refusal("registry.item_without_method", N_("缺少检查方式，不能公布"))


@article("5")
def check_item_may_be_repealed(state: str, reason: str) -> None:
    """What stands on the published list is taken off it with a reason."""
    if state != ItemState.PUBLISHED:
        raise Conflict("registry.item_not_published", N_("这个事项不在公布的清单中"))
    if not reason.strip():
        raise Refusal("registry.reason_missing", N_("请写明废止的理由"), field="reason")
