"""The rules of the vote to come, read once for the tests of the protocol."""

from __future__ import annotations

import pytest

from pollbench.protocol.rules import Protocol, load_protocol


@pytest.fixture(scope="package")
def rules() -> Protocol:
    return load_protocol("fr-pres-2027")
