#include <materiel/base/units.h>

namespace materiel {

std::optional<double> unit_factor(std::string_view unit) {
  const bool per = unit.starts_with('/');
  if (per) unit.remove_prefix(1);
  double days = 0;
  if (unit == "day") days = kDay;
  if (unit == "week") days = kWeek;
  if (unit == "month") days = kMonth;
  if (unit == "year") days = kYear;
  if (days == 0) return std::nullopt;
  return per ? 1 / days : days;
}

double in_unit(double value, std::string_view unit) {
  return value / unit_factor(unit).value_or(1);
}

std::string_view unit_names() {
  return "day, week, month, year, /day, /week, /month, /year";
}

}  // namespace materiel
