"""Events of default: where each stands, by the words of docs/decisions/0004 and the design.

An event begins; grace, or the time after the holder's notice, runs; then it is a default, until it is cured or
waived. What is mended before its time is over never was a default. What has ended may happen again.
"""

from copy import copy
from dataclasses import replace
from datetime import date
from typing import Any

from .calendar import DAY
from .description import Condition, Default, Lookback
from .terms import Terms
from .unknown import above, applied, at_most, chosen, every, known, least, most, negated, some

NEVER = date.max


class Standing:
    """One event of default: when it last became one, and how the one before it ended."""

    def __init__(self, said: Default) -> None:
        self.label, self.keys = said.label, leaves(said.when)
        self.happened: dict[Condition, date] = {}  # first occurrence since the last one ended, of whatever occurs
        self.watched_from: dict[Condition, Any] = {}  # of a price watched when it ended: the first day to count
        self.others_from: Any = None  # of every other price
        self.excused: date | None = None  # the payment date of which lateness was cured or waived
        self.noticed: Any = NEVER
        self.since: Any = NEVER
        self.ended: Any = NEVER
        self.before: Any = NEVER  # when what ended then had become a default
        self.how = ""
        self.accelerated: Any = NEVER
        self.last_accelerated: Any = NEVER  # also where another maturity date has undone it
        self.late_by: dict[date, Any] = {}  # last day for payment: whether something was unpaid at its close
        self.look: set[date] = set()  # days on which it may have become a default
        self.look_for_payment: set[date] = set()  # those that follow from the terms

    def copied(self) -> "Standing":
        other = copy(self)
        other.happened, other.late_by, other.look = dict(self.happened), dict(self.late_by), set(self.look)
        other.watched_from = dict(self.watched_from)
        return other

    def occur(self, said: Default, terms: Terms, key: Condition, day: date) -> None:
        self.happened[key] = least(self.happened.get(key, NEVER), day)
        if key in self.keys:
            self._look(said, terms, terms.after(day, said.grace))

    def take_up(self, said: Default, terms: Terms, day: date, passes: Any, market: Any) -> None:
        """What the event rests on under other terms; a price that these watch has been watched all the time."""
        if self.keys == leaves(said.when):
            return
        self.keys = leaves(said.when)
        look, session = set(self.look), terms.note.issued
        while session <= day:
            if market.has_session(session):
                self.watch(said, terms, session, passes, market)
            session += DAY
        self.look = look  # those days are over

    def watch(self, said: Default, terms: Terms, day: date, passes: Any, market: Any) -> None:
        """What a session brings of a price that is watched: of so many sessions since the event was last mended."""
        for key in self.keys:
            if key[0] != "watched":
                continue
            start, before = self._start(key, terms), self.happened.get(key, NEVER)
            sessions = market.window(Lookback("lowest", key[3], edge="through"), day)
            complete = every(at_most(start, sessions[0]), *(passes(key, session) for session in sessions))
            if complete is not False and not (known(before) and before <= day):
                self.happened[key] = chosen(complete, least(before, day), before)
                self._look(said, terms, terms.after(day, said.grace))

    def _start(self, key: Condition, terms: Terms) -> Any:
        """The first day that counts for a price that is watched."""
        return self.watched_from.get(_words(key), self.others_from or terms.note.issued)

    def look_again(self, said: Default, terms: Terms, today: date) -> None:
        """Under other terms what has begun may become a default on other days, and today if they are over."""
        starts = [terms.moved(terms.payment_date, key[1], said.grace) + DAY for key in self.keys if key[0] == "late"]
        self.look_for_payment = {day for start in starts for day in self._days(said, terms, start, today)}
        began = [self.happened.get(key, NEVER) for key in self.keys]
        starts = [terms.after(each, said.grace) for each in began if known(each) and each != NEVER]
        starts += [self.noticed] if said.cure is not None and known(self.noticed) and self.noticed != NEVER else []
        for start in starts:
            self._look(said, terms, start, today)

    def _look(self, said: Default, terms: Terms, start: date, today: date = date.min) -> None:
        """From a day on it may be a default."""
        self.look |= self._days(said, terms, start, today)

    def _days(self, said: Default, terms: Terms, start: date, today: date) -> set[date]:
        """That day, or when a cure that runs from it is over; and today, where that is over and was not looked at."""
        day = terms.after(start, said.cure)
        return {day} if self.looks(day) else {day, max(day, today)}

    def looks(self, day: date) -> bool:
        """Whether it may have become a default on a day."""
        return day in self.look or day in self.look_for_payment

    def held(self, said: Default, terms: Terms, day: date, unpaid: Any) -> Any:
        """From when the event has held, its grace over, as far as can be said at the close of a day."""

        def of(when: Condition) -> Any:
            match when:
                case ("late", by):
                    return self._late(terms.moved(terms.payment_date, by, said.grace), terms, day, unpaid)
                case ("and", *items):
                    return most(*map(of, items))
                case ("or", *items):
                    return least(*map(of, items))
            return graced(self.happened.get(when, NEVER))

        def graced(began: Any) -> Any:
            return applied(lambda day: day if day == NEVER else terms.after(day, said.grace), began)

        return of(said.when)

    def held_by(self, said: Default, terms: Terms, day: date, unpaid: Any) -> Any:
        """Whether the event has held by a day, its grace over."""

        def of(when: Condition) -> Any:
            match when:
                case ("and", *items):
                    return every(*map(of, items))
                case ("or", *items):
                    return some(*map(of, items))
            return at_most(self.held(replace(said, when=when), terms, day, unpaid), day)

        return of(said.when)

    def _late(self, last: date, terms: Terms, day: date, unpaid: Any) -> Any:
        """From the day after the last one for payment, if that day closed with something unpaid that still is."""
        if day <= last or self.excused == terms.payment_date:
            return NEVER
        return chosen(every(self.late_by.get(last, True), unpaid), last + DAY, NEVER)

    def morning(self, said: Default, terms: Terms, day: date, unpaid: Any) -> None:
        """Whether what was to be paid by yesterday was unpaid when that closed."""
        for key in leaves(said.when):
            if key[0] == "late" and day - DAY == (last := terms.moved(terms.payment_date, key[1], said.grace)):
                self.late_by[last] = unpaid
                self._look(said, terms, day)
        self.test(said, terms, day, unpaid)

    def began(self, said: Default, terms: Terms, day: date, unpaid: Any) -> Any:
        """Whether the event has begun, its grace over or not, and has not been mended."""

        def of(when: Condition) -> Any:
            match when:
                case ("late", by):
                    if self.excused == terms.payment_date or day <= terms.moved(terms.payment_date, by):
                        return False
                    last = terms.moved(terms.payment_date, by, said.grace)
                    return every(unpaid, self.late_by.get(last, True) if day > last else True)
                case ("and", *items):
                    return every(*map(of, items))
                case ("or", *items):
                    return some(*map(of, items))
            return at_most(self.happened.get(when, NEVER), day)

        return of(said.when)

    def notice(self, said: Default, terms: Terms, day: date, unpaid: Any) -> None:
        """The first notice of what has happened by then starts the time for its cure."""
        if said.cure is not None:
            self._look(said, terms, day)
        noticed = self._noticed(said, terms, day, unpaid)
        counts = every(self.held_by(said, terms, day, unpaid), above(noticed, day))
        self.noticed = chosen(counts, day, noticed)

    def _noticed(self, said: Default, terms: Terms, day: date, unpaid: Any) -> Any:
        """The notice of what holds now: one from before it began, its grace over, was of something else."""
        return chosen(above(self.held(said, terms, day, unpaid), self.noticed), NEVER, self.noticed)

    def ready(self, said: Default, terms: Terms, day: date, unpaid: Any) -> tuple[Any, Any]:
        """Whether it is a default, its grace and its cure after notice over, and from when."""
        held, by_today = self.held(said, terms, day, unpaid), self.held_by(said, terms, day, unpaid)
        if said.cure is None:
            return by_today, held
        ends = [
            applied(lambda start: NEVER if start == NEVER else terms.after(start, said.cure), each)
            for each in (held, self._noticed(said, terms, day, unpaid))
        ]
        return every(by_today, *(at_most(end, day) for end in ends)), most(*ends)

    def test(self, said: Default, terms: Terms, day: date, unpaid: Any) -> None:
        """The first date on which it was a default stands."""
        if self.looks(day):
            ready, when = self.ready(said, terms, day, unpaid)
            self.since = chosen(at_most(self.since, day), self.since, chosen(ready, when, NEVER))

    def end(self, said: Default, terms: Terms, day: date, unpaid: Any, how: str) -> None:
        """A cure or a waiver of what has begun; of what has not it says nothing."""
        self.test(said, terms, day, unpaid)
        tripped = at_most(self.since, day)
        begun = some(tripped, self.began(said, terms, day, unpaid))
        self.ended = chosen(tripped, day, self.ended)
        self.before = chosen(tripped, self.since, self.before)
        self.how = chosen(tripped, how, self.how)
        # What an amendment watches later is watched from then on, if something ended.
        complete = {
            _words(key): every(begun, at_most(self.happened.get(key, NEVER), day))
            for key in self.keys
            if key[0] == "watched"
        }
        starts = {words: self._start(words, terms) for words in {**self.watched_from, **complete}}
        self.watched_from = {
            words: chosen(complete.get(words, begun), day + DAY, start) for words, start in starts.items()
        }
        self.others_from = chosen(begun, day + DAY, self.others_from or terms.note.issued)
        self.happened = {key: chosen(begun, NEVER, first) for key, first in self.happened.items()}
        # Where nothing had begun, nothing had become a default or was noticed.
        self.since, self.noticed = NEVER, NEVER
        if day > terms.payment_date:
            self.excused = terms.payment_date

    def continuing(self, day: date) -> Any:
        return at_most(self.since, day)

    def row(self, said: Default, terms: Terms, day: date, unpaid: Any) -> dict[str, Any]:
        """Where it stands and since when, and since when it is a default, or was the last one."""
        graced, noticed = self.held_by(said, terms, day, unpaid), self._noticed(said, terms, day, unpaid)
        is_noticed = at_most(noticed, day)
        counting = every(self.began(said, terms, day, unpaid), negated(graced))
        tests = (  # the first that is true
            (at_most(self.accelerated, day), "accelerated", self.accelerated),
            (self.continuing(day), "default continuing", self.since),
            (every(said.grace is not None, counting), "grace running", self._begun(said, terms, day, unpaid)),
            (every(said.cure is not None, graced, is_noticed), "cure running", noticed),
            (every(said.cure is not None, graced), "notice awaited", self.held(said, terms, day, unpaid)),
            (at_most(self.ended, day), self.how, self.ended),
        )
        state: Any = "not tripped"
        since: Any = NEVER
        for holds, words, start in reversed(tests):
            state, since = chosen(holds, words, state), chosen(holds, start, since)
        return {"state": state, "since": since, "default_since": chosen(self.continuing(day), self.since, self.before)}

    def _begun(self, said: Default, terms: Terms, day: date, unpaid: Any) -> Any:
        """From when it has held, whatever its grace."""

        def of(when: Condition) -> Any:
            match when:
                case ("late", by):
                    began = self.began(replace(said, when=when), terms, day, unpaid)
                    return chosen(began, terms.moved(terms.payment_date, by) + DAY, NEVER)
                case ("and", *items):
                    return most(*map(of, items))
                case ("or", *items):
                    return least(*map(of, items))
            return self.happened.get(when, NEVER)

        return of(said.when)


def _words(key: Condition) -> Condition:
    """A price that is watched, whenever it was written."""
    word, order, (fixed, level, *_), sessions = key
    return (word, order, (fixed, level), sessions)


def leaves(when: Condition) -> list[Condition]:
    """The conditions that are not made of others."""
    if when[0] in ("and", "or", "not"):
        return [leaf for item in when[1:] for leaf in leaves(item)]
    return [when]


def holds(when: Condition, sees: Any) -> Any:
    """Whether a condition of an exception holds, as `sees` answers for each of its leaves."""
    match when:
        case ("not", item):
            return negated(holds(item, sees))
        case ("and", *items):
            return every(*(holds(item, sees) for item in items))
        case ("or", *items):
            return some(*(holds(item, sees) for item in items))
    return sees(when)
