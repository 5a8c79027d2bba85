"""Who gets a scarce unit: claims, and routes that push (docs/model.md, section 4).

A process with claims has a `priority`; `place()`, the time of its first claim, its kind, its name and the claim's number; `able()`: whether
it could take now; and `serve()`, with which its first claim takes what it can."""

from agenda import SERVING, Call

PRODUCTION, ROUTE, DEMAND = range(3)  # the order of kinds


class Service:
    """Serves at one site, in rounds: in the dispatch step, and again after each step that has changed a stock there or an ability."""

    def __init__(self, env):
        self.env, self.claimants, self.routes, self.classes = env, [], [], None
        self.call = Call(env, SERVING, self.round)

    def group(self):
        """By priority number: the processes with claims, and the race of the routes that push."""
        in_turn = sorted(self.claimants + self.routes, key=lambda each: each.priority)
        self.classes = {process.priority: ([], Race(self.env)) for process in in_turn}
        for process in self.claimants:
            self.classes[process.priority][0].append(process)
        for route in self.routes:
            if route.order is None:
                self.classes[route.priority][1].routes.append(route)

    def round(self):
        if self.classes is None:
            self.group()
        self.update_races()
        for claimants, race in self.classes.values():
            while able := [process for process in claimants if process.able()]:
                min(able, key=lambda process: process.place()).serve()
            race.push()
        for route in self.routes:
            route.end_round()
        self.update_races()

    def update_races(self):
        for _, race in self.classes.values():
            if len(race.routes) > 1:
                race.update()


class Race:
    """The pushing routes of one origin and one priority: start-time fair queueing (Goyal, Vin & Cheng 1996)."""

    def __init__(self, env):
        self.env, self.routes = env, []

    def update(self):
        """Who comes in takes the larger of its own tag and the smallest of those that were there before this instant."""
        for route in self.routes:
            if not route.races():
                route.in_race_since = None
        before = [route.tag for route in self.routes if route.in_race_since is not None and route.in_race_since < self.env.now]
        for route in self.routes:
            if route.in_race_since is None and route.races():
                route.in_race_since = self.env.now
                route.tag = max(route.tag, min(before, default=route.tag))

    def push(self):
        """The able one with the smallest tag loads a whole trip, and so on."""
        while able := [route for route in self.routes if route.can_push()]:
            route = min(able, key=lambda each: (each.tag, each.name))
            route.tag += route.push() / route.share
