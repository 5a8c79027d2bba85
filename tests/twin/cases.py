"""Small networks without chance, and what they must come to by the page on the model: computed by hand, for both programs."""


class Cases(list):
    """Called, it notes a case: its name, the days it runs, the sections of its file, and the outcomes. In their names two underscores stand for
    a dot; None stands for missing."""

    def __call__(self, name, days, sections, **outcomes):
        self.append((name, days, sections, {name.replace("__", "."): value for name, value in outcomes.items()}))
