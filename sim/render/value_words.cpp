#include "render/value_words.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <materiel/base/number_text.h>
#include <materiel/base/text.h>
#include <materiel/base/units.h>
#include <materiel/scenario/spec.h>
#include <materiel/store/study_tables.h>

namespace materiel::render {
namespace {

using scenario::DistributionSpec;
using scenario::RateProfile;
using scenario::Value;

std::string argument_words(const Value& value, bool dated, std::optional<Date> dates) {
  if (value.kind == Value::Kind::expression) return value.expression;
  return dated && dates ? store::date_of_day(*dates, value.number) : number_text(value.number);
}

/// "[1, 2, 3]", or the beginning of a long list and its length.
std::string list_words(const std::vector<Value>& values, bool dated, std::optional<Date> dates) {
  constexpr std::size_t kMost = 6;
  std::string words;
  for (std::size_t i = 0; i < std::min(values.size(), kMost); ++i)
    words += (i == 0 ? "" : ", ") + argument_words(values[i], dated, dates);
  return values.size() > kMost ? fmt::format("[{}, ...: {} values]", words, values.size()) : fmt::format("[{}]", words);
}

/// The unit in which a rate is said, and its length in days.
std::pair<double, std::string_view> unit_of_rate(double per_day) {
  constexpr double kManyAMonth = 10'000;
  if (per_day * kMonth >= kManyAMonth) return {kDay, "/day"};
  if (per_day * kMonth >= 1 || per_day == 0) return {kMonth, "/month"};
  return {kYear, "/year"};
}

}  // namespace

std::string brief_number(double number) {
  if (!std::isfinite(number)) return std::isnan(number) ? "?" : number > 0 ? "infinite" : "-infinite";
  const double size = std::abs(number);
  if (size >= 1e12 || (size > 0 && size < 1e-4)) return fmt::format("{:.3g}", number);
  if (number == std::trunc(number) || size >= 1000) return with_thousands(fmt::format("{:.0f}", number));
  return fmt::format("{:.3g}", number);
}

std::string distribution_words(const DistributionSpec& distribution, std::optional<Date> dates) {
  const DistributionFormInfo& form = form_info(distribution.form);
  std::string words;
  std::size_t scalar = 0, list = 0;
  for (const DistributionArgument& argument : form.arguments) {
    std::string said;
    if (argument.is_list) {
      said = list_words(list++ == 0 ? distribution.first : distribution.second, argument.has_dimension, dates);
    } else {
      const Value& value = distribution.scalars[scalar++];
      const bool given = value.kind != Value::Kind::number || !argument.has_default || value.where.line > 0;
      if (!given) continue;
      said = argument_words(value, argument.has_dimension, dates);
    }
    words += fmt::format("{}{} {}", words.empty() ? "" : ", ", argument.name, said);
  }
  return fmt::format("{}({})", form.family, words);
}

ValueWords::ValueWords(const scenario::Spec& spec, const std::vector<model::ParameterQuantiles>& quantiles)
    : spreads_(spec, quantiles) {}

template <class Show>
std::string ValueWords::shown(const Value& value, Show show) {
  const study::ValueSpread found = spreads_.of(value);
  if (std::isnan(found.middle))
    return value.kind == Value::Kind::distribution ? distribution_words(value.distribution.front()) : value.expression;
  std::string words = (found.about ? "about " : "") + show(found.middle);
  if (found.low != found.high) words += fmt::format(" ({} to {})", show(found.low), show(found.high));
  return words;
}

std::string ValueWords::number(const Value& value) {
  return shown(value, brief_number);
}

std::string ValueWords::count(const Value& value) {
  return shown(value, [](double units) { return brief_number(std::floor(units + 0.5)); });
}

std::string ValueWords::percent(const Value& value) {
  return shown(value, [](double share) { return fmt::format("{:.3g} %", 100 * share); });
}

std::string ValueWords::days(const Value& value) {
  const std::string words = shown(value, brief_number);
  return words + (words == "1" ? " day" : " days");
}

std::string ValueWords::date(const Value& value) {
  return shown(value, [this](double day) {
    return std::isfinite(day) ? store::date_of_day(spreads_.start(), day) : std::string("never");
  });
}

std::string ValueWords::rate(const Value& value) {
  const auto [length, per] = unit_of_rate(spreads_.of(value).middle);
  return shown(value, [length = length](double rate) { return brief_number(rate * length); }) + std::string(per);
}

std::string ValueWords::knots(const RateProfile& profile) {
  constexpr std::size_t kFew = 3;
  const char* name = profile.shape == RateProfile::Shape::points ? "points" : "steps";
  if (profile.knots.size() <= kFew) {
    std::string words;
    for (const scenario::When& knot : profile.knots)
      words += fmt::format("{}{} {} {}", words.empty() ? "" : ", ", rate(knot.value),
                           profile.shape == RateProfile::Shape::points ? "on" : "from", date(knot.when));
    return words;
  }
  const auto by_middle = [this](const scenario::When& a, const scenario::When& b) {
    return spreads_.of(a.value).middle < spreads_.of(b.value).middle;
  };
  const auto [least, most] = std::minmax_element(profile.knots.begin(), profile.knots.end(), by_middle);
  const std::string low = rate(least->value), high = rate(most->value);
  return fmt::format("{}, {} {} from {} to {}", low == high ? low : low + " to " + high, profile.knots.size(), name,
                     date(profile.knots.front().when), date(profile.knots.back().when));
}

std::string ValueWords::profile(const RateProfile& profile) {
  using Shape = RateProfile::Shape;
  std::string words;
  switch (profile.shape) {
    case Shape::constant:
      words = rate(profile.value);
      break;
    case Shape::steps:
    case Shape::points:
      words = knots(profile);
      break;
    case Shape::linear:
    case Shape::logistic:
    case Shape::exponential: {
      const char* way = profile.shape == Shape::linear     ? "linear"
                        : profile.shape == Shape::logistic ? "logistic"
                                                           : "exponential";
      words = fmt::format("{} to {}, {} from {} over {}", rate(profile.from), rate(profile.to), way,
                          date(profile.begins), days(profile.lasts));
      break;
    }
  }
  return profile.seasonal.empty() ? words : words + ", seasonal";
}

}  // namespace materiel::render
