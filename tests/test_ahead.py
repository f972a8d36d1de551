"""Things are made by another thread while others are used: the same things, in their order, and their errors."""

import threading

import pytest

from onrecord.storage.ahead import ahead


def test_items_come_in_order_and_the_next_is_made_while_one_is_used():
    made = [threading.Event() for _ in range(4)]

    def items():
        for number, event in enumerate(made):
            event.set()
            yield number

    seen = []
    for number in ahead(items()):
        seen.append(number)
        assert number == len(made) - 1 or made[number + 1].wait(10)
    assert seen == [0, 1, 2, 3]


def test_an_error_in_making_one_is_raised_after_those_before_it():
    def items():
        yield "first"
        raise ValueError("no second")

    found = ahead(items())
    assert next(found) == "first"
    with pytest.raises(ValueError, match="no second"):
        next(found)


def test_who_stops_early_leaves_no_thread():
    before = threading.active_count()
    found = ahead(iter(range(1000)))
    assert next(found) == 0
    found.close()
    assert threading.active_count() == before
