#pragma once

#include <optional>
#include <string>
#include <vector>

#include <materiel/base/date.h>
#include <materiel/study/value_spread.h>

namespace materiel::scenario {
struct Spec;
struct DistributionSpec;
struct Value;
struct RateProfile;
}  // namespace materiel::scenario

namespace materiel::render {

/// A number for people: three digits, more where it is whole; thousands with commas.
[[nodiscard]] std::string brief_number(double number);

/// A distribution as it was written: "triangular(min 2, mode 3, max 5)".
/// @param dates  of which start the arguments that are dates count the days; nothing if they are numbers
[[nodiscard]] std::string distribution_words(const scenario::DistributionSpec& distribution,
                                             std::optional<Date> dates = std::nullopt);

/// Says values of a scenario in words, with all uncertain parameters at their medians: "about 224/month". What is drawn
/// in a run is its mean and the range that holds 90 % of the draws: "4.2 (2.5 to 8.1)".
class ValueWords {
 public:
  ValueWords(const scenario::Spec& spec, const std::vector<model::ParameterQuantiles>& quantiles);

  [[nodiscard]] std::string number(const scenario::Value& value);
  [[nodiscard]] std::string count(const scenario::Value& value);    ///< of whole units
  [[nodiscard]] std::string percent(const scenario::Value& value);  ///< of a share
  [[nodiscard]] std::string days(const scenario::Value& value);     ///< of a duration: "3 days"
  [[nodiscard]] std::string date(const scenario::Value& value);     ///< of a time
  /// Of a number of units per day: per day, month or year, whichever gives a figure of a usual size.
  [[nodiscard]] std::string rate(const scenario::Value& value);
  /// Of a rate over time: "20/month to 224/month, linear, from 2023-10-01 over 137 days".
  [[nodiscard]] std::string profile(const scenario::RateProfile& profile);

 private:
  std::string knots(const scenario::RateProfile& profile);

  template <class Show>
  std::string shown(const scenario::Value& value, Show show);

  study::ValueSpreads spreads_;
};

}  // namespace materiel::render
