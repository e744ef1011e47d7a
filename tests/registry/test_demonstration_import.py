"""The whole set of sheets as divisions handed them in, from the files to the directories; once, on SQLite."""

from collections.abc import Iterator

import pytest

from fieldapp import db
from fieldapp.accounts.models import Division
from fieldapp.registry import actions, queries
from tests.databases import SqliteDatabases
from tests.people import Cast, assemble
from tests.registry.sheets import DATA
from tests.registry.walks import accept, verdicts

OTHERS = ("基础研究处", "外国专家处", "成果转化处", "科普处")


@pytest.fixture
def house(sqlite_databases: SqliteDatabases) -> Iterator[Cast]:
    """An empty product with every division of the sheets."""
    url = sqlite_databases.empty()
    engine = db.connect(url)
    db.Model.metadata.create_all(engine)
    with db.transaction(write=True):
        cast = assemble()
        db.session.add_all(Division(name=name) for name in OTHERS)
    yield cast
    db.session.remove()
    engine.dispose()
    sqlite_databases.drop(url)


@pytest.mark.article("8", "9", "10")
def test_fifteen_sheets_become_item_list_directories_and_checklists(house: Cast) -> None:
    legal = house.legal.officer
    names = sorted((path.name for path in DATA.glob("*.xlsx")), key=lambda name: (name != "items.xlsx", name))
    assert len(names) == 15
    outcomes: list[str] = []
    for name in names:
        read = actions.read_upload((DATA / name).read_bytes(), name)
        with db.transaction(write=True):
            batch_id = actions.import_sheet(read, division_id=None, by=legal).id
        accept(batch_id, legal)
        outcomes += verdicts(batch_id)
    with db.transaction(write=True):
        assert len(actions.publish_items(by=legal)) == 7
    with db.transaction(write=False):
        sizes = queries.directory_sizes()
        items = {item.object_category: item for item in queries.items_published()}
        assert sizes.keys() == items.keys()
        assert (sizes["实验动物单位"], sizes["高新技术企业"]) == (85, 2366)
        objects = queries.known_objects()
        assert len(objects) == sum(sizes.values()) - sum(len(one.categories) - 1 for one in objects.values())
        assert any(len(one.categories) > 1 for one in objects.values())
        assert len(queries.inspectors_all()) == 64 + 4
        assert queries.interests_by_object().keys() <= {one.id for one in queries.objects_by_uscc(objects).values()}
        assert queries.focus_page("open", 1).rows
        checklist = queries.checklist_for(items["实验动物单位"].code)
        assert checklist is not None
        assert len(checklist.items) == 13
    assert outcomes.count("renamed_duplicate") == 7
