#include "property/random_scenario.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "support/lines.h"

namespace materiel::testing {

double RandomScenario::between(double low, double high) {
  return low + (high - low) * static_cast<double>(below(1001)) / 1000;
}

std::string RandomScenario::number(double low, double high) {
  return fmt::format("{:.4g}", between(low, high));
}

std::string RandomScenario::fixed(double low, double high) {
  if (parameters_.empty() || with(70)) return number(low, high);
  return fmt::format(R"x("min({}, max({}, {} * {}))")x", high, low, number(low, high), any(parameters_));
}

std::string RandomScenario::value(double low, double high) {
  return with(30) ? distribution(low, high) : fixed(low, high);
}

std::string RandomScenario::whole(int low, int high) {
  return std::to_string(low + static_cast<int>(below(static_cast<std::uint64_t>(high - low) + 1)));
}

/// Within [low, high], 0 <= low < high, but for the long tails of some.
std::string RandomScenario::distribution(double low, double high) {
  const double middle = 0.5 * (low + high);
  switch (below(12)) {
    case 0:
      return fmt::format(R"({{ dist = "uniform", min = {}, max = {} }})", low, high);
    case 1:
      return fmt::format(R"({{ dist = "triangular", min = {}, mode = {}, max = {} }})", low, middle, high);
    case 2:
      return fmt::format(R"({{ dist = "pert", min = {}, mode = {}, max = {}, shape = 3 }})", low, middle, high);
    case 3:
      return fmt::format(R"({{ dist = "normal", mean = {}, sd = {}, min = {}, max = {} }})", middle, high - low, low,
                         high);
    case 4:
      return fmt::format(R"({{ dist = "beta", a = 2, b = 3, min = {}, max = {} }})", low, high);
    case 5:
      return fmt::format(R"({{ dist = "discrete", values = [{}, {}], weights = [1, 3] }})", low, high);
    case 6:
      return fmt::format(R"({{ dist = "empirical", values = [{}, {}, {}] }})", low, middle, high);
    case 7:
      return fmt::format(R"({{ dist = "quantiles", p = [0, 0.4, 1], x = [{}, {}, {}] }})", low, middle, high);
    default:
      return fmt::format(R"({{ dist = "uniform", min = {}, max = {} }})", middle, high);
  }
}

/// Sizes may have tails, and be zero.
std::string RandomScenario::pattern() {
  if (with(60)) return interval();
  const double mean = between(2, 12);
  switch (below(3)) {
    case 0:
      return fmt::format(R"({{ dist = "negative_binomial", mean = {}, dispersion = 2 }})", mean);
    case 1:
      return fmt::format(R"({{ dist = "poisson", mean = {} }})", mean);
    default:
      return fmt::format(R"({{ dist = "binomial", n = 20, p = {} }})", mean / 20);
  }
}

/// Never zero: two routes without a transit time could send their loads to and fro without end at one instant.
std::string RandomScenario::interval() {
  const double mean = between(2, 12);
  switch (below(6)) {
    case 0:
      return fmt::format(R"({{ dist = "exponential", mean = {} }})", mean);
    case 1:
      return fmt::format(R"({{ dist = "gamma", mean = {}, cv = 0.6 }})", mean);
    case 2:
      return fmt::format(R"({{ dist = "lognormal", mean = {}, cv = 0.5 }})", mean);
    case 3:
      return fmt::format(R"({{ dist = "lognormal", median = {}, gsd = 1.4 }})", mean);
    case 4:
      return fmt::format(R"({{ dist = "lognormal", p05 = {}, p95 = {} }})", mean / 2, mean * 2);
    default:
      return fmt::format(R"({{ dist = "weibull", shape = 1.5, scale = {} }})", mean);
  }
}

/// A key, its value written into it, or nothing.
std::string RandomScenario::maybe(int percent, const char* key, const std::string& value) {
  return with(percent) ? fmt::format(fmt::runtime(key), value) : std::string{};
}

/// Appends a line with a key, or nothing.
void RandomScenario::maybe_line(std::string& text, int percent, const char* key, const std::string& value) {
  if (with(percent)) add_line(text, fmt::runtime(key), value);
}

/// A rate, as TOML.
std::string RandomScenario::rate(double most) {
  switch (below(6)) {
    case 0:
      return fmt::format("{{ steps = [[0, {}], [{}, {}], [60, {}]] }}", value(0, most), number(10, 50), value(0, most),
                         number(0, most));
    case 1:
      return fmt::format("{{ points = [[5, {}], [40, {}]] }}", fixed(0, most), fixed(0, most));
    case 2:
    case 3: {
      const Words ramps{"linear", "logistic", "exponential"};
      return fmt::format(R"({{ ramp = "{}", from = {}, to = {}, begins = {}, lasts = {} }})", any(ramps),
                         number(0, most), value(0, most), number(0, 40), number(5, 60));
    }
    case 4:
      return fmt::format("{{ value = {}, seasonal = [1, 0.5, 0, 1.2, 1, 1, 1, 1, 1, 1, 1, 2] }}", number(0, most));
    default:
      return value(0, most);
  }
}

std::string RandomScenario::span(const char* begins, const char* ends) {
  std::string text;
  if (with(30)) add_line(text, "{} = {}", begins, with(40) ? number(-40, 0) : value(0, 40));
  if (with(20)) add_line(text, "{} = {}", ends, number(60, 90));
  if (milestone_ && with(15)) {
    add_line(text, R"(after = "first")");
    maybe_line(text, 70, "delay = {}", value(0, 10));
  }
  return text;
}

std::string RandomScenario::parameters() {
  std::string text;
  int drawn = 0;  // of the first two
  const std::uint64_t n = below(4);
  for (std::uint64_t i = 0; i < n; ++i) {
    const std::string name = fmt::format("p{}", i);
    add_line(text, "[parameter.{}]", name);
    maybe_line(text, 70, R"(label = "Number {}")", std::to_string(i));
    maybe_line(text, 70, R"(source = "{}")", R"(a \"prior\")");
    const std::size_t begins = text.size();
    switch (below(4)) {
      case 0:
        add_line(text, "value = 0.8");
        break;
      case 1:
        add_line(text, R"(dist = "triangular"
min = 0.5
mode = 1
max = 1.5)");
        maybe_line(text, 60, R"(grade = "{}")", "F6");
        break;
      case 2:
        add_line(text, R"(dist = "gamma"
mean = 1
cv = 0.3)");
        maybe_line(text, 60, "as_of = {}", "2023-05-01");
        break;
      default:
        if (i > 0)
          add_line(text, R"(value = "1.1 * p{}")", i - 1);
        else
          add_line(text, R"(dist = "uniform"
min = 0.03
max = 0.05
unit = "month")");
    }
    parameters_.push_back(name);
    drawn += i < 2 && text.compare(begins, 4, "dist") == 0 ? 1 : 0;
  }
  if (drawn == 2)
    add_line(text, R"([correlation]
pairs = [["p0", "p1", 0.4]])");
  return text;
}

std::string RandomScenario::sites() {
  constexpr int kMostStock = 80;  // of an item at the start; no capacity may be less
  std::string text;
  for (const std::string& site : sites_) {
    add_line(text, "[site.{}]", site);
    Words stock, capacity;
    for (const std::string& item : items_) {
      // Always: without it there may be no such stock, and no metric of it.
      stock.push_back(fmt::format("{} = {}", item, with(30) ? distribution(0, kMostStock) : whole(0, kMostStock)));
      if (with(30)) capacity.push_back(fmt::format("{} = {}", item, whole(kMostStock, 200)));
      metrics_.push_back(fmt::format("stock.{}.{}", site, item));
    }
    add_line(text, "stock = {{ {} }}", fmt::join(stock, ", "));
    if (with(25)) {
      add_line(text, "capacity = {}", whole(kMostStock * static_cast<int>(items_.size()), 400));
    } else if (!capacity.empty()) {
      add_line(text, "capacity = {{ {} }}", fmt::join(capacity, ", "));
    }
  }
  return text;
}

std::string RandomScenario::supply(const std::string& name) {
  std::string text;
  add_line(text, R"([supply.{}]
site = "{}"
item = "{}")",
           name, any(sites_), any(items_));
  targets_.push_back("supply." + name);
  metrics_.push_back("supplied." + name);
  if (with(30)) {
    add_line(text, "schedule = [[{}, {}], [{}, {}]]", number(1, 30), whole(0, 40), value(40, 90), whole(0, 40));
  } else if (with(50)) {
    add_line(text, R"(every = {}
quantity = {})",
             with(50) ? value(1, 9) : interval(), with(50) ? whole(0, 20) : pattern());
  } else {
    add_line(text, "rate = {}", rate(3));
    if (with(60)) add_line(text, "variability = {}", with(50) ? R"("poisson")" : "{ cv = 0.7 }");
  }
  if (with(30)) add_line(text, "total = {}", whole(0, 100));
  return text + span("begins", "ends");
}

std::string RandomScenario::production(const std::string& name) {
  const std::string site = any(sites_), output = any(items_);
  std::string text;
  add_line(text, R"([production.{}]
site = "{}"
makes = "{}")",
           name, site, output);
  targets_.push_back("production." + name);
  metrics_.push_back("produced." + name);
  Words uses;
  for (const std::string& item : items_)
    if (item != output && with(60)) uses.push_back(fmt::format("{} = {}", item, whole(1, 3)));
  if (!uses.empty()) add_line(text, "uses = {{ {} }}", fmt::join(uses, ", "));
  add_line(text, "rate = {}", rate(2));
  if (with(50)) add_line(text, "variability = {{ cv = 0.5 }}");
  if (with(30)) add_line(text, "batch = {}", whole(1, 5));
  if (with(30)) add_line(text, "yield = {}", value(0.2, 1));
  if (with(20)) add_line(text, "total = {}", whole(0, 60));
  if (with(30)) add_line(text, "breakdowns = {{ uptime = {}, repair = {} }}", value(2, 30), value(0, 9));
  if (with(30))
    add_line(text, "learning = {{ slope = {}, reference = {}{} }}", number(0.7, 1), number(1, 40),
             with(50) ? ", ceiling = " + number(0.5, 3) : std::string{});
  if (with(25)) add_line(text, "priority = {}", whole(-2, 2));
  return text + span("opens", "closes");
}

std::string RandomScenario::route(const std::string& name) {
  std::uint64_t from = below(sites_.size()), to = (from + 1 + below(sites_.size() - 1)) % sites_.size();
  const bool ordered = with(35);
  if (ordered && from > to) std::swap(from, to);  // a circle of orders can grow without end
  std::string text;
  add_line(text, R"([route.{}]
from = "{}"
to = "{}")",
           name, sites_[from], sites_[to]);
  targets_.push_back("route." + name);
  metrics_.push_back("arrived." + name);
  add_line(text, R"(items = ["{}"])",
           ordered || with(50) ? any(items_) : fmt::format("{}", fmt::join(items_, R"(", ")")));
  add_line(text, "transit = {}", with(50) ? value(0.5, 9) : interval());
  if (with(50)) add_line(text, "vehicles = {}", whole(1, 3));
  maybe_line(text, 50, "capacity = {}", whole(10, 40));
  maybe_line(text, 40, "minimum = {}", whole(1, 10));
  if (with(30)) add_line(text, "max_wait = {}", value(0, 20));
  if (with(30)) add_line(text, "return = {}", value(0, 9));
  if (with(30)) add_line(text, "loss = {}", value(0, 0.3));
  if (with(30)) add_line(text, "loses_vehicle = {}", with(50));
  if (with(30)) add_line(text, "attrition = {}", value(0, 0.3));
  if (with(30)) add_line(text, "reserve = {}", whole(0, 10));
  if (with(25))
    add_line(text, "departs = {{ every = {}{} }}", with(50) ? value(1, 9) : whole(1, 5),
             maybe(70, ", first = {}", number(-20, 9)));
  if (with(20))
    add_line(text, R"(closed = [{{ from = "02-29", to = "03-01" }}, {{ from = "12-20", to = "01-09" }}])");
  else if (with(25))
    add_line(text, R"(closed = [{{ from = "01-10", to = "01-20" }}, {{ from = 50, to = 55 }}])");
  if (with(25)) add_line(text, "priority = {}", whole(-2, 2));
  if (!ordered) {
    if (with(30)) add_line(text, "share = {}", value(0.5, 3));
    return text;
  }
  const std::string review = with(50) ? fmt::format(", review = {}", value(1, 9)) : R"(, review = "continuous")";
  const Words policies{"up_to = 40", "point = 10, up_to = 50", "point = 12, quantity = 15"};
  metrics_.push_back("ordered." + name);
  add_line(text, "order = {{ {}{} }}", any(policies), with(60) ? review : std::string{});
  return text;
}

std::string RandomScenario::demand(const std::string& name) {
  std::string text;
  add_line(text, R"([demand.{}]
site = "{}")",
           name, any(sites_));
  targets_.push_back("demand." + name);
  metrics_.push_back("consumed." + name);
  add_line(text, R"(items = ["{}"])", with(60) ? any(items_) : fmt::format("{}", fmt::join(items_, R"(", ")")));
  if (with(50)) {
    add_line(text, R"(every = {}
size = {})",
             with(50) ? value(1, 9) : interval(), with(50) ? whole(0, 20) : pattern());
  } else {
    add_line(text, "rate = {}", rate(2));
    add_line(text, R"(variability = "poisson")");
    if (with(50)) add_line(text, "size = {}", pattern());
  }
  if (with(50)) add_line(text, R"(unmet = "backlog")");
  if (with(25)) add_line(text, "whole = true");
  if (with(25)) add_line(text, "needs = {}", whole(1, 20));
  if (with(25)) add_line(text, "reserve = {}", whole(0, 10));
  if (with(25)) add_line(text, "priority = {}", whole(-2, 2));
  if (with(30)) {
    add_line(
        text,
        R"(states = {{ quiet = {{ mean = {}{} }}, surge = {{ mean = {}{}{} }}, pause = {{ mean = 3, factor = 0{} }} }})",
        number(5, 30), maybe(80, ", factor = {}", number(0, 1)), fixed(1, 9), maybe(80, ", factor = {}", number(1, 4)),
        maybe(70, ", size = {}", pattern()), maybe(70, ", next = {{ quiet = 1, surge = {} }}", "2"));
    maybe_line(text, 50, R"(initial = "{}")", "surge");
  }
  return text + span("begins", "ends");
}

/// Gives less than it is given for, lest goods that come round to it multiply without end.
std::string RandomScenario::exchange() {
  std::string text;
  add_line(text, R"([exchange.barter]
for = {{ site = "{}", item = "{}", quantity = {} }}
gives = {{ site = "{}", item = "{}", quantity = {} }})",
           any(sites_), any(items_), value(10, 30), any(sites_), any(items_), value(1, 9));
  if (with(80)) add_line(text, "lead_time = {}", with(50) ? value(0, 20) : pattern());
  return text;
}

std::string RandomScenario::disruption(const std::string& name) {
  std::string text;
  add_line(text, "[disruption.{}]", name);
  const std::uint64_t when = below(milestone_ ? 3 : 2);
  if (when == 0) add_line(text, "at = {}", with(40) ? number(-30, 0) : value(0, 80));
  if (when == 1) add_line(text, "every = {}", value(3, 40));
  if (when == 2) {
    add_line(text, R"(after = "first")");
    maybe_line(text, 70, "delay = {}", value(0, 9));
  }
  const bool destroys = targets_.empty() || with(40);
  if (!targets_.empty() && (!destroys || with(50))) {
    add_line(text, R"(targets = ["{}"]
factor = {}
lasts = {})",
             any(targets_), with(30) ? "0" : value(0, 2), value(0, 20));
    if (with(50)) add_line(text, "recovery = {{ linear = {} }}", value(0, 20));
  }
  if (destroys)
    add_line(text, R"(destroys = {{ site = "{}", item = "{}", {} }})", any(sites_), any(items_),
             with(50) ? "fraction = " + value(0, 1) : "quantity = " + whole(0, 30));
  if (with(40)) add_line(text, "chance = {}", value(0, 1));
  return text;
}

std::string RandomScenario::rules() {
  std::string text;
  if (milestone_) {
    add_line(text, R"([milestone.first]
metric = "{}"
{} = {})",
             any(metrics_), with(50) ? "reaches" : "falls_to", value(0, 60));
    maybe_line(text, 70, "for = {}", with(50) ? "0" : value(0, 9));
  }
  add_line(text, R"([outcome.sum]
value = "{} + 2 * {}")",
           any(metrics_), any(metrics_));
  maybe_line(text, 70, R"(label = "{}")", "A sum");
  if (with(50)) {
    add_line(text, R"([alternative.other]
set = {{ "site.a.stock.x" = {} }})",
             whole(0, 60));
    maybe_line(text, 70, R"(label = "{}")", "Another");
  }
  return text;
}

std::string RandomScenario::text() {
  std::string text;
  add_line(text, R"(format = 1
[scenario]
start = 2024-01-01
end = 2024-04-09)");
  maybe_line(text, 80, R"(name = "{}")", "random");
  maybe_line(text, 30, R"(title = "{}")", "Random");
  maybe_line(text, 80, R"([observe]
every = {})",
             "10");
  items_ = with(50) ? Words{"x"} : Words{"x", "y"};
  sites_ = with(50) ? Words{"a", "b"} : Words{"a", "b", "c"};
  milestone_ = with(60);
  for (const std::string& item : items_) {
    add_line(text, "[item.{}]", item);
    maybe_line(text, 70, R"(unit = "{}s")", item);
  }
  text += parameters() + sites();
  const auto some = [&](const char* kind, std::uint64_t most, auto make) {
    for (std::uint64_t i = 0, n = below(most + 1); i < n; ++i) text += (this->*make)(fmt::format("{}{}", kind, i));
  };
  some("s", 2, &RandomScenario::supply);
  some("m", 2, &RandomScenario::production);
  some("r", 3, &RandomScenario::route);
  some("d", 3, &RandomScenario::demand);
  if (with(40)) text += exchange();
  some("z", 3, &RandomScenario::disruption);
  return text + rules();
}

}  // namespace materiel::testing
