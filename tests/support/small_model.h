#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include <materiel/model/model.h>
#include <materiel/model/replicator.h>

namespace materiel::testing {

/// The diagnostics as one text, for messages.
std::string joined(const Diagnostics& diagnostics);

/// A scenario's head with a horizon of so many days from 2024-01-01.
inline std::string head(int days, double observe_every = 7) {
  const Date end = Date::of(2024, 1, 1)->plus(days);
  return fmt::format(R"(format = 1
[scenario]
name = "test"
start = 2024-01-01
end = {}
[observe]
every = {}
)",
                     end.iso(), observe_every);
}

/// A model compiled from a scenario's text; throws with the diagnostics if it has mistakes.
std::shared_ptr<const model::Model> small_model(const std::string& text, const std::string& alternative = {});

/// Why a scenario's text can't be compiled; empty if it can.
std::string compile_errors(const std::string& text);

/// Runs a small model and looks up its outcomes and observations by name.
class SmallRun {
 public:
  explicit SmallRun(const std::string& text, model::ReplicationLimits limits = {}, const std::string& alternative = {})
      : model_(small_model(text, alternative)),
        replicator_(model_, limits),
        observations_(model_->observation_days().size() * model_->metrics().size()),
        outcomes_(model_->outcomes().size()) {
    for (std::size_t i = 0; i < model_->outcomes().size(); ++i) index_[model_->outcomes()[i].name] = i;
  }

  /// One replication of sample `number`.
  SmallRun& run(std::uint32_t number = 0, std::uint64_t seed = 1) {
    replicator_.set_sample(seed, number);
    report_ = replicator_.run(0, observations_, outcomes_);
    return *this;
  }

  [[nodiscard]] double outcome(const std::string& name) const { return outcomes_.at(index_.at(name)); }
  [[nodiscard]] double operator[](const std::string& name) const { return outcome(name); }
  /// A metric at the k-th observation.
  [[nodiscard]] double observed(std::size_t k, const std::string& metric) const {
    return observations_.at(k * model_->metrics().size() + index_.at(metric));
  }
  [[nodiscard]] const model::ReplicationReport& report() const { return report_; }
  [[nodiscard]] const model::Model& model() const { return *model_; }
  [[nodiscard]] const std::vector<double>& outcomes() const { return outcomes_; }
  [[nodiscard]] const std::vector<double>& observations() const { return observations_; }
  [[nodiscard]] std::span<const double> parameters() const { return replicator_.parameters(); }

  /// The outcomes of that name over samples 0 to n - 1.
  [[nodiscard]] std::vector<double> many(const std::string& name, std::uint32_t n, std::uint64_t seed = 1) {
    std::vector<double> values;
    for (std::uint32_t i = 0; i < n; ++i) values.push_back(run(i, seed).outcome(name));
    return values;
  }

 private:
  std::shared_ptr<const model::Model> model_;
  model::Replicator replicator_;
  std::vector<double> observations_, outcomes_;
  std::map<std::string, std::size_t> index_;
  model::ReplicationReport report_;
};

/// Numbers as their bits, so that a missing value (NaN) equals itself.
inline std::vector<std::uint64_t> bits(const std::vector<double>& values) {
  std::vector<std::uint64_t> all;
  for (const double x : values) all.push_back(std::bit_cast<std::uint64_t>(x));
  return all;
}

/// Mean and standard error of a sample.
struct Estimate {
  double mean = 0, standard_error = 0, variance = 0;
  explicit Estimate(const std::vector<double>& values) {
    const auto n = static_cast<double>(values.size());
    for (const double x : values) mean += x / n;
    for (const double x : values) variance += (x - mean) * (x - mean) / (n - 1);
    standard_error = std::sqrt(variance / n);
  }
  /// How many standard errors the mean lies from `exact`.
  [[nodiscard]] double z(double exact) const { return (mean - exact) / standard_error; }
};

}  // namespace materiel::testing
