"""Pages are read without a search for cyclic garbage, which goes on afterwards."""

from __future__ import annotations

import gc

import pytest

from extract.limits import uncollected


def test_garbage_is_searched_again_after_a_page_even_one_that_fails() -> None:
    assert gc.isenabled()
    with pytest.raises(ValueError), uncollected():
        assert not gc.isenabled()
        raise ValueError
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()
