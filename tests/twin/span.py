"""When a process acts: from a time or a milestone on, until another time."""

from agenda import OPENING


class Span:
    def __init__(self, net, table, begins, ends):
        self.net = net
        self.begins = net.reader.time(table.pop(begins, 0))
        self.ends = net.reader.time(table.pop(ends)) if ends in table else float("inf")
        self.milestone = table.pop("after", None)
        self.delay = net.reader.sampler(table.pop("delay", 0))

    def wait(self):
        """Until it begins: the later of the two, if it waits for a milestone as well. `begins` may have been before the start."""
        if self.milestone is not None:
            milestone = self.net.milestones[self.milestone]
            yield milestone.reached
            self.begins = max(self.begins, milestone.day + self.delay())
        yield self.net.env.at(self.begins, OPENING)

    def first(self, interval):
        """Days from now to the first of the times that follow each other at intervals from `begins` on; those before the start are skipped."""
        day = self.begins + interval()
        while day < 0:
            day += interval()
        return day - self.net.env.now
