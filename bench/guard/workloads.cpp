// Fixed workloads whose instructions bench/guard/guard.py counts: the same work in every run, on any machine.
//
// usage: guard_workloads hold-16|hold-4096|mm1|csv|linear|logistic|exponential

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "examples/hold.h"
#include "examples/mm1.h"
#include "macro/csv_rows.h"
#include "micro/increments.h"
#include "micro/ramp_units.h"

namespace {

using Workload = std::function<double()>;

Workload hold(std::size_t pending) {
  const auto model = std::make_shared<examples::Hold<bench::Exponential>>(pending, bench::Exponential(1));
  for (std::size_t i = 0; i < 4 * pending; ++i) model->step();  // into its steady state
  return [model] {
    for (int i = 0; i < 1'000'000; ++i) model->step();
    return model->now();
  };
}

double mm1() {
  double sum = 0;
  materiel::engine::Simulator simulator;
  examples::Mm1 queue(0.9, 1, 300'000, bench::Exponential(7), [&](double sojourn) { sum += sojourn; });
  queue.start(simulator);
  simulator.run();
  return sum;
}

Workload csv() {
  const auto rows = std::make_shared<bench::Rows>(1000, 200);
  return [rows] {
    std::string text;
    rows->write(text);
    return static_cast<double>(bench::read_cells(text));
  };
}

/// A million units of a ramp, one after the other.
Workload ramp(materiel::scenario::RateProfile::Shape shape) {
  constexpr double kUnits = 1e6;
  const auto curve = std::make_shared<materiel::model::RateCurve>(bench::ramp(shape, kUnits));
  return [curve] { return bench::last_moment(*curve, kUnits); };
}

}  // namespace

/// What is measured; callgrind counts the instructions of this function only.
extern "C" [[gnu::noinline]] double measured_work(const Workload& workload) {
  return workload();
}

int main(int argc, char** argv) {
  const std::string_view name = argc == 2 ? argv[1] : "";
  Workload workload;
  if (name == "hold-16") workload = hold(16);
  if (name == "hold-4096") workload = hold(4096);
  if (name == "mm1") workload = mm1;
  if (name == "csv") workload = csv();
  using Shape = materiel::scenario::RateProfile::Shape;
  if (name == "linear") workload = ramp(Shape::linear);
  if (name == "logistic") workload = ramp(Shape::logistic);
  if (name == "exponential") workload = ramp(Shape::exponential);
  if (!workload) {
    std::fputs("usage: guard_workloads hold-16|hold-4096|mm1|csv|linear|logistic|exponential\n", stderr);
    return 2;
  }
  std::printf("%.17g\n", measured_work(workload));
  return 0;
}
