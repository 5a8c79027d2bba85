"""Small generators of scenarios that are large in one respect: what a stranger may choose the number or size of."""

HEAD = """format = 1
[scenario]
name = "large"
start = 2024-01-01
end = 2024-03-01
[observe]
every = 30
[item.x]
"""


def tempo_states(states, following=""):
    """A demand whose tempo has that many states; `following` is written into each."""
    parts = ", ".join(f"s{i} = {{ mean = 1{following} }}" for i in range(states))
    return HEAD + f'[site.a]\nstock = {{ x = 5 }}\n[demand.d]\nsite = "a"\nitems = ["x"]\nevery = 1\nsize = 1\nstates = {{ {parts} }}\n'


def tempo_ring(states, initial=""):
    """The same, each state followed by the next one."""
    parts = ", ".join(f"s{i} = {{ mean = 1, next = {{ s{(i + 1) % states} = 1 }} }}" for i in range(states))
    return HEAD + f'[site.a]\n[demand.d]\nsite = "a"\nitems = ["x"]\nevery = 1\nsize = 1\n{initial}states = {{ {parts} }}\n'


def alternatives(scenario, number, path):
    """A scenario with that many alternatives, each of which sets another value at the path."""
    return scenario + "".join(f'[alternative.a{i}]\nset = {{ "{path}" = {i + 1} }}\n' for i in range(number))


def vehicles(number, stock=10**12, transit="20"):
    """A route whose vehicles could all leave at the first instant."""
    return HEAD + f'[site.a]\nstock = {{ x = {stock} }}\n[site.b]\n[route.r]\nfrom = "a"\nto = "b"\nitems = ["x"]\nvehicles = {number}\ncapacity = 1\ntransit = {transit}\n'


def sites(number):
    """Sites, of which every tenth has a supply, every tenth a demand, and a route leads from the one to the other."""
    parts = []
    for i in range(number):
        parts.append(f"[site.s{i}]\nstock = {{ x = {i % 7} }}\n")
        if i % 10 == 0:
            parts.append(f'[supply.p{i}]\nsite = "s{i}"\nitem = "x"\nevery = 7\nquantity = 3\n')
        if i % 10 == 1:
            parts.append(f'[route.r{i}]\nfrom = "s{i - 1}"\nto = "s{i}"\nitems = ["x"]\ntransit = 2\n')
        if i % 10 == 2:
            parts.append(f'[demand.d{i}]\nsite = "s{i}"\nitems = ["x"]\nevery = 5\nsize = 1\n')
    return HEAD + "".join(parts)


def weekly_routes(number):
    """As many routes, each between two sites of its own, which all leave and arrive at the same instants."""
    return HEAD + "".join(
        f'[site.s{i}]\nstock = {{ x = 50 }}\n[site.t{i}]\n[route.r{i}]\nfrom = "s{i}"\nto = "t{i}"\nitems = ["x"]\n'
        'capacity = 1\ntransit = 0\ndeparts = { every = 7 }\n' for i in range(number))


def orders(number):
    """A depot and as many bases that order from it: every rule counts orders, routes and backlogs."""
    parts = ['[site.depot]\nstock = { x = 1000000 }\n']
    for i in range(number):
        parts.append(f'[site.s{i}]\nstock = {{ x = 5 }}\n[route.r{i}]\nfrom = "depot"\nto = "s{i}"\nitems = ["x"]\n'
                     'transit = 2\norder = { up_to = 9 }\n'
                     f'[demand.d{i}]\nsite = "s{i}"\nitems = ["x"]\nevery = 20\nsize = 1\nunmet = "backlog"\n')
    return HEAD + "".join(parts)


def items(number):
    """One site and one route that has them all."""
    names = [f"i{n}" for n in range(number)]
    listed = ", ".join(f'"{name}"' for name in names)
    stock = ", ".join(f"{name} = 1" for name in names)
    return (HEAD + "".join(f"[item.{name}]\n" for name in names)
            + f'[site.a]\nstock = {{ {stock} }}\n[site.b]\n'
            + f'[route.r]\nfrom = "a"\nto = "b"\nitems = [{listed}]\ntransit = 2\n'
            + f'[demand.d]\nsite = "b"\nitems = [{listed}]\nevery = 5\nsize = 1\n')


def disruptions(number):
    """Disruptions that each change all of as many supplies."""
    parts = ['[site.a]\n']
    for i in range(number):
        parts.append(f'[supply.m{i}]\nsite = "a"\nitem = "x"\nevery = 50\nquantity = 1\n'
                     f'[disruption.z{i}]\nat = 59\ntargets = ["supply.*"]\nfactor = 0.5\nlasts = 3\n')
    return HEAD + "".join(parts)


def listed_targets(number):
    """One disruption that names as many supplies."""
    listed = ", ".join(f'"supply.m{i}"' for i in range(number))
    return (HEAD + "[site.a]\n"
            + "".join(f'[supply.m{i}]\nsite = "a"\nitem = "x"\nevery = 50\nquantity = 1\n' for i in range(number))
            + f"[disruption.z]\nat = 3\ntargets = [{listed}]\nfactor = 0.5\nlasts = 3\n")


def milestones(number):
    """Milestones of one stock, each of which starts a disruption."""
    parts = ['[site.a]\n[supply.s]\nsite = "a"\nitem = "x"\nevery = 1\nquantity = 100\n']
    for i in range(number):
        parts.append(f'[milestone.m{i}]\nmetric = "stock.a.x"\nreaches = {1 + i}\n'
                     f'[outcome.o{i}]\nvalue = "milestone.m{i} + stock.a.x"\n')
    return HEAD + "".join(parts)


def correlated(parameters, star=False):
    """Uncertain parameters, each correlated with the one before it, or all with the first."""
    parts = [f'[parameter.p{i}]\ndist = "uniform"\nmin = 0\nmax = 1\n' for i in range(parameters)]
    with_first = 0.5 / parameters ** 0.5
    pairs = ", ".join(f'["p{0 if star else i}", "p{i + 1}", {with_first if star else 0.4}]' for i in range(parameters - 1))
    return HEAD + "".join(parts) + f"[correlation]\npairs = [{pairs}]\n[site.a]\n"


def parameter_chain(parameters, first='dist = "uniform"\nmin = 0\nmax = 1'):
    """Each parameter is computed from the one before it; written from the last to the first."""
    parts = [f'[parameter.p{i}]\nvalue = "0.5 * p{i - 1} + 1"\n' for i in range(parameters - 1, 0, -1)]
    return HEAD + "".join(parts) + f'[parameter.p0]\n{first}\n[site.a]\nstock = {{ x = "p{parameters - 1}" }}\n'


def schedule(entries):
    """A supply with that many deliveries."""
    listed = ", ".join(f"[{i % 60}, 1]" for i in range(entries))
    return HEAD + f'[site.a]\n[supply.s]\nsite = "a"\nitem = "x"\nschedule = [{listed}]\n'


def steps(entries):
    """A rate with that many steps."""
    listed = ", ".join(f"[{60 * i / entries}, {i % 3}]" for i in range(entries))
    return HEAD + f'[site.a]\n[supply.s]\nsite = "a"\nitem = "x"\nrate = {{ steps = [{listed}] }}\n'


def closures(entries):
    """A route with that many closures."""
    listed = ", ".join(f"{{ from = {60 * i / entries}, to = {60 * (i + 0.5) / entries} }}" for i in range(entries))
    return HEAD + f'[site.a]\nstock = {{ x = 100 }}\n[site.b]\n[route.r]\nfrom = "a"\nto = "b"\nitems = ["x"]\ncapacity = 1\nvehicles = 1\ntransit = 1\nclosed = [{listed}]\n'


def samples(values):
    """A distribution given by that many values."""
    listed = ", ".join(str(i) for i in range(values))
    return HEAD + f'[parameter.p]\ndist = "empirical"\nvalues = [{listed}]\n[site.a]\nstock = {{ x = "p" }}\n'


def long_expression(characters):
    """An outcome whose expression has about that many characters."""
    value = "1" + " + 1" * (characters // 4)
    return HEAD + f'[site.a]\n[outcome.o]\nvalue = "{value}"\n'


def long_name(characters):
    """A site whose name has that many characters."""
    return HEAD + f"[site.{'a' * characters}]\nstock = {{ x = 1 }}\n"
