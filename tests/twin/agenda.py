"""The clock of the twin: a SimPy environment whose events of one instant take place by rank (docs/model.md, section 4)."""

import simpy

# What happens first at an instant. A process adds its place in the file, so that ranks of one kind stay below the next kind's.
DISRUPTION, SUPPLY, ARRIVAL, EXCHANGE, DISPATCH, DEMAND, ORDER, MILESTONE, OBSERVATION = range(1000, 10000, 1000)
TINY = 1e-9  # days, or units of operational time: below it nothing is left


class Timed(simpy.Event):
    """An event `delay` days from now, at its rank among those of that instant."""

    def __init__(self, env, rank, delay):
        self.env, self.callbacks, self._ok, self._value = env, [], True, None
        env.schedule(self, rank, delay)


class Call:
    """Something to do later in this instant, at its rank; to call it twice before then is to call it once."""

    def __init__(self, env, rank, action):
        self.env, self.rank, self.action, self.pending = env, rank, action, False

    def __call__(self):
        if not self.pending:
            self.pending = True
            Timed(self.env, self.rank, 0).callbacks.append(self.run)

    def run(self, _):
        self.pending = False
        self.action()


class Agenda(simpy.Environment):
    """The clock, in days since the start; nothing happens at `horizon` or later."""

    def __init__(self, horizon):
        super().__init__()
        self.horizon = horizon

    def after(self, days, rank):
        return Timed(self, rank, max(days, 0.0))

    def at(self, day, rank):
        return Timed(self, rank, max(day - self.now, 0.0))

    def call_at(self, day, rank, action):
        self.at(day, rank).callbacks.append(lambda _: action())

    def never(self):
        return self.event()


class Sleeper:
    """A process that can be woken while it sleeps; what it was waiting for is then looked at anew."""

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
