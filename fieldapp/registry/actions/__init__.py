"""The verbs of the registry: import and decide about sheets, publish items, decide about key supervision and leaving, declare."""

from fieldapp.registry.actions.batches import accept_batch as accept_batch
from fieldapp.registry.actions.batches import accept_rows as accept_rows
from fieldapp.registry.actions.batches import choose_all_rows as choose_all_rows
from fieldapp.registry.actions.batches import choose_row as choose_row
from fieldapp.registry.actions.batches import hand_in_batch as hand_in_batch
from fieldapp.registry.actions.batches import return_batch as return_batch
from fieldapp.registry.actions.batches import withdraw_batch as withdraw_batch
from fieldapp.registry.actions.declarations import declare_absence as declare_absence
from fieldapp.registry.actions.declarations import declare_interest as declare_interest
from fieldapp.registry.actions.declarations import link_person as link_person
from fieldapp.registry.actions.focus import decide_focus as decide_focus
from fieldapp.registry.actions.focus import lift_focus as lift_focus
from fieldapp.registry.actions.focus import propose_focus as propose_focus
from fieldapp.registry.actions.items import publish_items as publish_items
from fieldapp.registry.actions.items import repeal_item as repeal_item
from fieldapp.registry.actions.leaving import decide_leaving as decide_leaving
from fieldapp.registry.actions.leaving import propose_inspector_leaving as propose_inspector_leaving
from fieldapp.registry.actions.leaving import propose_object_leaving as propose_object_leaving
from fieldapp.registry.actions.position import set_position as set_position
from fieldapp.registry.actions.upload import ReadSheet as ReadSheet
from fieldapp.registry.actions.upload import import_sheet as import_sheet
from fieldapp.registry.actions.upload import read_upload as read_upload
