"""A note with other literals is the note that writes them."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest

from tenor.engine.checking.check import checked
from tenor.engine.exact.dimensions import RATE, RATIO, DimensionError, money
from tenor.engine.exact.quantities import exact, given
from tenor.engine.meaning import varying
from tenor.engine.meaning.literals import given_value, literals, of_model, with_literals
from tenor.engine.running.statement import statement
from tenor.engine.world.facts import NO_FACTS
from tenor.grammar.parse import parse
from tenor.grammar.source import Source
from tenor.terms import TERMS

TEXT = Path("examples/gs-capital.terms").read_text("utf-8")
AMENDMENT = """
amendment "First" {
  effective: 2019-10-01
  maturity: 2020-08-22
}
"""
CAPPED = """
amendment "Second" {
  effective: 2019-10-01
  ownership_cap: 5.99% of outstanding shares after conversion
}
"""


def note_of(text: str):
    return checked(parse(Source("drawn.terms", text)), TERMS)


def figures(note, day: date):
    return {name: answer.value.value for name, answer in statement(note, NO_FACTS, day).answers.items()}


def test_every_literal_has_a_name():
    """One name where a value writes one figure, a number after it where it writes several."""
    text = TEXT.replace("65% of Market Price", "lesser of 65% of Market Price and USD 0.05 per share")
    names = literals(note_of(text))
    assert {"principal", "interest", "issued", "maturity", "ownership_cap"} <= set(names)
    assert {"conversion.price.1", "conversion.price.2"} <= set(names)
    assert names["maturity"] == date(2020, 2, 22)


@pytest.mark.parametrize("amendment", ["", AMENDMENT])
def test_with_literals_is_the_note_that_writes_them(amendment):
    """Also where an amendment leaves the clause standing: what it does not touch is the same clause as before."""
    other = {"principal": given(money("USD"), exact("50,000.00"), "USD 50,000.00"), "issued": date(2019, 3, 1)}
    changed = with_literals(note_of(TEXT + amendment), other)
    written = TEXT.replace("principal: USD 108,068.36", "principal: USD 50,000.00")
    written = written.replace("issued: 2019-02-22", "issued: 2019-03-01")
    for day in (date(2019, 2, 25), date(2019, 8, 26), date(2020, 2, 24), date(2020, 9, 1)):
        assert figures(changed, day) == figures(note_of(written + amendment), day)


@pytest.mark.parametrize(("amendment", "cap"), [(AMENDMENT, "9.99%"), (CAPPED, "5.99%")])
def test_what_an_amendment_writes_itself_stays(amendment, cap):
    """A figure is the first terms' own in every version but where an amendment states it, be it the same one."""
    changed = with_literals(note_of(TEXT + amendment), {"ownership_cap": given(RATIO, exact("0.0999"), "9.99%")})
    assert [of_model(version)["ownership_cap"].label for version in changed.versions] == ["9.99%", cap]


def test_a_figure_of_another_kind_does_not_fit():
    """The unit is the template's."""
    with pytest.raises(DimensionError):
        with_literals(note_of(TEXT), {"principal": given(RATIO, exact("0.5"))})
    with pytest.raises(DimensionError):
        with_literals(note_of(TEXT), {"maturity": given(RATIO, exact("0.5"))})
    with pytest.raises(KeyError):
        with_literals(note_of(TEXT), {"principle": given(money("USD"), exact("5"))})


def test_an_amended_note_gives_the_figures_of_the_terms_before_it():
    """What happens on the day of an amendment is reckoned with both."""
    text = TEXT + AMENDMENT.replace("maturity: 2020-08-22", "interest: 9% per year")
    old, new = note_of(text).versions
    assert given_value(new, "old literal", "interest") == given_value(old, "literal", "interest") == exact("0.08")
    assert given_value(new, "literal", "interest") == exact("0.09")


def rate(percent: int):
    return given(RATE, exact(f"{percent}") / 100, f"{percent}% per year")


def stated(clause):
    return clause.value.value


def test_what_varies_is_read_where_it_is_asked_for(monkeypatch):
    """Value, exceptions and kind of a field that varies; what was made for an earlier value is made again after it."""
    monkeypatch.setattr(varying, "SETTINGS_MAX", 1)
    excepted = TEXT + 'interest "late": 12% per year when payment is late\n'
    for text in (TEXT, excepted):
        rows = varying.Varying(note_of(text), [name for name in literals(note_of(text)) if name == "interest"])
        [model] = rows.note.versions
        [clause] = model.all_of("interest")
        for percent in (7, 9, 7):
            found, read = rows.ask({"interest": rate(percent)}.__getitem__, partial(stated, clause))
            assert (found.quantity.value, read) == (rate(percent).value, {"interest"})
        assert not clause.value.is_("simple")
        assert clause["method"].is_("simple")
        assert len(clause.settings) == len(list(clause.settings))
        assert len(clause.value.exceptions) == (text is excepted)


def test_a_reading_of_an_amended_note_is_no_amendment():
    """A field read otherwise in every version is changed by none of them: interest runs on as it did."""
    assumed = TEXT + AMENDMENT
    stated = assumed.replace("day_count: actual/365 ", "day_count: actual/360 ", 1)
    assert stated != assumed
    for day in (date(2019, 9, 30), date(2019, 11, 1), date(2020, 9, 1)):
        read = figures(note_of(assumed).read_as({"interest.day_count": "actual/360"}), day)
        assert read["owed"] == figures(note_of(stated), day)["owed"]
