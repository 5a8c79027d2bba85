#include <charconv>

#include <nlohmann/json.hpp>

#include <materiel/base/csv_reader.h>
#include <materiel/base/json_dump.h>
#include <materiel/render/json_text.h>
#include <materiel/store/csv.h>

namespace materiel::render {
namespace {

using Json = nlohmann::ordered_json;

void add_lines(const AlternativeSummary& summary, Json& lines) {
  for (const experiment::SummaryLine& line : summary.lines) {
    const model::OutcomeInfo& outcome = summary.outcomes[line.outcome];
    lines.push_back({{"alternative", summary.alternative},
                     {"outcome", outcome.name},
                     {"unit", outcome.unit},
                     {"statistic", experiment::name_of(line.statistic)},
                     {"estimate", line.estimate},
                     {"mcse", line.mcse},
                     {"lo", line.lo},
                     {"hi", line.hi},
                     {"conf_level", line.conf_level},
                     {"n", line.n},
                     {"n_missing", line.n_missing}});
    if (line.assumes_normal) lines.back()["note"] = "assumes normal";
  }
}

/// A number where the whole cell is one, null for an empty cell.
Json cell_json(const std::string& cell) {
  if (cell.empty()) return nullptr;
  double number = 0;
  const auto read = std::from_chars(cell.data(), cell.data() + cell.size(), number);
  if (read.ec == std::errc() && read.ptr == cell.data() + cell.size()) return number;
  return std::string(store::text_of_cell(cell));
}

Json rows_json(const std::string& csv) {
  Json rows = Json::array();
  CsvReader reader(csv);
  std::vector<std::string> header, cells;
  reader.next(header);
  while (reader.next(cells)) {
    Json row = Json::object();
    for (std::size_t i = 0; i < cells.size(); ++i) row[header[i]] = cell_json(cells[i]);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

std::string diagnostics_text(const Diagnostics& diagnostics) {
  Json list = Json::array();
  for (const Diagnostic& diagnostic : diagnostics) {
    list.push_back({{"severity", diagnostic.severity == Severity::error ? "error" : "warning"},
                    {"file", diagnostic.file},
                    {"line", diagnostic.where.line},
                    {"column", diagnostic.where.column},
                    {"length", diagnostic.where.length},
                    {"message", diagnostic.message},
                    {"notes", diagnostic.notes}});
  }
  return json_dump(list);
}

std::string summary_text(const store::StudyRecord& record, const std::string& directory,
                         const std::vector<AlternativeSummary>& summaries) {
  Json lines = Json::array();
  for (const AlternativeSummary& summary : summaries) add_lines(summary, lines);
  return json_dump(nlohmann::ordered_json{{"scenario", record.scenario.name},
                                          {"directory", directory},
                                          {"runs", record.counts.runs},
                                          {"failed", record.counts.failed},
                                          {"summary", std::move(lines)}});
}

std::string tables_text(const std::string& directory, const std::vector<NamedTable>& tables) {
  Json json = {{"directory", directory}};
  for (const NamedTable& table : tables) json[table.name.substr(0, table.name.find('.'))] = rows_json(table.csv);
  return json_dump(json);
}

}  // namespace materiel::render
