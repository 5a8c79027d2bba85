#include <cmath>

#include <fmt/format.h>

#include <materiel/base/text.h>
#include <materiel/render/discovery_text.h>
#include <materiel/render/study_tables_text.h>
#include <materiel/render/text_table.h>

namespace materiel::render {
namespace {

std::string p_text(double p) {
  return p < 0.001 ? "< 0.001" : fmt::format("{:.3f}", p);
}

}  // namespace

std::string discovery_text(const study::DiscoverResult& result) {
  const auto value = [&](bool is_date, double x) {
    return std::isinf(x) ? std::string() : is_date ? date_text(result.start, x) : value_text(x);
  };
  std::string text = fmt::format("{}: in {} of {} runs\n\n", result.subject.outcome, percent_text(result.share),
                                 with_thousands(fmt::format("{}", result.runs)));
  for (std::size_t i = 0; i < result.boxes.size(); ++i) {
    const stats::PrimFinding& one = result.boxes[i];
    text += fmt::format("Box {}: coverage {}, density {}, mass {}\n", i + 1, percent_text(one.quality.coverage),
                        percent_text(one.quality.density), percent_text(one.quality.mass));
    std::vector<TextRow> rows = {{"Parameter", "from", "to", "of", "to", "quasi p", ""}};
    for (std::size_t p = 0; p < one.box.size(); ++p) {
      if (!one.box[p].restricts()) continue;
      const store::DiscoveryParameter& parameter = result.subject.parameters[p];
      const bool is_date = result.infos[p].is_date;
      rows.push_back({parameter.name, value(is_date, one.box[p].lower), value(is_date, one.box[p].upper),
                      value(is_date, parameter.least), value(is_date, parameter.most), p_text(one.p_values[p]),
                      is_date ? std::string() : parameter.unit});
    }
    text += rows.size() > 1 ? aligned(rows, "lrrrrrl") + "\n" : "without limits\n\n";
  }
  return text;
}

}  // namespace materiel::render
