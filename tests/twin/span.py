"""When a process acts: from a time or a milestone on, until another time."""


class Span:
    def __init__(self, net, table, begins, ends):
        self.net = net
        self.begins = net.reader.time(table.pop(begins, 0))
        self.ends = net.reader.time(table.pop(ends)) if ends in table else float("inf")
        self.milestone = table.pop("after", None)
        self.delay = net.reader.sampler(table.pop("delay", 0))

    def wait(self, rank):
        """Until it begins: the later of the two, if it waits for a milestone as well."""
        begins = self.begins
        if self.milestone is not None:
            milestone = self.net.milestones[self.milestone]
            yield milestone.reached
            begins = max(begins, milestone.day + self.delay())
        if begins > self.net.env.now:
            yield self.net.env.at(begins, rank)
