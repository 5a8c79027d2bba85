"""The clock of the twin: a SimPy environment that goes through the steps of each instant (docs/model.md, section 4)."""

import heapq

import simpy
from simpy.core import EmptySchedule

# The steps of an instant. An event's rank is that of its step and its place there: by kind, then by name.
STEP = 1000
DISRUPTION, SUPPLY, ARRIVAL, EXCHANGE, DISPATCH, DEMAND, ORDER, MILESTONE, OBSERVATION = range(STEP, 10 * STEP, STEP)
OPENING, BREAKDOWN, TEMPO = DISRUPTION + 250, DISRUPTION + 500, DISRUPTION + 750
PRODUCTION = SUPPLY + 500
SERVING = DISPATCH + 999  # after all departures of the instant have fallen due
TINY = 1e-9  # days, or units of operational time: below it nothing is left


class Timed(simpy.Event):
    """An event on a day, at its rank among those of that instant."""

    def __init__(self, env, rank, day):
        self.env, self.callbacks, self._ok, self._value = env, [], True, None
        env.enter(self, rank, max(day, env.now))


class Call:
    """Something to do later in this instant, at its rank; to call it twice before then is to call it once."""

    def __init__(self, env, rank, action):
        self.env, self.rank, self.action, self.pending = env, rank, action, False

    def __call__(self):
        if not self.pending:
            self.pending = True
            Timed(self.env, self.rank, self.env.now).callbacks.append(self.run)

    def run(self, _):
        self.pending = False
        self.action()


class Agenda(simpy.Environment):
    """The clock, in days since the start; nothing happens at `horizon` or later.

    A step is finished before what it caused in earlier steps of the instant happens; then the first step that has something due follows.
    What SimPy does for itself (to start a process, to interrupt it) has ranks below those of all steps, and is done at once."""

    def __init__(self, horizon):
        super().__init__()
        self.horizon, self.due, self.step_of_instant = horizon, [], 0

    def schedule(self, event, priority=1, delay=0):
        self.enter(event, priority, self.now + delay)

    def enter(self, event, rank, day):
        entry = (rank, next(self._eid), event)
        if day == self.now:
            self.due.append(entry)
        else:
            heapq.heappush(self._queue, (day, *entry))

    def step(self):
        if not self.due:
            self.next_instant()
        chosen = min(self.due, key=self.turn)
        self.due.remove(chosen)
        rank, _, event = chosen
        if rank >= STEP:
            self.step_of_instant = rank // STEP
        callbacks, event.callbacks = event.callbacks, None
        for callback in callbacks:
            callback(event)
        if not event._ok and not hasattr(event, "_defused"):
            raise event._value

    def turn(self, entry):
        rank, number, _ = entry
        step = rank // STEP
        return (step not in (0, self.step_of_instant), step != 0, rank, number)

    def next_instant(self):
        if not self._queue:
            raise EmptySchedule
        self._now, self.step_of_instant = self._queue[0][0], 0
        while self._queue and self._queue[0][0] == self._now:
            self.due.append(heapq.heappop(self._queue)[1:])

    def after(self, days, rank):
        return Timed(self, rank, self.now + max(days, 0.0))

    def at(self, day, rank):
        return Timed(self, rank, day)

    def call_at(self, day, rank, action):
        self.at(day, rank).callbacks.append(lambda _: action())

    def never(self):
        return self.event()


class Sleeper:
    """A process that can be woken while it sleeps; what it was waiting for is then examined again."""

    def __init__(self, env):
        self.env, self.process = env, None

    def sleep(self, event):
        """Waits for the event; False if it was woken before."""
        self.process = self.env.active_process
        try:
            yield event
            return True
        except simpy.Interrupt:
            return False
        finally:
            self.process = None

    def wake(self):
        if self.process is not None:
            process, self.process = self.process, None
            process.interrupt()
