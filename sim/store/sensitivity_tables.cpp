#include <fmt/format.h>

#include <materiel/base/number_text.h>
#include <materiel/store/csv.h>
#include <materiel/store/sensitivity_tables.h>
#include <materiel/store/table_reader.h>

namespace materiel::store {
namespace {

using stats::IndexEstimate;

void begin_row(const SensitivityOutcome& outcome, const std::vector<std::string>& names, std::string& text) {
  append_text(text, outcome.alternative);
  for (const std::string* word : {&outcome.name, &outcome.unit}) {
    text += ',';
    append_text(text, *word);
  }
  for (const std::string& name : names) {
    text += ',';
    append_text(text, name);
  }
}

void append(std::string& text, double number) {
  text += ',';
  append_number(text, number);
}

void append(std::string& text, const IndexEstimate& estimate) {
  for (const double number : {estimate.value, estimate.conf, estimate.lo, estimate.hi}) append(text, number);
}

/// The names of an estimate's four columns.
std::string columns(const std::string& name) {
  return fmt::format(",{0},{0}_conf,{0}_lo,{0}_hi", name);
}

void end_row(std::string& text, std::uint64_t n, std::uint64_t left_out) {
  append(text, kSensitivityLevel);
  text += ',';
  append_count(text, n);
  text += ',';
  append_count(text, left_out);
  text += '\n';
}

constexpr const char* kBeginning = "alternative,outcome,unit,parameter";

}  // namespace

std::string sobol_header() {
  return kBeginning + columns("S1") + columns("ST") + ",conf_level,n,n_dropped\n";
}

void append_sobol_rows(const SensitivityOutcome& outcome, const std::vector<std::string>& factors,
                       const stats::SobolIndices& found, std::string& text) {
  for (std::size_t i = 0; i < factors.size(); ++i) {
    begin_row(outcome, {factors[i]}, text);
    append(text, found.first_order[i]);
    append(text, found.total[i]);
    end_row(text, found.blocks, found.dropped);
  }
}

std::string sobol_second_header() {
  return "alternative,outcome,unit,parameter,parameter_2" + columns("S2") + ",conf_level,n,n_dropped\n";
}

void append_sobol_second_rows(const SensitivityOutcome& outcome, const std::vector<std::string>& factors,
                              const stats::SobolIndices& found, std::string& text) {
  for (const stats::SobolPair& pair : found.second_order) {
    begin_row(outcome, {factors[pair.first], factors[pair.second]}, text);
    append(text, pair.index);
    end_row(text, found.blocks, found.dropped);
  }
}

std::string morris_header() {
  return std::string(kBeginning) + ",mu" + columns("mu_star") + ",sigma,conf_level,n,n_dropped\n";
}

void append_morris_rows(const SensitivityOutcome& outcome, const std::vector<std::string>& factors,
                        const stats::MorrisEffects& found, std::string& text) {
  for (std::size_t i = 0; i < factors.size(); ++i) {
    begin_row(outcome, {factors[i]}, text);
    append(text, found.effects[i].mu);
    append(text, found.effects[i].mu_star);
    append(text, found.effects[i].sigma);
    end_row(text, found.trajectories, found.dropped);
  }
}

std::string given_header() {
  return kBeginning + columns("S1") + columns("delta") + columns("pawn_median") + columns("pawn_max") +
         ",prcc,prcc_lo,prcc_hi,prcc_p_value,conf_level,n,n_missing\n";
}

void append_given_rows(const SensitivityOutcome& outcome, const std::vector<std::string>& parameters,
                       const GivenMeasures& found, std::string& text) {
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const stats::GivenIndices& one = found.indices[i];
    const stats::PartialRankCorrelation& rank = found.correlations[i];
    begin_row(outcome, {parameters[i]}, text);
    for (const IndexEstimate* estimate : {&one.first_order, &one.delta, &one.pawn_median, &one.pawn_max})
      append(text, *estimate);
    for (const double number : {rank.value, rank.lo, rank.hi, rank.p_value}) append(text, number);
    end_row(text, found.n, found.n_missing);
  }
}

std::string information_header() {
  return kBeginning + columns("evppi") + ",bias,conf_level,n\n";
}

void append_information_rows(const SensitivityOutcome& outcome, const std::vector<std::string>& parameters,
                             const stats::DecisionValue& found, std::uint64_t n, std::string& text) {
  const auto row = [&](const std::string& name, const stats::InformationValue& value) {
    begin_row(outcome, {name}, text);
    append(text, value.gain);
    append(text, value.bias);
    append(text, kSensitivityLevel);
    text += ',';
    append_count(text, n);
    text += '\n';
  };
  row("everything", found.perfect);
  for (std::size_t i = 0; i < parameters.size(); ++i) row(parameters[i], found.each[i]);
}

std::optional<std::vector<SensitivityRow>> read_sensitivity(const DirectoryPath& directory, const std::string& file,
                                                            const std::string& alternative,
                                                            const std::vector<std::string>& columns,
                                                            std::string& error) {
  std::vector<std::string_view> wanted = {"alternative", "outcome", "parameter"};
  const std::size_t names = wanted.size();
  wanted.insert(wanted.end(), columns.begin(), columns.end());
  TableReader table(directory, file, wanted);
  std::vector<SensitivityRow> rows;
  while (table.next()) {
    if (table.text(0) != alternative) continue;
    SensitivityRow& row = rows.emplace_back(SensitivityRow{table.text(1), table.text(2), {}});
    for (std::size_t i = names; i < wanted.size(); ++i) row.numbers.push_back(table.number(i));
  }
  error = table.error();
  if (!error.empty()) return std::nullopt;
  return rows;
}

}  // namespace materiel::store
