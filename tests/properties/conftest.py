"""Gives the tests of this folder the modules that several of them share.

Test files never import each other, and folders of tests are no packages: so the modules
are loaded here, and the tests get them as fixtures.
"""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest


def _loaded(name: str) -> ModuleType:
    path = Path(__file__).with_name(f"{name}.py")
    spec = spec_from_file_location(f"shared_by_property_tests_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses look for it
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def brute_force() -> ModuleType:
    """The evaluator that the engine is held against."""
    return _loaded("brute_force")


@pytest.fixture(scope="session")
def strategies() -> ModuleType:
    """Random articles, commits and query trees."""
    return _loaded("strategies")
