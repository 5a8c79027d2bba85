#include <materiel/scenario/starter_scenario.h>

namespace materiel::scenario {
namespace {

constexpr std::string_view kStarter =
    R"toml(# A scenario to begin with: parts come to a plant, drones go by road to a depot, and a front uses them.
# Change it piece by piece, and look after each change:
#
#   materiel check FILE       finds every mistake and says where it is
#   materiel explain FILE     draws the network and lists the assumptions
#   materiel run FILE         runs it a thousand times
#
# Times are days and rates are per day; day, week, month and year are constants: "200/month".
# Names of items, sites and so on are yours; labels are what figures call them.

format = 1                       # of the file: always first

[scenario]
title = "Drones from a plant to a depot"
start = 2024-01-01               # the clock starts at 00:00 of this day ...
end = 2025-07-01                 # ... and stops at 00:00 of this one
knowledge = 2024-01-01           # figures known later would be warned of

# ------------------------------------------------------------------------------------------- what is counted

[item.kit]
unit = "kits"
label = "Imported parts for one drone"

[item.drone]
unit = "drones"
label = "Finished drones"

# --------------------------------------------------------------------------------- what is not known for sure
# Drawn once for each of the thousand samples. Say where each figure comes from, and how good it is: the grade is
# a letter for the source (A reliable ... F can't be judged) and a digit for the figure (1 confirmed ... 6 can't be judged).

[parameter.plant_rate]
dist = "triangular"              # lowest, most likely, highest; docs/format.md lists 18 families
min = 120
mode = 180
max = 260
unit = "drones/month"
label = "Rate of the plant"
source = "an example: name the report that yours comes from"
as_of = 2023-12-01
grade = "F6"
note = "Replace it with a figure of your own."

[parameter.opening]
dist = "uniform"                 # a date may stand wherever a time is meant
min = 2024-02-01
max = 2024-06-01
label = "The plant opens"
source = "an example"
as_of = 2023-12-01
grade = "F6"

[parameter.slip]
value = 0                        # certain, but a question: materiel run FILE --set parameter.slip=90
unit = "days"
label = "Days by which the plant is late"
source = "a question of this study"

# ------------------------------------------------------------------------------------ where things are kept

[site.plant]
label = "The plant"
stock = { kit = 100 }            # what it holds at the start

[site.depot]
label = "The depot at the front"
stock = { drone = 400 }

# ------------------------------------------------------------------------------------- how things come and go

[supply.kits]                    # from outside the model: a lot of kits every two weeks
label = "Kits bought abroad"
site = "plant"
item = "kit"
every = "2*week"
quantity = { dist = "poisson", mean = 90 }      # drawn anew for each lot

[production.assembly]
label = "Assembly"
site = "plant"                   # takes its inputs here and puts its output here
makes = "drone"
uses = { kit = 1 }
opens = "opening + slip"         # an expression over parameters
rate = "plant_rate / month"
variability = { cv = 0.5 }       # how the units scatter around the rate
yield = 0.95                     # the share that passes the tests

[route.road]
label = "Trucks to the depot"
from = "plant"
to = "depot"
items = ["drone"]
vehicles = 2
capacity = 60                    # a trip takes 20 to 60 drones, or fewer after a week
minimum = 20
max_wait = 7
transit = { dist = "triangular", min = 2, mode = 4, max = 9 }
loss = 0.01                      # the probability that a trip is lost

[demand.front]
label = "Use at the front"
site = "depot"
items = ["drone"]
every = { dist = "exponential", mean = 3 }
size = { dist = "negative_binomial", mean = 16, dispersion = 2 }
unmet = "lost"                   # what is not there is not used; "backlog" would owe it

# ----------------------------------------------------------------------------------------------- what is asked

[milestone.first_drone]
label = "First drone made"
metric = "produced.assembly"
reaches = 1

[milestone.empty]                # the first day on which a condition holds
label = "Depot empty for the first time"
metric = "stock.depot.drone"
falls_to = 0

[outcome.gap]                    # a number that each run ends with
label = "Depot empty before the first drone is made"
value = "before(milestone.empty, milestone.first_drone)"
unit = "probability"

[outcome.used]
label = "Drones used"
value = "consumed.front"
unit = "drones"
)toml";

}  // namespace

std::string_view starter_scenario() {
  return kStarter;
}

}  // namespace materiel::scenario
