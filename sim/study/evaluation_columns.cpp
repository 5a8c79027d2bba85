#include "study/evaluation_columns.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <unordered_map>

#include <fmt/format.h>

#include <materiel/base/spelling.h>

namespace materiel::study {
namespace {

Error refused(std::string what, std::string hint = {}) {
  return {Error::Code::invalid_request, std::move(what), std::move(hint)};
}

/// The places of names in a list of infos; an error if one is unknown or stands twice.
template <class Infos, class Index>
std::optional<Error> find_columns(const Infos& infos, const std::vector<std::string>& names, const std::string& kind,
                                  std::vector<Index>& found) {
  std::unordered_map<std::string, Index> places;
  for (std::size_t i = 0; i < infos.size(); ++i) places.emplace(infos[i].name, static_cast<Index>(i));
  std::vector<bool> taken(infos.size(), false);
  for (const std::string& name : names) {
    const auto at = places.find(name);
    if (at == places.end()) {
      std::vector<std::string> known;
      known.reserve(infos.size());
      for (const auto& info : infos) known.push_back(info.name);
      const std::optional<std::string> near = nearest_spelling(name, known);
      return refused(fmt::format("the model has no {} '{}'", kind, name),
                     near ? fmt::format("did you mean '{}'?", *near) : std::string());
    }
    if (taken[at->second]) return refused(fmt::format("the {} '{}' is given twice", kind, name));
    taken[at->second] = true;
    found.push_back(at->second);
  }
  return std::nullopt;
}

/// What is wrong with how many numbers there are.
std::optional<Error> wrong_size(const EvaluationRequest& request) {
  constexpr std::uint64_t kMostSamples = std::uint64_t{1} << 32U;
  if (request.rows > kMostSamples || request.replications > kMostSamples)
    return refused("more than 2^32 rows or replications");
  if (request.replications == 0) return refused("the number of replications is 0", "ask for at least one");
  if (request.values.size() != request.rows * request.parameters.size())
    return refused(fmt::format("{} rows of {} parameters are {} numbers, but there are {}", request.rows,
                               request.parameters.size(), request.rows * request.parameters.size(),
                               request.values.size()));
  if (request.seeds.size() != 1 && request.seeds.size() != request.rows)
    return refused(fmt::format("there are {} seeds for {} rows", request.seeds.size(), request.rows),
                   "give one seed, or one a row");
  if (!request.samples.empty() && request.samples.size() != request.rows)
    return refused(fmt::format("there are {} samples for {} rows", request.samples.size(), request.rows),
                   "give none, or one a row");
  return std::nullopt;
}

/// What is wrong with one of the numbers.
std::optional<Error> wrong_number(const EvaluationRequest& request) {
  const std::size_t columns = request.parameters.size();
  for (std::size_t i = 0; i < request.values.size(); ++i) {
    const double x = request.values[i];
    const auto where = [&] {
      return fmt::format("row {}, parameter '{}'", i / columns, request.parameters[i % columns]);
    };
    if (!std::isfinite(x)) return refused(fmt::format("{}: {} is not a finite number", where(), x));
    if (request.scale == Scale::quantile && !(x > 0 && x < 1))
      return refused(fmt::format("{}: {} is no quantile", where(), x), "quantiles lie between 0 and 1, both excluded");
  }
  return std::nullopt;
}

}  // namespace

Expected<EvaluationColumns> check_evaluation(const EvaluationRequest& request) {
  if (!request.model) return refused("there is no model");
  const model::Model& model = *request.model;
  EvaluationColumns columns;
  if (auto wrong = find_columns(model.parameters(), request.parameters, "parameter", columns.parameters)) return *wrong;
  if (auto wrong = find_columns(model.outcomes(), request.outcomes, "outcome", columns.outcomes)) return *wrong;
  if (request.outcomes.empty())
    for (std::size_t i = 0; i < model.outcomes().size(); ++i) columns.outcomes.push_back(i);
  if (request.scale == Scale::quantile) {
    for (const std::uint32_t p : columns.parameters)
      if (!model.parameters()[p].is_drawn)
        return refused(
            fmt::format("the parameter '{}' has no distribution to take a quantile of", model.parameters()[p].name),
            "give its value on the natural scale");
  }
  if (auto wrong = wrong_size(request)) return *wrong;
  if (auto wrong = wrong_number(request)) return *wrong;
  const std::uint64_t runs = request.rows * request.replications;
  if (runs > 0 && columns.outcomes.size() > std::numeric_limits<std::size_t>::max() / sizeof(double) / runs)
    return refused("the matrix of outcomes is larger than any memory");
  return columns;
}

}  // namespace materiel::study
