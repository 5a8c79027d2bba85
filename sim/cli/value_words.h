#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <materiel/model/parameter_quantiles.h>
#include <materiel/random/distribution.h>
#include <materiel/scenario/expression.h>

namespace materiel::scenario {
struct Spec;
struct DistributionSpec;
struct Value;
struct RateProfile;
}  // namespace materiel::scenario

namespace materiel::cli {

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
  /// The mean and the 5 % and 95 % quantiles; all alike if the value is not drawn.
  struct Spread {
    double low = 0, middle = 0, high = 0;
    bool about = false;     ///< it depends on uncertain parameters
    std::string otherwise;  ///< what to say if there is no number
  };

  Spread spread(const scenario::Value& value);
  double evaluate(const scenario::Value& value, bool& about);
  std::vector<double> evaluate_all(const std::vector<scenario::Value>& values, bool& about);
  std::string knots(const scenario::RateProfile& profile);

  template <class Show>
  std::string shown(const scenario::Value& value, Show show);

  scenario::ExpressionNames names_;
  scenario::Evaluator evaluator_;
  std::vector<bool> uncertain_;
};

}  // namespace materiel::cli
