// What replications of one scenario cost, without their reduction and without files: processor time and instructions
// can be set against events and observed numbers (bench/suite, bench/guard).
//
// usage: replication_cost FILE REPLICATIONS [unobserved]
// Prints one line: seconds of processor time in all, events in all, numbers observed in all, events settled together.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string_view>
#include <vector>

#include <materiel/model/model.h>
#include <materiel/model/replicator.h>
#include <materiel/scenario/parse.h>

namespace {

struct Work {
  materiel::model::Replicator replicator;
  std::vector<double> observations, outcomes;
  std::uint32_t replications;
  std::uint64_t events = 0, settled = 0;
  bool ok = true;
};

}  // namespace

/// What is measured; callgrind counts the instructions of this function only.
extern "C" [[gnu::noinline]] void measured_work(Work& work) {
  for (std::uint32_t sample = 0; sample < work.replications; ++sample) {
    work.ok = work.replicator.set_sample(1, sample) && work.ok;
    const auto report = work.replicator.run(0, work.observations, work.outcomes);
    work.ok = report.ok && work.ok;
    work.events += report.events;
    work.settled += report.settled;
  }
}

int main(int argc, char** argv) {
  if (argc < 3 || (argc == 4 && std::string_view(argv[3]) != "unobserved") || argc > 4) {
    std::fputs("usage: replication_cost FILE REPLICATIONS [unobserved]\n", stderr);
    return 2;
  }
  const auto parsed = materiel::scenario::parse_file(argv[1]);
  if (!parsed) {
    std::fprintf(stderr, "%s\n", diagnostic_text(parsed.diagnostics().front(), {}, false).c_str());
    return 3;
  }
  const auto compiled = materiel::model::compile(parsed.value().spec);
  if (!compiled) {
    std::fprintf(stderr, "%s\n", diagnostic_text(compiled.diagnostics().front(), {}, false).c_str());
    return 3;
  }
  const auto model = compiled.value().model;
  const std::size_t observed = argc == 4 ? 0 : model->observation_days().size() * model->metrics().size();
  Work work{.replicator = materiel::model::Replicator(model),
            .observations = std::vector<double>(observed),
            .outcomes = std::vector<double>(model->outcomes().size()),
            .replications = static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10))};
  const std::clock_t begin = std::clock();
  measured_work(work);
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  std::printf("%.9g %llu %llu %llu\n", seconds, static_cast<unsigned long long>(work.events),
              static_cast<unsigned long long>(observed) * work.replications,
              static_cast<unsigned long long>(work.settled));
  return work.ok ? 0 : 4;
}
