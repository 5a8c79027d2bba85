// M/M/1 with a million customers, arrival rate 0.9, service rate 1: "Time" is for all of them, and the counter
// per_customer is what one takes. All versions draw the same numbers in the same order, and their sums of sojourns are
// compared before they are timed.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <queue>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

#include "examples/mm1.h"
#include "increments.h"

namespace {

constexpr double kArrivalMean = 1 / 0.9;
constexpr double kServiceMean = 1;
constexpr std::uint64_t kCustomers = 1'000'000;
constexpr std::uint64_t kSeed = 7;

/// On the engine, in callback style.
double engine() {
  double sum = 0;
  materiel::engine::Simulator simulator;
  examples::Mm1 queue(1 / kArrivalMean, 1 / kServiceMean, kCustomers, bench::Exponential(kSeed),
                      [&](double sojourn) { sum += sojourn; });
  queue.start(simulator);
  simulator.run();
  return sum;
}

/// By hand for this one queue: the next arrival and the next departure are two variables.
double specialised() {
  double sum = 0;
  bench::Exponential draw(kSeed);
  examples::Line line;
  std::uint64_t arrived = 0;
  double arrival = kArrivalMean * draw();
  double departure = materiel::engine::kNever;
  while (arrived < kCustomers || !line.empty()) {
    if (arrival <= departure) {
      const double now = arrival;
      line.push(now);
      if (line.size() == 1) departure = now + kServiceMean * draw();
      arrival = ++arrived < kCustomers ? now + kArrivalMean * draw() : materiel::engine::kNever;
    } else {
      const double now = departure;
      sum += now - line.pop();
      departure = line.empty() ? materiel::engine::kNever : now + kServiceMean * draw();
    }
  }
  return sum;
}

/// What textbooks show: std::function in a std::priority_queue.
class TextbookSimulator {
 public:
  void schedule_in(double delay, std::function<void()> action) {
    events_.push({now_ + delay, sequence_++, std::move(action)});
  }
  void run() {
    while (!events_.empty()) {
      const Planned event = events_.top();
      events_.pop();
      now_ = event.time;
      event.action();
    }
  }
  [[nodiscard]] double now() const { return now_; }

 private:
  struct Planned {
    double time;
    std::uint64_t sequence;
    std::function<void()> action;
    friend bool operator>(const Planned& a, const Planned& b) {
      return a.time > b.time || (a.time == b.time && a.sequence > b.sequence);
    }
  };
  std::priority_queue<Planned, std::vector<Planned>, std::greater<>> events_;
  double now_ = 0;
  std::uint64_t sequence_ = 0;
};

double textbook() {
  double sum = 0;
  bench::Exponential draw(kSeed);
  examples::Line line;
  std::uint64_t arrived = 0;
  TextbookSimulator simulator;
  std::function<void()> arrive, leave;
  const auto serve = [&] { simulator.schedule_in(kServiceMean * draw(), [&] { leave(); }); };
  arrive = [&] {
    line.push(simulator.now());
    if (line.size() == 1) serve();
    if (++arrived < kCustomers) simulator.schedule_in(kArrivalMean * draw(), [&] { arrive(); });
  };
  leave = [&] {
    sum += simulator.now() - line.pop();
    if (!line.empty()) serve();
  };
  simulator.schedule_in(kArrivalMean * draw(), [&] { arrive(); });
  simulator.run();
  return sum;
}

template <double (*mm1)()>
void customers(benchmark::State& state) {
  if (mm1() != specialised()) {
    state.SkipWithError("the versions disagree");
    return;
  }
  for (auto _ : state) benchmark::DoNotOptimize(mm1());
  state.counters["per_customer"] = benchmark::Counter(
      static_cast<double>(kCustomers), benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

BENCHMARK_TEMPLATE(customers, specialised)->Unit(benchmark::kMillisecond);
BENCHMARK_TEMPLATE(customers, engine)->Unit(benchmark::kMillisecond);
BENCHMARK_TEMPLATE(customers, textbook)->Unit(benchmark::kMillisecond);

}  // namespace
