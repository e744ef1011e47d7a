"""Stages: visits on their day in a database that each test copies."""

import pytest

from tests.chaos.stage import Stage, set_stage
from tests.databases import Databases


@pytest.fixture(scope="session")
def stage(databases: Databases, migrated: str) -> Stage:
    """Two visits of inspectors a and b."""
    return databases.once(set_stage, migrated)


@pytest.fixture(scope="session")
def wide_stage(databases: Databases, migrated: str) -> Stage:
    """Seven visits, for many phones."""
    return set_stage(databases, migrated, 7)
