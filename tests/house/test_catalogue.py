"""Every text has its Turkish."""

from dev import messages


def test_no_hole_and_nothing_stale():
    assert messages.problems() == []


def test_a_hole_would_be_seen():
    catalogue = messages.merged()
    catalogue.add("A text nobody has translated", None)
    catalogue.add("%(count)s pets", "%(number)s hayvan")
    assert {"A text nobody has translated", "%(count)s pets"} <= set(messages.holes(catalogue))
