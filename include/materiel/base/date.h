#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace materiel {

/// A civil date of the proleptic Gregorian calendar, without a time of day or a zone.
struct Date {
  std::int32_t days_since_1970 = 0;

  friend auto operator<=>(const Date&, const Date&) = default;

  /// The date of a year, month (1-12) and day (1-31); nothing if there is no such day.
  [[nodiscard]] static std::optional<Date> of(int year, int month, int day);

  /// Reads "2024-02-29"; nothing if it isn't exactly that form or there is no such day.
  [[nodiscard]] static std::optional<Date> parse(std::string_view text);

  [[nodiscard]] int year() const;
  [[nodiscard]] int month() const;        ///< 1-12
  [[nodiscard]] int day() const;          ///< 1-31
  [[nodiscard]] std::string iso() const;  ///< "2024-02-29"

  [[nodiscard]] Date plus(std::int32_t days) const { return {days_since_1970 + days}; }
};

/// A day of any year, such as the edge of a yearly closure. February 29 stands for March 1 in other years.
struct MonthDay {
  int month = 1;  ///< 1-12
  int day = 1;    ///< 1-31

  friend auto operator<=>(const MonthDay&, const MonthDay&) = default;

  /// Reads "12-01"; nothing if it isn't exactly that form or no year has such a day.
  [[nodiscard]] static std::optional<MonthDay> parse(std::string_view text);

  [[nodiscard]] Date in_year(int year) const;
};

/// The earliest and latest dates that a scenario may name.
inline constexpr int kFirstYear = 1900;
inline constexpr int kLastYear = 2200;

}  // namespace materiel
