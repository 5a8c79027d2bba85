#include "scenario/print_values.h"

#include <array>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/base/units.h>
#include <materiel/scenario/spec.h>

#include "scenario/toml_text.h"

namespace materiel::scenario {
namespace {

std::string pair_text(const When& pair) {
  return fmt::format("[{}, {}]", toml_value(pair.when), toml_value(pair.value));
}

/// The name of the unit that multiplies by `scale`.
std::string unit_of(double scale) {
  for (const char* unit : {"day", "week", "month", "year", "/week", "/month", "/year"})
    if (unit_factor(unit) == scale) return unit;
  return "day";
}

std::string argument_text(const Value& value, bool dated, const std::optional<Date>& dates) {
  return dated && dates && value.kind == Value::Kind::number ? day_text(value.number, *dates) : toml_value(value);
}

}  // namespace

std::string day_text(double day, const Date& start) {
  const bool is_date = day == std::floor(day) &&
                       day >= Date::of(kFirstYear, 1, 1)->days_since_1970 - start.days_since_1970 &&
                       day <= Date::of(kLastYear, 12, 31)->days_since_1970 - start.days_since_1970;
  return is_date ? start.plus(static_cast<std::int32_t>(day)).iso() : toml_number(day);
}

std::string toml_table(const std::vector<std::string>& parts) {
  return fmt::format("{{ {} }}", fmt::join(parts, ", "));
}

std::vector<std::string> distribution_parts(const DistributionSpec& distribution, const std::optional<Date>& dates) {
  const DistributionFormInfo& info = form_info(distribution.form);
  std::vector<std::string> parts{fmt::format("dist = {}", toml_string(info.family))};
  std::size_t scalar = 0, list = 0;
  for (const DistributionArgument& argument : info.arguments) {
    if (argument.is_list) {
      std::vector<std::string> values;
      for (const Value& value : list == 0 ? distribution.first : distribution.second)
        values.push_back(argument_text(value, argument.has_dimension, dates));
      parts.push_back(fmt::format("{} = [{}]", argument.name, fmt::join(values, ", ")));
      ++list;
      continue;
    }
    const Value& value = distribution.scalars[scalar++];
    const bool is_default = argument.has_default && value.kind == Value::Kind::number && std::isinf(value.number);
    if (!is_default)
      parts.push_back(fmt::format("{} = {}", argument.name, argument_text(value, argument.has_dimension, dates)));
  }
  return parts;
}

std::string toml_value(const Value& value) {
  if (value.kind == Value::Kind::expression) return toml_string(value.expression);
  if (value.kind != Value::Kind::distribution) return toml_number(value.number);
  const DistributionSpec& distribution = value.distribution.front();
  std::vector<std::string> parts = distribution_parts(distribution);
  if (distribution.scale != 1) parts.push_back(fmt::format("unit = {}", toml_string(unit_of(distribution.scale))));
  return toml_table(parts);
}

void SectionText::line(std::string_view key, std::string_view toml) {
  text_ += fmt::format("{} = {}\n", key, toml);
}

void SectionText::text(std::string_view key, const std::string& value) {
  if (!value.empty()) line(key, toml_string(value));
}

void SectionText::names(std::string_view key, const std::vector<Text>& values) {
  std::vector<std::string> parts;
  parts.reserve(values.size());
  for (const Text& value : values) parts.push_back(toml_string(value.text));
  if (!parts.empty()) line(key, fmt::format("[{}]", fmt::join(parts, ", ")));
}

void SectionText::value(std::string_view key, const Value& value) {
  if (value.present()) line(key, toml_value(value));
}

void SectionText::flag(std::string_view key, bool value) {
  if (value) line(key, "true");
}

void SectionText::priority(std::int64_t priority) {
  if (priority != 0) line("priority", std::to_string(priority));
}

void SectionText::quantities(std::string_view key, const std::vector<ItemQuantity>& values) {
  std::vector<std::string> parts;
  parts.reserve(values.size());
  for (const ItemQuantity& one : values)
    parts.push_back(fmt::format("{} = {}", one.item.text, toml_value(one.quantity)));
  if (!parts.empty()) line(key, toml_table(parts));
}

void SectionText::pairs(std::string_view key, const std::vector<When>& values) {
  std::vector<std::string> parts;
  parts.reserve(values.size());
  for (const When& pair : values) parts.push_back(pair_text(pair));
  if (!parts.empty()) line(key, fmt::format("[{}]", fmt::join(parts, ", ")));
}

void SectionText::rate(const RateProfile& profile) {
  using Form = RateProfile::Shape;
  if (profile.shape == Form::constant && profile.seasonal.empty()) {
    value("rate", profile.value);
    return;
  }
  if (profile.shape == Form::constant) value("rate.value", profile.value);
  if (profile.shape == Form::steps) pairs("rate.steps", profile.knots);
  if (profile.shape == Form::points) pairs("rate.points", profile.knots);
  if (profile.shape == Form::linear || profile.shape == Form::logistic || profile.shape == Form::exponential) {
    constexpr std::array<std::string_view, 3> kRamps{"linear", "logistic", "exponential"};
    line("rate.ramp",
         toml_string(kRamps[static_cast<std::size_t>(profile.shape) - static_cast<std::size_t>(Form::linear)]));
    value("rate.from", profile.from);
    value("rate.to", profile.to);
    value("rate.begins", profile.begins);
    value("rate.lasts", profile.lasts);
  }
  std::vector<std::string> factors;
  for (const Value& factor : profile.seasonal) factors.push_back(toml_value(factor));
  if (!factors.empty()) line("rate.seasonal", fmt::format("[{}]", fmt::join(factors, ", ")));
}

void SectionText::variability(const Variability& variability) {
  if (variability.kind == Variability::Kind::poisson) line("variability", "\"poisson\"");
  if (variability.kind == Variability::Kind::gamma) value("variability.cv", variability.cv);
}

void SectionText::span(const Span& span, std::string_view begins, std::string_view ends) {
  value(begins, span.begins);
  value(ends, span.ends);
  name("after", span.after);
  value("delay", span.delay);
}

}  // namespace materiel::scenario
