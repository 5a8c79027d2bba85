#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <materiel/base/date.h>
#include <materiel/scenario/rate_profile.h>

namespace materiel::scenario {

struct ItemQuantity;
struct Span;
struct Variability;

/// The lines of one section.
class SectionText {
 public:
  explicit SectionText(std::string_view header) : text_("\n[" + std::string{header} + "]\n") {}

  void line(std::string_view key, std::string_view toml);
  void text(std::string_view key, const std::string& value);  ///< nothing if it is empty
  void name(std::string_view key, const Text& value) { text(key, value.text); }
  void names(std::string_view key, const std::vector<Text>& values);
  void value(std::string_view key, const Value& value);  ///< nothing if it is absent
  void flag(std::string_view key, bool value);           ///< nothing if it is false
  void priority(std::int64_t priority);                  ///< nothing if it is 0
  void quantities(std::string_view key, const std::vector<ItemQuantity>& values);
  void pairs(std::string_view key, const std::vector<When>& values);
  void rate(const RateProfile& profile);
  void variability(const Variability& variability);
  void span(const Span& span, std::string_view begins, std::string_view ends);

  [[nodiscard]] const std::string& lines() const { return text_; }

 private:
  std::string text_;
};

/// A value as TOML: a number, a text or a table.
[[nodiscard]] std::string toml_value(const Value& value);

/// "{ a = 1, b = 2 }" of parts "a = 1" and "b = 2".
[[nodiscard]] std::string toml_table(const std::vector<std::string>& parts);

/// The keys of a distribution, "min = 1" and so on.
/// @param dates  the start of the scenario if values of the variable are dates
[[nodiscard]] std::vector<std::string> distribution_parts(const DistributionSpec& distribution,
                                                          const std::optional<Date>& dates = std::nullopt);

/// A number of days as a date, if it is that of one that a scenario may name.
[[nodiscard]] std::string day_text(double day, const Date& start);

}  // namespace materiel::scenario
