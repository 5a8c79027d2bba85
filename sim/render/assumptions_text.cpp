#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include <materiel/base/number_text.h>
#include <materiel/base/text.h>
#include <materiel/base/units.h>
#include <materiel/render/assumptions_text.h>
#include <materiel/render/text_table.h>
#include <materiel/scenario/print.h>
#include <materiel/scenario/spec.h>
#include <materiel/store/study_tables.h>

#include "render/value_words.h"

namespace materiel::render {
namespace {

using scenario::Parameter;
using scenario::Value;

constexpr std::size_t kTextWidth = 96;  // of the lines below a parameter, characters

/// A parameter's value or distribution as written.
std::string written(const Parameter& parameter, Date start) {
  const Value& value = parameter.value;
  const std::optional<Date> dates = parameter.is_date ? std::optional(start) : std::nullopt;
  if (value.kind == Value::Kind::distribution) return distribution_words(value.distribution.front(), dates);
  if (value.kind == Value::Kind::expression) return "= " + scenario::written_expression(parameter);
  return dates ? store::date_of_day(*dates, value.number)
               : fmt::format("{:.10g}", in_unit(value.number, parameter.unit));
}

Assumption assumption(const Parameter& parameter, const model::ParameterQuantiles& quantiles, Date start) {
  const auto shown = [&](double days) { return parameter.is_date ? days : in_unit(days, parameter.unit); };
  return {.parameter = parameter.name,
          .label = parameter.label,
          .distribution = written(parameter, start),
          .quantiles = {shown(quantiles.p05), shown(quantiles.p50), shown(quantiles.p95)},
          .is_date = parameter.is_date,
          .sampled = quantiles.sampled,
          .unit = parameter.is_date ? "date" : parameter.unit,
          .source = parameter.source,
          .as_of = parameter.as_of ? parameter.as_of->iso() : std::string(),
          .grade = parameter.grade,
          .note = parameter.note};
}

/// A quantile for the terminal.
std::string brief(const Assumption& assumption, std::size_t quantile, Date start) {
  const double value = assumption.quantiles[quantile];
  if (std::isnan(value)) return "-";
  return assumption.is_date ? quantile_text(assumption, quantile, start) : brief_number(value);
}

void append_indented(std::string& text, std::string_view begin, std::string_view words) {
  if (words.empty()) return;
  const std::string indent = "    ", further = indent + std::string(characters_in(begin), ' ');
  bool first = true;
  for (const std::string& line : wrapped(words, kTextWidth)) {
    text += first ? indent + std::string(begin) : further;
    text += line + '\n';
    first = false;
  }
}

/// The table with its lines of words between the rows.
std::string parameters_text(const AssumptionRegister& all) {
  if (all.assumptions.empty()) return "No parameters.\n";
  std::vector<TextRow> rows = {{"Parameter", "5 %", "median", "95 %", "unit", "as of", "grade"}};
  for (const Assumption& a : all.assumptions) {
    const bool certain = a.quantiles[0] == a.quantiles[2];
    rows.push_back({a.parameter, certain ? "" : brief(a, 0, all.start),
                    brief(a, 1, all.start) + (a.sampled && !certain ? "*" : " "), certain ? "" : brief(a, 2, all.start),
                    a.unit, a.as_of, a.grade});
  }
  const std::string table = aligned(rows, "lrrrl");
  std::string text;
  std::size_t at = 0;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const std::size_t end = table.find('\n', at) + 1;
    text += table.substr(at, end - at);
    at = end;
    if (row == 0) continue;
    const Assumption& a = all.assumptions[row - 1];
    append_indented(text, "", a.label);
    const bool is_number = a.distribution == quantile_text(a, 1, all.start);
    if (!is_number) append_indented(text, "", a.distribution);
    append_indented(text, "source: ", a.source);
    append_indented(text, "note: ", a.note);
  }
  return text;
}

std::string count_words(const AssumptionRegister& all) {
  std::map<std::string, std::size_t> grades;
  for (const Assumption& a : all.assumptions) ++grades[a.grade.empty() ? "no grade" : a.grade];
  const auto is_certain = [](const Assumption& a) { return a.quantiles[0] == a.quantiles[2]; };
  const auto certain =
      static_cast<std::size_t>(std::count_if(all.assumptions.begin(), all.assumptions.end(), is_certain));
  std::string text = fmt::format("{} parameters, {} of them uncertain. Grades:", all.assumptions.size(),
                                 all.assumptions.size() - certain);
  for (const auto& [grade, count] : grades) text += fmt::format(" {} × {},", count, grade);
  text.back() = '.';
  text += '\n';
  if (std::any_of(all.assumptions.begin(), all.assumptions.end(),
                  [&](const Assumption& a) { return a.sampled && !is_certain(a); })) {
    text += "* depends on other uncertain parameters: quantiles from samples\n";
  }
  return text;
}

}  // namespace

AssumptionRegister assumption_register(const scenario::Spec& spec,
                                       const std::vector<model::ParameterQuantiles>& quantiles) {
  AssumptionRegister all{.scenario = spec.name,
                         .title = spec.title,
                         .start = spec.start,
                         .assumptions = {},
                         .correlations = {},
                         .alternatives = {}};
  for (std::size_t p = 0; p < spec.parameters.size(); ++p)
    all.assumptions.push_back(assumption(spec.parameters[p], quantiles[p], spec.start));
  for (const scenario::Correlation& c : spec.correlations)
    all.correlations.push_back({c.first.text, c.second.text, c.rho});
  for (const scenario::Alternative& a : spec.alternatives) {
    all.alternatives.push_back({a.name, a.label, a.extends.text, {}});
    for (const scenario::Setting& one : a.set) all.alternatives.back().settings.push_back({one.path, one.value});
  }
  return all;
}

std::string assumptions_text(const AssumptionRegister& all) {
  std::string text = parameters_text(all);
  if (!all.assumptions.empty()) text += "\n" + count_words(all);
  if (!all.correlations.empty()) {
    std::vector<TextRow> rows = {{"Correlation of", "and", "Spearman's rho"}};
    for (const CorrelationLine& c : all.correlations) rows.push_back({c.first, c.second, number_text(c.rho)});
    text += "\n" + aligned(rows, "llr");
  }
  if (!all.alternatives.empty()) text += "\nAlternatives\n";
  for (const AlternativeLine& a : all.alternatives) {
    text +=
        a.name + (a.label.empty() ? "" : ": " + a.label) + (a.extends.empty() ? "" : " (extends " + a.extends + ")");
    text += '\n';
    for (const auto& [path, value] : a.settings) append_indented(text, path + " = ", value);
  }
  return printable(text);
}

}  // namespace materiel::render
