#pragma once

#include <string>
#include <vector>

#include "render/value_words.h"

namespace materiel::scenario {
struct Spec;
struct Site;
struct Supply;
struct Production;
struct Route;
struct Demand;
struct Exchange;
struct Disruption;
struct Milestone;
struct Span;
struct RateProfile;
struct Variability;
struct Order;
struct Value;
}  // namespace materiel::scenario

namespace materiel::render {

/// What a thing is called: its label, or its name.
template <class Thing>
[[nodiscard]] std::string called(const Thing& thing) {
  return thing.label.empty() ? thing.name : thing.label;
}

/// Says what the processes of a scenario do, a line for each of their rules.
class ProcessWords {
 public:
  using Lines = std::vector<std::string>;

  ProcessWords(const scenario::Spec& spec, ValueWords& values) : spec_(spec), values_(values) {}

  [[nodiscard]] Lines holdings(const scenario::Site& site);
  [[nodiscard]] Lines supply(const scenario::Supply& supply);
  [[nodiscard]] Lines production(const scenario::Production& production);
  [[nodiscard]] Lines route(const scenario::Route& route);
  [[nodiscard]] Lines demand(const scenario::Demand& demand);
  [[nodiscard]] Lines exchange(const scenario::Exchange& exchange);
  [[nodiscard]] Lines disruption(const scenario::Disruption& disruption);
  [[nodiscard]] std::string condition(const scenario::Milestone& milestone);

 private:
  /// Adds a line if the value is there; {} of `pattern` is the value in words.
  using Show = std::string (ValueWords::*)(const scenario::Value&);
  void add(Lines& lines, const scenario::Value& value, Show show, std::string_view pattern);

  void add_span(Lines& lines, const scenario::Span& span, std::string_view begins, std::string_view ends);
  void add_total(Lines& lines, const scenario::Value& total) { add(lines, total, &ValueWords::count, "{} in all"); }
  void add_rate(Lines& lines, const scenario::RateProfile& rate, const scenario::Variability& variability);
  void add_load(Lines& lines, const scenario::Route& route);
  void add_times(Lines& lines, const scenario::Route& route);
  void add_order(Lines& lines, const scenario::Order& order);
  void add_tempo(Lines& lines, const scenario::Demand& demand);

  [[nodiscard]] std::string milestone_called(const std::string& name) const;
  [[nodiscard]] std::string pace(const scenario::Variability& variability);

  const scenario::Spec& spec_;
  ValueWords& values_;
};

}  // namespace materiel::render
