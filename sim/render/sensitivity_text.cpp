#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include <fmt/format.h>

#include <materiel/render/sensitivity_text.h>
#include <materiel/render/study_tables_text.h>
#include <materiel/render/text_table.h>

namespace materiel::render {
namespace {

using stats::IndexEstimate;

/// The numbers 0 ... count - 1, the largest value first and missing ones last.
std::vector<std::size_t> descending(std::size_t count, const std::function<double(std::size_t)>& value) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto key = [&](std::size_t i) { return std::isnan(value(i)) ? -HUGE_VAL : value(i); };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) > key(b); });
  return order;
}

std::string share_text(double share) {
  return std::isnan(share) ? "-" : fmt::format("{:.3f}", share + 0.0);
}

std::string interval_text(const IndexEstimate& estimate, std::string (*text)(double)) {
  return std::isnan(estimate.lo) ? "-" : fmt::format("{} to {}", text(estimate.lo), text(estimate.hi));
}

std::string second_order_table(const std::vector<std::string>& factors, const stats::SobolIndices& found) {
  constexpr std::size_t kMostPairs = 10;
  if (found.second_order.empty()) return {};
  std::vector<TextRow> rows = {{"Pair", "S2", "95 % interval"}};
  const auto order =
      descending(found.second_order.size(), [&](std::size_t i) { return found.second_order[i].index.value; });
  for (const std::size_t i : order) {
    const stats::SobolPair& pair = found.second_order[i];
    if (rows.size() > kMostPairs) break;
    rows.push_back({fmt::format("{} x {}", factors[pair.first], factors[pair.second]), share_text(pair.index.value),
                    interval_text(pair.index, share_text)});
  }
  std::string text = aligned(rows, "lr");
  if (found.second_order.size() > kMostPairs)
    text += fmt::format("... and {} more pairs, in sobol_second.csv\n", found.second_order.size() - kMostPairs);
  return text + "\n";
}

}  // namespace

std::string sensitivity_text(const study::SensitivityResult& result) {
  std::string text;
  for (const study::SensitivityFinding& found : result.findings) {
    if (!found.varies) continue;
    const model::OutcomeInfo outcome = with_shown_name(found.outcome, result.record.outcomes);
    if (const auto* sobol = std::get_if<stats::SobolIndices>(&found.measures))
      text += sobol_table(outcome, result.factors, *sobol);
    else
      text += morris_table(outcome, result.factors, std::get<stats::MorrisEffects>(found.measures));
  }
  return text;
}

std::string sobol_table(const model::OutcomeInfo& outcome, const std::vector<std::string>& factors,
                        const stats::SobolIndices& found) {
  std::vector<TextRow> rows = {{outcome.label, "S1", "95 % interval", "ST", "95 % interval"}};
  for (const std::size_t i : descending(factors.size(), [&](std::size_t f) { return found.total[f].value; })) {
    rows.push_back({factors[i], share_text(found.first_order[i].value), interval_text(found.first_order[i], share_text),
                    share_text(found.total[i].value), interval_text(found.total[i], share_text)});
  }
  return aligned(rows, "lr") + "\n" + second_order_table(factors, found);
}

std::string morris_table(const model::OutcomeInfo& outcome, const std::vector<std::string>& factors,
                         const stats::MorrisEffects& found) {
  std::vector<TextRow> rows = {{outcome.label, "mu_star", "95 % interval", "mu", "sigma", ""}};
  for (const std::size_t i :
       descending(factors.size(), [&](std::size_t f) { return found.effects[f].mu_star.value; })) {
    const stats::MorrisEffect& effect = found.effects[i];
    rows.push_back({factors[i], value_text(effect.mu_star.value), interval_text(effect.mu_star, value_text),
                    value_text(effect.mu), value_text(effect.sigma), outcome.unit});
  }
  return aligned(rows, "lr") + "\n";
}

std::string given_table(const std::string& heading, const std::vector<std::string>& parameters,
                        const store::GivenMeasures& found) {
  std::vector<TextRow> rows = {{heading, "S1", "95 % interval", "delta", "95 % interval", "PAWN", "PRCC"}};
  for (const std::size_t i :
       descending(parameters.size(), [&](std::size_t p) { return found.indices[p].delta.value; })) {
    const stats::GivenIndices& one = found.indices[i];
    rows.push_back({parameters[i], share_text(one.first_order.value), interval_text(one.first_order, share_text),
                    share_text(one.delta.value), interval_text(one.delta, share_text),
                    share_text(one.pawn_median.value), share_text(found.correlations[i].value)});
  }
  return aligned(rows, "lr") + "\n";
}

std::string information_table(const model::OutcomeInfo& outcome, const std::vector<std::string>& alternatives,
                              const std::vector<std::string>& parameters, const stats::DecisionValue& found) {
  std::vector<TextRow> choices = {{"Alternative", "mean", ""}};
  for (std::size_t a = 0; a < alternatives.size(); ++a)
    choices.push_back({alternatives[a], value_text(found.means[a]), a == found.best ? "the choice now" : ""});
  std::vector<TextRow> rows = {{"Knowing", "is worth", "95 % interval", ""}};
  const auto add = [&](const std::string& name, const stats::InformationValue& value) {
    rows.push_back({name, value_text(value.gain.value), interval_text(value.gain, value_text), outcome.unit});
  };
  add("everything", found.perfect);
  for (const std::size_t i : descending(parameters.size(), [&](std::size_t p) { return found.each[p].gain.value; }))
    add(parameters[i], found.each[i]);
  return fmt::format("Value of information for {}\n{}\n{}\n", outcome.label, aligned(choices, "lrl"),
                     aligned(rows, "lr"));
}

}  // namespace materiel::render
