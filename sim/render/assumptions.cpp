#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <materiel/base/json_dump.h>
#include <materiel/render/assumptions.h>
#include <materiel/store/csv.h>
#include <materiel/store/study_tables.h>

namespace materiel::render {
namespace {

using Json = nlohmann::ordered_json;

const char* how(const Assumption& assumption) {
  return assumption.sampled ? "sampled" : "exact";
}

Json quantile_json(const Assumption& assumption, std::size_t quantile, Date start) {
  const double value = assumption.quantiles[quantile];
  if (std::isnan(value)) return nullptr;
  return assumption.is_date ? Json(store::date_of_day(start, value)) : Json(value);
}

}  // namespace

std::string quantile_text(const Assumption& assumption, std::size_t quantile, Date start) {
  const double value = assumption.quantiles[quantile];
  if (std::isnan(value)) return {};
  return assumption.is_date ? store::date_of_day(start, value) : fmt::format("{:.10g}", value);
}

std::string assumptions_csv(const AssumptionRegister& all) {
  std::string text = store::csv_line({"parameter", "label", "distribution", "p05", "p50", "p95", "quantiles", "unit",
                                      "source", "as_of", "grade", "note"});
  for (const Assumption& a : all.assumptions) {
    text += store::csv_line({a.parameter, a.label, a.distribution, quantile_text(a, 0, all.start),
                             quantile_text(a, 1, all.start), quantile_text(a, 2, all.start), how(a), a.unit, a.source,
                             a.as_of, a.grade, a.note});
  }
  return text;
}

std::string assumptions_json(const AssumptionRegister& all, const std::string& directory,
                             const std::vector<std::string>& files) {
  Json assumptions = Json::array(), correlations = Json::array(), alternatives = Json::array();
  for (const Assumption& a : all.assumptions) {
    assumptions.push_back({{"parameter", a.parameter},
                           {"label", a.label},
                           {"distribution", a.distribution},
                           {"p05", quantile_json(a, 0, all.start)},
                           {"p50", quantile_json(a, 1, all.start)},
                           {"p95", quantile_json(a, 2, all.start)},
                           {"quantiles", how(a)},
                           {"unit", a.unit},
                           {"source", a.source},
                           {"as_of", a.as_of},
                           {"grade", a.grade},
                           {"note", a.note}});
  }
  for (const CorrelationLine& c : all.correlations)
    correlations.push_back({{"first", c.first}, {"second", c.second}, {"rho", c.rho}});
  for (const AlternativeLine& a : all.alternatives) {
    Json settings = Json::object();
    for (const auto& [path, value] : a.settings) settings[path] = value;
    alternatives.push_back(
        {{"name", a.name}, {"label", a.label}, {"extends", a.extends}, {"set", std::move(settings)}});
  }
  return json_dump(nlohmann::ordered_json{{"scenario", all.scenario},
                                          {"title", all.title},
                                          {"assumptions", std::move(assumptions)},
                                          {"correlations", std::move(correlations)},
                                          {"alternatives", std::move(alternatives)},
                                          {"directory", directory},
                                          {"files", files}});
}

}  // namespace materiel::render
