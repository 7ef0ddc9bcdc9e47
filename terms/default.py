"""Events of default: what trips one, how long it may be mended, and what it brings.

Contract words: "failure to make payments when due under the Note"; "bankruptcy or insolvency of the Company";
"and such failure continues for five days". A default is a date: the first day after its grace on which the
condition held. A consequence that the note does not state does not exist.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from ..engine.checking.findings import LEFT_OUT, finding
from ..engine.exact.origins import Origin
from ..engine.exact.quantities import Quantity, choose, day_of, every, highest, is_settled, lowest, never, some, word
from ..engine.exact.trace import origins
from ..engine.meaning.expressions import FIXED, Happened, NotFixed, Run, evaluate, leaves
from ..engine.meaning.first_days import happened, happened_for, watched_for, watched_from
from ..engine.meaning.model import Model
from ..engine.meaning.phrases import Said
from ..engine.meaning.settings import CheckedClause
from ..engine.meaning.shapes import Condition, Figure, Phrases
from ..engine.meaning.term import Change, ConditionKind, FactKind, Field, Term
from ..engine.running.conditions import after_grace, has_held, is_dated, known_tests, since
from ..engine.running.timeline import Event, Visible
from ..engine.running.trials import Trials, trials
from ..engine.running.view import View
from ..engine.time.periods import Period
from ..grammar.classes import evolve

NOTICE = "last acceleration"
ON_NOTICE = "acceleration on notice"
IN_DEFAULT = "in default"
ENDINGS = ("cured", "waived")


def _name(clause: CheckedClause, what: str) -> str:
    return f'{what} of default "{clause.label}"'


def _runs(clause: CheckedClause) -> list[Run]:
    """The prices that it watches."""
    return [evolve(leaf, whose=clause.label) for leaf in leaves(clause["when"].value) if isinstance(leaf, Run)]


def _grace(clause: CheckedClause) -> Period | None:
    said = clause["grace"].value
    return said["period"] if said is not None else None


def _cure(clause: CheckedClause) -> Period | None:
    said = clause["cure"].value
    return said["period"] if said is not None else None


def state(clause: CheckedClause, model: Model) -> dict[str, Quantity]:
    """When it tripped, when what tripped before ended and how, and when it accelerated the note."""
    keys = sorted({leaf.key for leaf in leaves(clause["when"].value) if isinstance(leaf, Happened)})
    return {
        _name(clause, "since"): never(),
        _name(clause, "noticed"): never("no notice recorded"),
        _name(clause, "mended"): day_of(date.min, "never mended"),
        _name(clause, "ended"): never(),
        _name(clause, "before"): never(),
        _name(clause, "ending"): word("cured"),
        _name(clause, "accelerated"): never(),
        _name(clause, "last accelerated"): never(),
        **({NOTICE: never("no `acceleration` recorded")} if clause["then"].is_(ON_NOTICE) else {}),
        **{happened(key, clause.label): never(f"no `{key}` recorded") for key in keys},
        **{watched_from(run): model.dated("issue") for run in _runs(clause)},
    }


def events(clause: CheckedClause, model: Model, visible: Visible) -> list[Event]:
    """A test on each day on which the condition may have become an event of default, and its consequence.

    What an amendment makes one of an earlier day is one from the day on which the amendment takes effect.
    """
    days, mornings = _trials(clause, model, visible)
    if model.follows is not None:
        before = [each for each in model.follows.all_of(clause.keyword) if each.label == clause.label]
        tried = {day for each in before for part in _trials(each, model.follows, visible) for day in part}
        mornings |= {model.effective for day in (days | mornings) - tried if day < model.effective}
    found = [Event(day, "lateness", clause.label) for day in sorted(mornings)]
    found += [Event(day, "default test", clause.label) for day in sorted(days)]
    days |= mornings | set(visible.dates_of("occurrence", "acceleration"))
    return found + [Event(day, "consequence", clause.label) for day in sorted(days)]


def _trials(clause: CheckedClause, model: Model, visible: Visible) -> Trials:
    noticed = visible.dates_of("notice", clause.label)
    mended = tuple(day for how in ENDINGS for day in visible.dates_of("ending", f"{how}/{clause.label}"))
    accelerates = clause["then"].value is not None
    return trials(clause["when"].value, model, visible, _grace(clause), _cure(clause), noticed, mended, accelerates)


def _since(clause: CheckedClause, view: View, grace: Period | None) -> Quantity:
    """The first date on which the event has held, its grace over, since it was last mended."""
    return since(clause["when"].value, view, grace, clause.label, view.state[_name(clause, "mended")])


def _has_held(clause: CheckedClause, view: View, grace: Period | None) -> Quantity:
    mended = view.state[_name(clause, "mended")]
    return has_held(clause["when"].value, view, grace, clause.label, mended)


def notice(clause: CheckedClause, view: View) -> Change:
    """The holder gives notice of the event; the first notice while it holds starts the time for its cure."""
    noticed = _noticed(clause, view)
    counts = every(_has_held(clause, view, _grace(clause)), noticed > view.day)
    return Change({_name(clause, "noticed"): choose(counts, view.day, noticed)}, {"counts": counts})


def _noticed(clause: CheckedClause, view: View) -> Quantity:
    """The holder's notice of what holds now: one of what held before it, and ended, starts no time for its cure."""
    noticed = view.state[_name(clause, "noticed")]
    return choose(noticed < _since(clause, view, _grace(clause)), never("no notice recorded since"), noticed)


def _becomes_one(clause: CheckedClause, view: View) -> tuple[Quantity, Quantity]:
    """The date on which its grace and its cure are over, if it is not mended by then; and whether that has come."""
    held = _since(clause, view, _grace(clause)).citing(clause["when"].origin, clause["grace"].origin)
    if (cure := _cure(clause)) is None:
        return held, _has_held(clause, view, _grace(clause))
    starts = (held, _noticed(clause, view))
    over = [after_grace(each, view.model, cure).citing(clause["cure"].origin) for each in starts]
    return highest(*over), every(*(each <= view.day for each in over))


def _tripped(clause: CheckedClause, view: View) -> Quantity:
    """The date from which the event is a default; the first one stands."""
    held, ready = _becomes_one(clause, view)
    first = view.state[_name(clause, "since")]
    tripped = choose(first <= view.day, first, choose(ready, held, never("not by then")))
    return tripped.named(f"`{clause.label}` since", *clause.cites)


def test(clause: CheckedClause, view: View) -> Change:
    """What has become a default by today."""
    return Change({_name(clause, "since"): _tripped(clause, view)})


def continuing(clause: CheckedClause, view: View) -> Quantity:
    """Whether the event has tripped and is neither cured nor waived."""
    tripped = view.state[_name(clause, "since")] <= view.day
    looked_at = view.model.once(("date", _looked_at, clause.label), lambda: _looked_at(clause, view.model))
    return tripped.named(f"`{clause.label}` continuing", *clause.cites, *looked_at)


def _looked_at(clause: CheckedClause, model: Model) -> tuple[Origin, ...]:
    """What the days rest on that it is looked at: so does it that it has not tripped."""
    watched = model.calendar_cites if _runs(clause) else ()
    return *origins(*known_tests(clause["when"].value, model, _grace(clause))), *watched


def consequence(clause: CheckedClause, view: View) -> Change:
    """Acceleration, at once or on notice: everything owed falls due."""
    if clause["then"].value is None:
        return Change()
    accelerated = view.state[_name(clause, "accelerated")]
    tripped = view.once(continuing, clause)
    last = view.state[_name(clause, "last accelerated")]
    # Each time that the event becomes a default it accelerates once, also where another maturity date undid that.
    fresh = some(last > view.day, view.state[_name(clause, "since")] > last)
    if clause["then"].is_(ON_NOTICE):
        # A notice counts that was given while the event had happened, not one from before it; and a new one anew.
        noticed = view.state[NOTICE]
        tripped = every(view.state[_name(clause, "since")] <= noticed, noticed <= view.day)
        fresh = some(fresh, every(accelerated > view.day, noticed > last))
    falls = every(tripped, fresh).citing(clause["then"].origin)
    dates = {
        _name(clause, "accelerated"): choose(falls, lowest(view.day, accelerated), accelerated),
        _name(clause, "last accelerated"): choose(falls, view.day, last),
    }
    return Change(view.fall_due(falls) | dates)


def rescinded(clause: CheckedClause, view: View, condition: Quantity) -> dict[str, Quantity]:
    """What was accelerated is not due any more, and so not accelerated."""
    accelerated = _name(clause, "accelerated")
    return {accelerated: choose(condition, never(), view.state[accelerated])}


def end(clause: CheckedClause, view: View) -> Change:
    """The holder waives the event, or the issuer cures it: what has begun by then. It may happen again."""
    tripped = _tripped(clause, view)
    begun = some(tripped <= view.day, _has_held(clause, view, None))
    # What was mended before it was a default leaves no mark: how the last default ended stands.
    ended = {"ended": view.day, "before": tripped, "ending": word(view.subject.partition("/")[0])}
    standing = {_name(clause, what): figure for what, figure in ended.items()}
    changes = {name: choose(tripped <= view.day, value, view.state[name]) for name, value in standing.items()}
    # Not only what the event rests on today: an amendment of it does not bring back what was cured or waived by then.
    forgotten = {name: never("nothing recorded since it was mended") for name in happened_for(clause.label, view.state)}
    anew = after_grace(view.day, view.model, Period(0, "days"))
    forgotten |= dict.fromkeys(watched_for(clause.label, view.state), anew)
    for run in _runs(clause):
        forgotten[watched_from(run)] = choose(view.run_since(run) <= view.day, anew, view.state[watched_from(run)])
    changes |= {name: choose(begun, value, view.state[name]) for name, value in forgotten.items()}
    # Where nothing had begun, nothing had tripped or was noticed either.
    changes |= {_name(clause, "since"): never(), _name(clause, "noticed"): never("no notice recorded")}
    return Change(changes | {_name(clause, "mended"): view.day}, {"counts": begun})


def default_rate(clause: CheckedClause, view: View) -> list[Any]:
    """The rate that takes the place of the note's while the event continues."""
    setting = clause["rate"]
    if setting.value is None:
        return []
    continues = view.once(continuing, clause)
    return [(continues, lambda prior: evaluate(setting.value, view, prior).named("default rate", setting.origin))]


def status(clause: CheckedClause, view: View) -> dict[str, Quantity]:
    accelerated = view.state[_name(clause, "accelerated")]
    return {"accelerated": accelerated <= view.day, "in default": view.once(continuing, clause)}


def states(clause: CheckedClause, view: View) -> list[tuple[str, dict[str, Quantity]]]:
    """Where this event stands, since when it stands there, and from when it is a default, or last was one."""
    tripped, ended = (view.state[_name(clause, what)] for what in ("since", "ended"))
    standings = [(ended <= view.day, view.state[_name(clause, "ending")], ended)]  # each goes before those above it
    standings += _running(clause, view)
    standings.append((view.once(continuing, clause), word("default continuing"), tripped))
    if clause["then"].value is not None:
        accelerated = view.state[_name(clause, "accelerated")]
        standings.append((accelerated <= view.day, word("accelerated"), accelerated))
    where, since_when = word("not tripped"), never()
    for stands, what, start in standings:
        where, since_when = choose(stands, what, where), choose(stands, start, since_when)
    default_since = choose(tripped <= view.day, tripped, view.state[_name(clause, "before")])
    figures = {"state": where.named(clause.label, *clause.cites), "since": since_when, "default_since": default_since}
    return [(clause.label, figures)]


def _running(clause: CheckedClause, view: View) -> Iterator[tuple[Quantity, Quantity, Quantity]]:
    """Whether it may still be mended in time, and since when that time runs."""
    if _grace(clause) is None and _cure(clause) is None:
        return
    graced = _has_held(clause, view, _grace(clause))
    if _cure(clause) is not None:
        noticed = _noticed(clause, view)
        yield graced, word("notice awaited"), _since(clause, view, _grace(clause))
        yield every(graced, noticed <= view.day), word("cure running"), noticed
    if _grace(clause) is not None:
        begun = every(_has_held(clause, view, None), ~graced)
        yield begun, word("grace running"), _since(clause, view, None)


def in_default(said: Said, view: View) -> Quantity:
    truth: Quantity = view.ask("in_default")
    return truth


def next_dates(clause: CheckedClause, view: View) -> list[tuple[Quantity, str]]:
    runs = [_becomes_one(clause, view)[0]] if _grace(clause) or _cure(clause) else []  # of what has begun
    begun = [view.model.shifted(day, Period(0, "days"), extra_days=-1) for day in runs if is_settled(day)]
    days = (*known_tests(clause["when"].value, view.model, _grace(clause)), *begun)
    shown = [choose(view.once(continuing, clause), never(), day).citing(clause.origin) for day in days]
    return [(day, f"last day before default `{clause.label}`") for day in shown]


def check(clause: CheckedClause, model: Model) -> list[object]:
    found: list[object] = []
    when = clause["when"]
    if not is_dated(when.value, model):
        help = "name what happened: a late payment, a bankruptcy, an event, a price"
        found.append(finding("E211", "an event of default needs a date from which it holds", when.origin, help))
    if clause["rate"].value is not None and _is_contested(clause, model):
        message = "two rules set the interest rate on the same day"
        found.append(finding("E210", message, clause["rate"].origin, _another_way(clause, model)))
    return found


def _another_way(clause: CheckedClause, model: Model) -> str:
    """How else to write the rate: `in default` is the event alone where the note states no other."""
    if len(model.all_of(clause.keyword)) > 1:
        return f"write one rate for all events, or take this one out; what differs{LEFT_OUT}"
    written = f'interest "{clause.label}": {clause["rate"].origin.words} when in default'
    return f'take this out, and write `{written}`, with `over "…"` between it and the other'


def _is_contested(clause: CheckedClause, model: Model) -> bool:
    """Whether another clause sets the rate of interest too, and nothing says which of them prevails."""
    others = [other for other, _ in model.signed("questions", "interest_rate") if other is not clause]
    rates = [other for other in others if other.keyword == clause.keyword and other["rate"].value is not None]
    excepted = any(setting.exceptions for other in others for setting in other.settings.values())
    return excepted or not all(_agree(other, clause) for other in rates)


def _agree(first: CheckedClause, second: CheckedClause) -> bool:
    """Whether two events of default bring one rate, whoever is first to bring it."""
    try:
        rates = [evaluate(clause["rate"].value, FIXED).value for clause in (first, second)]
    except NotFixed:
        return False
    return bool(rates[0] == rates[1])


def _ended(how: str) -> Any:
    return lambda said: (f"{how}/{said['text']}", {})


def _of_label(word_: str, event: str, read: Any, doc: str) -> FactKind:
    return FactKind(f"{word_} {{text}}", event, read, f"{doc} with this label", of_label=True)


def _occurrence(key: str) -> Any:
    return lambda said: (key, {})


DEFAULT = Term(
    keyword="default",
    doc="An event of default.",
    words="The Note contains events of default including failure to make payments when due",
    example='default "payment" { when: payment is late }',
    many=True,
    label=True,
    fields=(
        Field("when", Condition(), "What trips it.", required=True),
        Field("grace", Phrases(("{period}",)), "How long it may be mended before it is a default."),
        Field("cure", Phrases(("{period} after notice",)), "How long it may be mended after the holder's notice."),
        Field("then", Phrases(("acceleration", ON_NOTICE)), "Whether everything falls due."),
        Field("rate", Figure("rate"), "The rate of interest while it continues, where any interest runs."),
    ),
    facts=(
        FactKind("bankruptcy", "occurrence", _occurrence("bankruptcy"), "the issuer went bankrupt"),
        FactKind("insolvency", "occurrence", _occurrence("insolvency"), "the issuer became insolvent"),
        FactKind("acceleration", "occurrence", _occurrence("acceleration"), "the holder gave notice of acceleration"),
        _of_label(
            "notice", "notice", lambda said: (said["text"], {}), "the holder gave notice of the event of default"
        ),
        _of_label("cured", "ending", _ended("cured"), "the event of default was cured"),
        _of_label("waived", "ending", _ended("waived"), "the holder waived the event of default"),
    ),
    conditions=(ConditionKind(IN_DEFAULT, in_default, doc="An event of default is continuing."),),
    state=state,
    schedule=events,
    rescinded=rescinded,
    steps={"notice": notice, "default test": test, "lateness": test, "consequence": consequence, "ending": end},
    questions={
        "in_default": continuing,
        "interest_rate": default_rate,
        "status": status,
        "default_states": states,
        "next_dates": next_dates,
    },
    check=check,
)
