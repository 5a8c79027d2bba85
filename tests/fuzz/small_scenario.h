#pragma once

#include <string_view>

namespace fuzz {

/// One of everything that the targets need.
inline constexpr std::string_view kSmallScenario = R"(format = 1
[scenario]
name = "fuzz"
start = 2024-01-01
end = 2024-01-20
[item.shell]
unit = "shells"
[parameter.delay]
value = 3
source = "a guess"
grade = "F6"
[site.depot]
stock = { shell = 5 }
[supply.plant]
site = "depot"
item = "shell"
rate = "1/day"
[milestone.some]
metric = "stock.depot.shell"
reaches = 9
)";

}  // namespace fuzz
