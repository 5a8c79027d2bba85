#pragma once

#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include <Eigen/Dense>

namespace materiel::validation::exact {

/// A finite Markov chain in continuous time, found by walking from its first state, whose time averages are known
/// from linear equations.
/// @tparam State  anything with <
template <class State>
class MarkovChain {
 public:
  /// @param moves  std::vector<std::pair<double, State>> of a state: rates and where they lead
  template <class Moves>
  MarkovChain(const State& first, Moves moves) {
    number(first);
    std::vector<std::vector<std::pair<double, std::size_t>>> all;
    for (std::size_t i = 0; i < states_.size(); ++i) {
      all.emplace_back();
      const State from = states_[i];
      for (const auto& [rate, to] : moves(from)) all[i].emplace_back(rate, number(to));
    }
    const auto n = static_cast<Eigen::Index>(states_.size());
    generator_ = Eigen::MatrixXd::Zero(n, n);
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (const auto& [rate, to] : all[i]) {
        generator_(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(to)) += rate;
        generator_(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(i)) -= rate;
      }
    }
    Eigen::MatrixXd balance = generator_.transpose();
    balance.row(0).setOnes();
    shares_ = balance.partialPivLu().solve(Eigen::VectorXd::Unit(n, 0));
    Eigen::MatrixXd equations = generator_;
    equations.row(0).setZero();
    equations(0, 0) = 1;  // g is known up to a constant: it is 0 in the first state
    weights_ = equations.transpose().partialPivLu().solve(shares_);
    weights_(0) = 0;
  }

  /// The long run's mean of a function of the state.
  template <class Reward>
  [[nodiscard]] double mean(Reward reward) const {
    return shares_.dot(values(reward));
  }

  /// The mean over the time from 0, in the first state, to `horizon`: mean + (g(first) - E g) / horizon, where g solves
  /// Poisson's equation, generator * g = mean - reward. What is left falls off exponentially. E g is a sum over rewards
  /// with weights that are the same for all of them.
  template <class Reward>
  [[nodiscard]] double mean_until(double horizon, Reward reward) const {
    const Eigen::VectorXd rewards = values(reward);
    const double mean = shares_.dot(rewards);
    return mean - (weights_.sum() * mean - weights_.dot(rewards)) / horizon;
  }

  [[nodiscard]] std::size_t size() const { return states_.size(); }

 private:
  std::size_t number(const State& state) {
    const auto [place, is_new] = numbers_.try_emplace(state, states_.size());
    if (is_new) states_.push_back(state);
    return place->second;
  }

  template <class Reward>
  [[nodiscard]] Eigen::VectorXd values(Reward reward) const {
    Eigen::VectorXd all(static_cast<Eigen::Index>(states_.size()));
    for (std::size_t i = 0; i < states_.size(); ++i) all(static_cast<Eigen::Index>(i)) = reward(states_[i]);
    return all;
  }

  std::map<State, std::size_t> numbers_;
  std::vector<State> states_;
  Eigen::MatrixXd generator_;
  Eigen::VectorXd shares_;   ///< of time in the long run
  Eigen::VectorXd weights_;  ///< of mean - reward, state by state, in E g
};

}  // namespace materiel::validation::exact
