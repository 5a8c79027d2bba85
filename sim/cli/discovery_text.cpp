#include "cli/discovery_text.h"

#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include <materiel/base/text.h>
#include <materiel/render/study_tables_text.h>
#include <materiel/render/text_table.h>

namespace materiel::cli {
namespace {

std::string p_text(double p) {
  return p < 0.001 ? "< 0.001" : fmt::format("{:.3f}", p);
}

}  // namespace

std::string discovery_text(const store::StudyRecord& record, const EventTable& table,
                           const std::vector<stats::PrimFinding>& found) {
  const Date start = Date::parse(record.scenario.start).value_or(Date{});
  const auto value = [&](bool is_date, double x) {
    return std::isinf(x) ? std::string() : is_date ? render::date_text(start, x) : render::value_text(x);
  };
  const double events = std::accumulate(table.outcome.begin(), table.outcome.end(), 0.0);
  std::string text = fmt::format("{}: in {} of {} runs\n\n", table.subject.outcome,
                                 render::percent_text(events / static_cast<double>(table.outcome.size())),
                                 with_thousands(fmt::format("{}", table.runs)));
  for (std::size_t i = 0; i < found.size(); ++i) {
    const stats::PrimFinding& one = found[i];
    text += fmt::format("Box {}: coverage {}, density {}, mass {}\n", i + 1, render::percent_text(one.quality.coverage),
                        render::percent_text(one.quality.density), render::percent_text(one.quality.mass));
    std::vector<render::TextRow> rows = {{"Parameter", "from", "to", "of", "to", "quasi p", ""}};
    for (std::size_t p = 0; p < one.box.size(); ++p) {
      if (!one.box[p].restricts()) continue;
      const store::DiscoveryParameter& parameter = table.subject.parameters[p];
      const bool is_date = table.infos[p].is_date;
      rows.push_back({parameter.name, value(is_date, one.box[p].lower), value(is_date, one.box[p].upper),
                      value(is_date, parameter.least), value(is_date, parameter.most), p_text(one.p_values[p]),
                      is_date ? std::string() : parameter.unit});
    }
    text += rows.size() > 1 ? render::aligned(rows, "lrrrrrl") + "\n" : "without limits\n\n";
  }
  return text;
}

}  // namespace materiel::cli
