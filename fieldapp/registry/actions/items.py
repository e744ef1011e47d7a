"""Publishing the item list (articles 5 and 7)."""

from collections.abc import Collection
from uuid import UUID

from fieldapp import clock, db
from fieldapp.ledger import actions as ledger
from fieldapp.refusals import Refusal
from fieldapp.registry import queries
from fieldapp.registry.models import InspectionItem
from fieldapp.registry.rules.deciding import ItemState, check_item_may_be_published, check_item_may_be_repealed
from fieldapp.roles import Officer
from fieldapp.words import N_


def publish_items(item_ids: Collection[UUID] | None = None, *, by: Officer) -> list[InspectionItem]:
    """Publish drafts (all of them, if none is named): each takes the place of its earlier version from today."""
    items = queries.drafts() if item_ids is None else [queries.item(item_id) for item_id in item_ids]
    if not items:
        raise Refusal("registry.nothing_to_publish", N_("没有待公布的事项"))
    return [_publish(item, by) for item in items]


def repeal_item(item_id: UUID, reason: str, *, by: Officer) -> InspectionItem:
    """Take a published item off the list from today; running tasks keep the version they were set up with."""
    item = queries.item(item_id)
    check_item_may_be_repealed(item.state, reason)
    item.state, item.valid_to = ItemState.REPEALED.value, clock.today()
    ledger.record(by, "registry.item_repealed", item, case=queries.item_case(item), reason=reason)
    return item


def _publish(item: InspectionItem, by: Officer) -> InspectionItem:
    check_item_may_be_published(item.state, item.legal_basis, item.inspection_methods)
    for earlier in queries.item_versions(item.code):
        if earlier.state == ItemState.PUBLISHED:
            earlier.state, earlier.valid_to = ItemState.REPEALED.value, clock.today()
            ledger.record(by, "registry.item_superseded", earlier, case=queries.item_case(earlier))
    item.state, item.published_at, item.valid_from = ItemState.PUBLISHED.value, clock.now(), clock.today()
    db.session.flush()
    ledger.record(by, "registry.item_published", item, case=queries.item_case(item))
    return item
