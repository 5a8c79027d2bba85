#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <materiel/engine/simulator.h>

namespace examples {

/// A first-in first-out line of numbers that grows as needed: the customers' times of arrival.
class Line {
 public:
  void push(double number) {
    if (last_ - first_ == ring_.size()) grow();
    ring_[last_++ & (ring_.size() - 1)] = number;
  }
  double pop() { return ring_[first_++ & (ring_.size() - 1)]; }
  [[nodiscard]] bool empty() const { return first_ == last_; }
  [[nodiscard]] std::size_t size() const { return last_ - first_; }

 private:
  void grow() {
    std::vector<double> larger(2 * ring_.size());
    for (std::size_t i = 0; i < size(); ++i) larger[i] = ring_[(first_ + i) & (ring_.size() - 1)];
    last_ = size();
    first_ = 0;
    ring_ = std::move(larger);
  }
  std::vector<double> ring_ = std::vector<double>(64);  // a power of two
  std::size_t first_ = 0, last_ = 0;
};

/// A queue with one server: customers arrive at a rate, are served in the order of arrival, and leave.
///
/// @tparam Draw    double operator()(): exponential with mean 1
/// @tparam Record  void operator()(double sojourn): called as each customer leaves
template <class Draw, class Record>
class Mm1 {
 public:
  using Simulator = materiel::engine::Simulator;

  Mm1(double arrival_rate, double service_rate, std::uint64_t customers, Draw draw, Record record)
      : arrival_mean_(1 / arrival_rate),
        service_mean_(1 / service_rate),
        customers_(customers),
        draw_(std::move(draw)),
        record_(std::move(record)) {}

  void start(Simulator& simulator) { simulator.call_in<&Mm1::arrive>(arrival_mean_ * draw_(), *this); }

  void arrive(Simulator& simulator) {
    line_.push(simulator.now());
    if (line_.size() == 1) serve(simulator);
    if (++arrived_ < customers_) simulator.call_in<&Mm1::arrive>(arrival_mean_ * draw_(), *this);
  }

  void leave(Simulator& simulator) {
    record_(simulator.now() - line_.pop());
    if (!line_.empty()) serve(simulator);
  }

  /// Customers in the system, the one being served included.
  [[nodiscard]] std::size_t present() const { return line_.size(); }

 private:
  void serve(Simulator& simulator) { simulator.call_in<&Mm1::leave>(service_mean_ * draw_(), *this); }

  double arrival_mean_, service_mean_;
  std::uint64_t customers_;
  Draw draw_;
  Record record_;
  std::uint64_t arrived_ = 0;
  Line line_;  ///< when those in the system arrived
};

/// A mean with a standard error by batch means: of correlated numbers, in batches that are much longer than the
/// correlation lasts.
class BatchMeans {
 public:
  /// The first batch is warming up and not counted.
  explicit BatchMeans(std::uint64_t batch) : batch_(batch) {}

  void add(double number) {
    sum_ += number;
    if (++count_ % batch_ != 0) return;
    if (count_ > batch_) means_.push_back(sum_ / static_cast<double>(batch_));
    sum_ = 0;
  }
  [[nodiscard]] double mean() const {
    double sum = 0;
    for (const double mean : means_) sum += mean;
    return sum / static_cast<double>(means_.size());
  }
  [[nodiscard]] double squared_error() const {
    double sum = 0;
    for (const double m : means_) sum += (m - mean()) * (m - mean());
    return sum / static_cast<double>(means_.size() * (means_.size() - 1));
  }

 private:
  std::uint64_t batch_;
  std::uint64_t count_ = 0;
  double sum_ = 0;
  std::vector<double> means_;
};

}  // namespace examples
