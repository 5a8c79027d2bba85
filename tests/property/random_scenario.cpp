#include "property/random_scenario.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace materiel::testing {

double RandomScenario::between(double low, double high) {
  return low + (high - low) * static_cast<double>(below(1001)) / 1000;
}

std::string RandomScenario::number(double low, double high) {
  return fmt::format("{:.4g}", between(low, high));
}

std::string RandomScenario::fixed(double low, double high) {
  if (parameters_.empty() || with(70)) return number(low, high);
  return fmt::format("\"min({}, max({}, {} * {}))\"", high, low, number(low, high), any(parameters_));
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
      return fmt::format("{{ dist = \"uniform\", min = {}, max = {} }}", low, high);
    case 1:
      return fmt::format("{{ dist = \"triangular\", min = {}, mode = {}, max = {} }}", low, middle, high);
    case 2:
      return fmt::format("{{ dist = \"pert\", min = {}, mode = {}, max = {}, shape = 3 }}", low, middle, high);
    case 3:
      return fmt::format("{{ dist = \"normal\", mean = {}, sd = {}, min = {}, max = {} }}", middle, high - low, low,
                         high);
    case 4:
      return fmt::format("{{ dist = \"beta\", a = 2, b = 3, min = {}, max = {} }}", low, high);
    case 5:
      return fmt::format("{{ dist = \"discrete\", values = [{}, {}], weights = [1, 3] }}", low, high);
    case 6:
      return fmt::format("{{ dist = \"empirical\", values = [{}, {}, {}] }}", low, middle, high);
    case 7:
      return fmt::format("{{ dist = \"quantiles\", p = [0, 0.4, 1], x = [{}, {}, {}] }}", low, middle, high);
    default:
      return fmt::format("{{ dist = \"uniform\", min = {}, max = {} }}", middle, high);
  }
}

/// Sizes may have tails, and be zero.
std::string RandomScenario::pattern() {
  if (with(60)) return interval();
  const double mean = between(2, 12);
  switch (below(3)) {
    case 0:
      return fmt::format("{{ dist = \"negative_binomial\", mean = {}, dispersion = 2 }}", mean);
    case 1:
      return fmt::format("{{ dist = \"poisson\", mean = {} }}", mean);
    default:
      return fmt::format("{{ dist = \"binomial\", n = 20, p = {} }}", mean / 20);
  }
}

/// Never zero: two routes without a transit time could send their loads to and fro without end at one instant.
std::string RandomScenario::interval() {
  const double mean = between(2, 12);
  switch (below(6)) {
    case 0:
      return fmt::format("{{ dist = \"exponential\", mean = {} }}", mean);
    case 1:
      return fmt::format("{{ dist = \"gamma\", mean = {}, cv = 0.6 }}", mean);
    case 2:
      return fmt::format("{{ dist = \"lognormal\", mean = {}, cv = 0.5 }}", mean);
    case 3:
      return fmt::format("{{ dist = \"lognormal\", median = {}, gsd = 1.4 }}", mean);
    case 4:
      return fmt::format("{{ dist = \"lognormal\", p05 = {}, p95 = {} }}", mean / 2, mean * 2);
    default:
      return fmt::format("{{ dist = \"weibull\", shape = 1.5, scale = {} }}", mean);
  }
}

/// A key, its value written into it, or nothing.
std::string RandomScenario::maybe(int percent, const char* key, const std::string& value) {
  return with(percent) ? fmt::format(fmt::runtime(key), value) : std::string{};
}

std::string RandomScenario::rate(double most) {
  switch (below(6)) {
    case 0:
      return fmt::format("rate = {{ steps = [[0, {}], [{}, {}], [60, {}]] }}\n", value(0, most), number(10, 50),
                         value(0, most), number(0, most));
    case 1:
      return fmt::format("rate = {{ points = [[5, {}], [40, {}]] }}\n", fixed(0, most), fixed(0, most));
    case 2:
    case 3: {
      const Words ramps{"linear", "logistic", "exponential"};
      return fmt::format("rate = {{ ramp = \"{}\", from = {}, to = {}, begins = {}, lasts = {} }}\n", any(ramps),
                         number(0, most), value(0, most), number(0, 40), number(5, 60));
    }
    case 4:
      return fmt::format("rate = {{ value = {}, seasonal = [1, 0.5, 0, 1.2, 1, 1, 1, 1, 1, 1, 1, 2] }}\n",
                         number(0, most));
    default:
      return fmt::format("rate = {}\n", value(0, most));
  }
}

std::string RandomScenario::span(const char* begins, const char* ends) {
  std::string text;
  if (with(30)) text += fmt::format("{} = {}\n", begins, with(40) ? number(-40, 0) : value(0, 40));
  if (with(20)) text += fmt::format("{} = {}\n", ends, number(60, 90));
  if (milestone_ && with(15)) text += "after = \"first\"\n" + maybe(70, "delay = {}\n", value(0, 10));
  return text;
}

std::string RandomScenario::parameters() {
  std::string text;
  int drawn = 0;  // of the first two
  const std::uint64_t n = below(4);
  for (std::uint64_t i = 0; i < n; ++i) {
    const std::string name = fmt::format("p{}", i);
    text += fmt::format("[parameter.{}]\n", name) + maybe(70, "label = \"Number {}\"\n", std::to_string(i)) +
            maybe(70, "source = \"{}\"\n", "a \\\"prior\\\"");
    const std::size_t begins = text.size();
    switch (below(4)) {
      case 0:
        text += "value = 0.8\n";
        break;
      case 1:
        text += "dist = \"triangular\"\nmin = 0.5\nmode = 1\nmax = 1.5\n" + maybe(60, "grade = \"{}\"\n", "F6");
        break;
      case 2:
        text += "dist = \"gamma\"\nmean = 1\ncv = 0.3\n" + maybe(60, "as_of = {}\n", "2023-05-01");
        break;
      default:
        text += i > 0 ? fmt::format("value = \"1.1 * p{}\"\n", i - 1)
                      : std::string{"dist = \"uniform\"\nmin = 0.03\nmax = 0.05\nunit = \"month\"\n"};
    }
    parameters_.push_back(name);
    drawn += i < 2 && text.compare(begins, 4, "dist") == 0 ? 1 : 0;
  }
  if (drawn == 2) text += "[correlation]\npairs = [[\"p0\", \"p1\", 0.4]]\n";
  return text;
}

std::string RandomScenario::sites() {
  constexpr int kMostStock = 80;  // of an item at the start; no capacity may be less
  std::string text;
  for (const std::string& site : sites_) {
    text += fmt::format("[site.{}]\n", site);
    Words stock, capacity;
    for (const std::string& item : items_) {
      // Always: without it there may be no such stock, and no metric of it.
      stock.push_back(fmt::format("{} = {}", item, with(30) ? distribution(0, kMostStock) : whole(0, kMostStock)));
      if (with(30)) capacity.push_back(fmt::format("{} = {}", item, whole(kMostStock, 200)));
      metrics_.push_back(fmt::format("stock.{}.{}", site, item));
    }
    text += fmt::format("stock = {{ {} }}\n", fmt::join(stock, ", "));
    if (with(25)) {
      text += fmt::format("capacity = {}\n", whole(kMostStock * static_cast<int>(items_.size()), 400));
    } else if (!capacity.empty()) {
      text += fmt::format("capacity = {{ {} }}\n", fmt::join(capacity, ", "));
    }
  }
  return text;
}

std::string RandomScenario::supply(const std::string& name) {
  std::string text = fmt::format("[supply.{}]\nsite = \"{}\"\nitem = \"{}\"\n", name, any(sites_), any(items_));
  targets_.push_back("supply." + name);
  metrics_.push_back("supplied." + name);
  if (with(30)) {
    text += fmt::format("schedule = [[{}, {}], [{}, {}]]\n", number(1, 30), whole(0, 40), value(40, 90), whole(0, 40));
  } else if (with(50)) {
    text += fmt::format("every = {}\nquantity = {}\n", with(50) ? value(1, 9) : interval(),
                        with(50) ? whole(0, 20) : pattern());
  } else {
    text += rate(3);
    if (with(60)) text += with(50) ? "variability = \"poisson\"\n" : "variability = { cv = 0.7 }\n";
  }
  if (with(30)) text += fmt::format("total = {}\n", whole(0, 100));
  return text + span("begins", "ends");
}

std::string RandomScenario::production(const std::string& name) {
  const std::string site = any(sites_), output = any(items_);
  std::string text = fmt::format("[production.{}]\nsite = \"{}\"\nmakes = \"{}\"\n", name, site, output);
  targets_.push_back("production." + name);
  metrics_.push_back("produced." + name);
  Words uses;
  for (const std::string& item : items_)
    if (item != output && with(60)) uses.push_back(fmt::format("{} = {}", item, whole(1, 3)));
  if (!uses.empty()) text += fmt::format("uses = {{ {} }}\n", fmt::join(uses, ", "));
  text += rate(2);
  if (with(50)) text += "variability = { cv = 0.5 }\n";
  if (with(30)) text += fmt::format("batch = {}\n", whole(1, 5));
  if (with(30)) text += fmt::format("yield = {}\n", value(0.2, 1));
  if (with(20)) text += fmt::format("total = {}\n", whole(0, 60));
  if (with(30)) text += fmt::format("breakdowns = {{ uptime = {}, repair = {} }}\n", value(2, 30), value(0, 9));
  if (with(30))
    text += fmt::format("learning = {{ slope = {}, reference = {}{} }}\n", number(0.7, 1), number(1, 40),
                        with(50) ? ", ceiling = " + number(0.5, 3) : std::string{});
  if (with(25)) text += fmt::format("priority = {}\n", whole(-2, 2));
  return text + span("opens", "closes");
}

std::string RandomScenario::route(const std::string& name) {
  std::uint64_t from = below(sites_.size()), to = (from + 1 + below(sites_.size() - 1)) % sites_.size();
  const bool ordered = with(35);
  if (ordered && from > to) std::swap(from, to);  // a circle of orders can grow without end
  std::string text = fmt::format("[route.{}]\nfrom = \"{}\"\nto = \"{}\"\n", name, sites_[from], sites_[to]);
  targets_.push_back("route." + name);
  metrics_.push_back("arrived." + name);
  text += ordered || with(50) ? fmt::format("items = [\"{}\"]\n", any(items_))
                              : fmt::format("items = [\"{}\"]\n", fmt::join(items_, "\", \""));
  text += fmt::format("transit = {}\n", with(50) ? value(0.5, 9) : interval());
  if (with(50)) text += fmt::format("vehicles = {}\n", whole(1, 3));
  text += maybe(50, "capacity = {}\n", whole(10, 40)) + maybe(40, "minimum = {}\n", whole(1, 10));
  if (with(30)) text += fmt::format("max_wait = {}\n", value(0, 20));
  if (with(30)) text += fmt::format("return = {}\n", value(0, 9));
  if (with(30)) text += fmt::format("loss = {}\n", value(0, 0.3));
  if (with(30)) text += fmt::format("loses_vehicle = {}\n", with(50));
  if (with(30)) text += fmt::format("attrition = {}\n", value(0, 0.3));
  if (with(30)) text += fmt::format("reserve = {}\n", whole(0, 10));
  if (with(25))
    text += fmt::format("departs = {{ every = {}{} }}\n", with(50) ? value(1, 9) : whole(1, 5),
                        maybe(70, ", first = {}", number(-20, 9)));
  if (with(20))
    text += "closed = [{ from = \"02-29\", to = \"03-01\" }, { from = \"12-20\", to = \"01-09\" }]\n";
  else if (with(25))
    text += "closed = [{ from = \"01-10\", to = \"01-20\" }, { from = 50, to = 55 }]\n";
  if (with(25)) text += fmt::format("priority = {}\n", whole(-2, 2));
  if (!ordered) return with(30) ? text + fmt::format("share = {}\n", value(0.5, 3)) : text;
  const std::string review = with(50) ? fmt::format(", review = {}", value(1, 9)) : ", review = \"continuous\"";
  const Words policies{"up_to = 40", "point = 10, up_to = 50", "point = 12, quantity = 15"};
  metrics_.push_back("ordered." + name);
  return text + fmt::format("order = {{ {}{} }}\n", any(policies), with(60) ? review : std::string{});
}

std::string RandomScenario::demand(const std::string& name) {
  std::string text = fmt::format("[demand.{}]\nsite = \"{}\"\n", name, any(sites_));
  targets_.push_back("demand." + name);
  metrics_.push_back("consumed." + name);
  text += with(60) ? fmt::format("items = [\"{}\"]\n", any(items_))
                   : fmt::format("items = [\"{}\"]\n", fmt::join(items_, "\", \""));
  if (with(50)) {
    text += fmt::format("every = {}\nsize = {}\n", with(50) ? value(1, 9) : interval(),
                        with(50) ? whole(0, 20) : pattern());
  } else {
    text += rate(2) + "variability = \"poisson\"\n";
    if (with(50)) text += fmt::format("size = {}\n", pattern());
  }
  if (with(50)) text += "unmet = \"backlog\"\n";
  if (with(25)) text += "whole = true\n";
  if (with(25)) text += fmt::format("needs = {}\n", whole(1, 20));
  if (with(25)) text += fmt::format("reserve = {}\n", whole(0, 10));
  if (with(25)) text += fmt::format("priority = {}\n", whole(-2, 2));
  if (with(30))
    text += fmt::format(
        "states = {{ quiet = {{ mean = {}{} }}, surge = {{ mean = {}{}{} }}, "
        "pause = {{ mean = 3, factor = 0{} }} }}\n{}",
        number(5, 30), maybe(80, ", factor = {}", number(0, 1)), fixed(1, 9), maybe(80, ", factor = {}", number(1, 4)),
        maybe(70, ", size = {}", pattern()), maybe(70, ", next = {{ quiet = 1, surge = {} }}", "2"),
        with(50) ? "initial = \"surge\"\n" : "");
  return text + span("begins", "ends");
}

/// Gives less than it is given for, lest goods that come round to it multiply without end.
std::string RandomScenario::exchange() {
  return fmt::format(
      "[exchange.barter]\nfor = {{ site = \"{}\", item = \"{}\", quantity = {} }}\n"
      "gives = {{ site = \"{}\", item = \"{}\", quantity = {} }}\n{}",
      any(sites_), any(items_), value(10, 30), any(sites_), any(items_), value(1, 9),
      with(80) ? fmt::format("lead_time = {}\n", with(50) ? value(0, 20) : pattern()) : std::string{});
}

std::string RandomScenario::disruption(const std::string& name) {
  std::string text = fmt::format("[disruption.{}]\n", name);
  const std::uint64_t when = below(milestone_ ? 3 : 2);
  if (when == 0) text += fmt::format("at = {}\n", with(40) ? number(-30, 0) : value(0, 80));
  if (when == 1) text += fmt::format("every = {}\n", value(3, 40));
  if (when == 2) text += "after = \"first\"\n" + maybe(70, "delay = {}\n", value(0, 9));
  const bool destroys = targets_.empty() || with(40);
  if (!targets_.empty() && (!destroys || with(50))) {
    text += fmt::format("targets = [\"{}\"]\nfactor = {}\nlasts = {}\n", any(targets_), with(30) ? "0" : value(0, 2),
                        value(0, 20));
    if (with(50)) text += fmt::format("recovery = {{ linear = {} }}\n", value(0, 20));
  }
  if (destroys)
    text += fmt::format("destroys = {{ site = \"{}\", item = \"{}\", {} }}\n", any(sites_), any(items_),
                        with(50) ? "fraction = " + value(0, 1) : "quantity = " + whole(0, 30));
  if (with(40)) text += fmt::format("chance = {}\n", value(0, 1));
  return text;
}

std::string RandomScenario::rules() {
  std::string text;
  if (milestone_)
    text += fmt::format("[milestone.first]\nmetric = \"{}\"\n{} = {}\n", any(metrics_),
                        with(50) ? "reaches" : "falls_to", value(0, 60)) +
            maybe(70, "for = {}\n", with(50) ? "0" : value(0, 9));
  text += fmt::format("[outcome.sum]\nvalue = \"{} + 2 * {}\"\n", any(metrics_), any(metrics_)) +
          maybe(70, "label = \"{}\"\n", "A sum");
  if (with(50))
    text += fmt::format("[alternative.other]\nset = {{ \"site.a.stock.x\" = {} }}\n", whole(0, 60)) +
            maybe(70, "label = \"{}\"\n", "Another");
  return text;
}

std::string RandomScenario::text() {
  std::string text = "format = 1\n[scenario]\nstart = 2024-01-01\nend = 2024-04-09\n" +
                     maybe(80, "name = \"{}\"\n", "random") + maybe(30, "title = \"{}\"\n", "Random") +
                     maybe(80, "[observe]\nevery = {}\n", "10");
  items_ = with(50) ? Words{"x"} : Words{"x", "y"};
  sites_ = with(50) ? Words{"a", "b"} : Words{"a", "b", "c"};
  milestone_ = with(60);
  for (const std::string& item : items_) text += fmt::format("[item.{}]\n", item) + maybe(70, "unit = \"{}s\"\n", item);
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
