#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include <materiel/base/special_numbers.h>
#include <materiel/store/run_table.h>
#include <materiel/store/table_reader.h>

namespace materiel::store {
namespace {

/// The parameters of the samples of one alternative.
struct Inputs {
  std::vector<std::vector<double>> values;                          ///< by parameter, then row
  std::map<std::pair<std::string, std::string>, std::size_t> rows;  ///< by point and sample
};

constexpr std::size_t kInputKeys = 3;  // alternative, point, sample: before the parameters
constexpr std::size_t kRunKeys = 5;    // of the columns asked for, before the outcomes

std::size_t index_of(const std::vector<std::string>& names, const std::string& name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

std::vector<Inputs> read_inputs(TableReader& table, const std::vector<std::string>& alternatives) {
  std::vector<Inputs> all(alternatives.size());
  while (table.next()) {
    const std::size_t a = index_of(alternatives, table.text(0));
    if (a == alternatives.size()) continue;
    Inputs& inputs = all[a];
    inputs.rows.emplace(std::pair(table.text(1), table.text(2)), inputs.rows.size());
    inputs.values.resize(table.header().size() - kInputKeys);
    for (std::size_t p = 0; p < inputs.values.size(); ++p) inputs.values[p].push_back(table.number_at(p + kInputKeys));
  }
  return all;
}

/// The number of the present row's run, in the first of the columns asked for; nothing if the cell has none.
std::optional<std::uint64_t> run_number(TableReader& runs) {
  constexpr double kEnd = 9007199254740992;  // 2^53: doubles tell all numbers below apart
  const double number = runs.number(0);
  if (number >= 0 && number < kEnd) return static_cast<std::uint64_t>(number);
  runs.fail(fmt::format("column 'run': '{}' is not the number of a run", runs.text(0)));
  return std::nullopt;
}

/// The run that has to come next among the rows of an alternative and point.
struct NextRun {
  std::string point;
  std::optional<std::uint64_t> number;  ///< of the first row: any
};

/// Whether the present row of runs.csv has the run that has to come next: none is missing or there twice.
bool follows(TableReader& runs, NextRun& next) {
  const std::optional<std::uint64_t> number = run_number(runs);
  if (!number) return false;
  if (next.number && next.point == runs.text(2) && *next.number != *number)
    return runs.fail(
        fmt::format("the row of run {} of '{}' where that of run {} has to stand: rows are missing or doubled", *number,
                    runs.text(1), *next.number));
  next = {runs.text(2), *number + 1};
  return true;
}

/// Adds the present row of runs.csv, which is a good one, to its table; false if its sample is unknown.
bool add_run(TableReader& runs, const Inputs& inputs, RunTable& table) {
  const auto sample = inputs.rows.find({runs.text(2), runs.text(3)});
  if (sample == inputs.rows.end()) return runs.fail("inputs.csv lacks its sample");
  table.run.push_back(static_cast<std::uint64_t>(runs.number(0)));
  table.sample.push_back(sample->second);
  for (std::size_t p = 0; p < table.parameters.size(); ++p)
    table.parameter_values[p].push_back(inputs.values[p][sample->second]);
  for (std::size_t o = 0; o < table.outcome_values.size(); ++o) {
    const double value = runs.number(kRunKeys + o);
    table.outcome_values[o].push_back(std::isfinite(value) ? value : kMissing);  // studies of old wrote "inf"
  }
  return true;
}

/// Leaves out the parameters that an alternative doesn't have, where files were compared.
/// @return the name of one that only some of its samples have; empty: none
std::string drop_absent(RunTable& table, const Inputs& inputs) {
  const auto missing = [](double value) { return std::isnan(value); };
  std::size_t kept = 0;
  for (std::size_t p = 0; p < inputs.values.size(); ++p) {
    const std::vector<double>& values = inputs.values[p];
    if (std::all_of(values.begin(), values.end(), missing)) continue;
    if (std::any_of(values.begin(), values.end(), missing)) return table.parameters[p];
    if (kept != p) {
      table.parameters[kept] = std::move(table.parameters[p]);
      table.parameter_values[kept] = std::move(table.parameter_values[p]);
    }
    ++kept;
  }
  if (!inputs.values.empty()) {
    table.parameters.resize(kept);
    table.parameter_values.resize(kept);
  }
  return {};
}

/// In the order of names: what is drawn or chosen parameter by parameter must not depend on the order of the file.
void sort_parameters(RunTable& table) {
  std::vector<std::size_t> order(table.parameters.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return table.parameters[a] < table.parameters[b]; });
  std::vector<std::string> names;
  std::vector<std::vector<double>> values;
  for (const std::size_t p : order) {
    names.push_back(std::move(table.parameters[p]));
    values.push_back(std::move(table.parameter_values[p]));
  }
  table.parameters = std::move(names);
  table.parameter_values = std::move(values);
}

}  // namespace

std::optional<std::vector<RunTable>> read_runs(const DirectoryPath& directory,
                                               const std::vector<std::string>& alternatives,
                                               const std::vector<std::string>& outcomes, std::string& error) {
  constexpr std::string_view kInputColumns[] = {"alternative", "point", "sample"};
  TableReader samples(directory, "inputs.csv", kInputColumns);
  const std::vector<Inputs> inputs = read_inputs(samples, alternatives);
  error = samples.error();
  if (!error.empty()) return std::nullopt;
  std::vector<std::string_view> columns = {"run", "alternative", "point", "sample", "status"};
  columns.insert(columns.end(), outcomes.begin(), outcomes.end());
  TableReader runs(directory, "runs.csv", columns);
  std::vector<RunTable> tables(alternatives.size());
  for (RunTable& table : tables) {
    table.parameters.assign(samples.header().begin() + kInputKeys, samples.header().end());
    table.parameter_values.resize(table.parameters.size());
    table.outcome_values.resize(outcomes.size());
  }
  std::vector<NextRun> next(alternatives.size());
  while (runs.next()) {
    const std::size_t a = index_of(alternatives, runs.text(1));
    if (a == alternatives.size()) continue;
    if (!follows(runs, next[a])) break;
    if (runs.text(4) != "ok") {
      ++tables[a].failed;
    } else if (!add_run(runs, inputs[a], tables[a])) {
      break;
    }
  }
  error = runs.error();
  for (std::size_t a = 0; a < tables.size() && error.empty(); ++a) {
    const std::string some = drop_absent(tables[a], inputs[a]);
    if (!some.empty()) error = fmt::format("{}/inputs.csv: {} is missing in some samples", directory.text(), some);
    sort_parameters(tables[a]);
  }
  if (!error.empty()) return std::nullopt;
  return tables;
}

std::string missing_runs(const std::string& directory, const StudyRecord& record,
                         const std::vector<std::string>& alternatives, const std::vector<RunTable>& tables) {
  if (!record.identity.shard.empty()) return {};  // whose record counts the runs of the whole study
  for (const AlternativeFacts& facts : record.alternatives) {
    const std::size_t a = index_of(alternatives, facts.name);
    if (a == alternatives.size()) continue;
    const std::uint64_t runs = facts.samples * record.identity.replications;
    const std::uint64_t rows = tables[a].run.size() + tables[a].failed;
    if (runs != rows || facts.failed != tables[a].failed)
      return fmt::format(
          "{}/runs.csv has {} rows of '{}', {} of them of failed runs, but the study ran {}, of which {} failed",
          directory, rows, facts.name, tables[a].failed, runs, facts.failed);
  }
  return {};
}

std::optional<std::vector<std::vector<std::uint64_t>>> read_failed_runs(const DirectoryPath& directory,
                                                                        const std::vector<std::string>& alternatives,
                                                                        std::string& error) {
  constexpr std::string_view kColumns[] = {"run", "alternative", "status"};
  TableReader rows(directory, "runs.csv", kColumns);
  std::vector<std::vector<std::uint64_t>> failed(alternatives.size());
  while (rows.next()) {
    const std::size_t a = index_of(alternatives, rows.text(1));
    if (a == alternatives.size() || rows.text(2) == "ok") continue;
    const std::optional<std::uint64_t> number = run_number(rows);
    if (!number) break;
    failed[a].push_back(*number);
  }
  error = rows.error();
  if (!error.empty()) return std::nullopt;
  return failed;
}

}  // namespace materiel::store
