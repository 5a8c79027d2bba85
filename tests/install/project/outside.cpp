// How many shells are owed at the end if the plant is late: the scenario is the second tutorial's.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <vector>

#include <materiel/materiel.h>

namespace study = materiel::study;

int report(const study::Error& error) {
  for (const study::FileDiagnostics& file : error.diagnostics)
    for (const materiel::Diagnostic& one : file.diagnostics)
      std::fputs(materiel::diagnostic_text(one, file.source, false).c_str(), stderr);
  if (!error.what.empty()) std::fprintf(stderr, "error: %s\n", error.what.c_str());
  if (!error.hint.empty()) std::fprintf(stderr, "  %s\n", error.hint.c_str());
  return 1;
}

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: outside SCENARIO\n");
    return 2;
  }
  const auto scenario = study::load(argv[1]);
  if (!scenario) return report(scenario.error());

  // A row of the matrix is a delay in days. The other parameters are drawn, and each delay gets the same
  // draws (common random numbers), so that differences between delays have little noise.
  const std::vector<double> delays = {0, 90, 180};
  constexpr std::uint32_t kSamples = 200;
  study::EvaluationRequest request;
  request.model = scenario->first().model;
  request.parameters = {"slip"};
  request.outcomes = {"outcome.owed"};
  for (const double delay : delays) {
    for (std::uint32_t sample = 0; sample < kSamples; ++sample) {
      request.values.push_back(delay);
      request.samples.push_back(sample);
    }
  }
  request.rows = request.samples.size();
  const auto result = study::evaluate(request, {.threads = 2});
  if (!result) return report(result.error());

  for (std::size_t i = 0; i < delays.size(); ++i) {
    double sum = 0;
    for (std::size_t sample = 0; sample < kSamples; ++sample) sum += result->at(i * kSamples + sample)[0];
    std::printf("%3.0f days late: %5.0f shells owed\n", delays[i], sum / kSamples);
  }

  // A study in memory, which runs until the mean is known to 100 shells (95 % interval). With
  // `.store = study::Store{"out/owed"}` its files go there, and the same request resumes it after an
  // interruption.
  study::RunRequest study_request;
  study_request.scenario = *scenario;
  study_request.plan.seed = 1;
  study_request.plan.samples = 100'000;  // at most
  study_request.stop.precision = {
      {.outcome = "outcome.owed", .statistic = materiel::experiment::Statistic::mean, .goal = {.half_width = 100}}};
  const auto owed = study::run(study_request, {.threads = 2});
  if (!owed) return report(owed.error());
  const study::AlternativeResult& base = owed->alternatives.front();
  for (const materiel::experiment::SummaryLine& line : base.result.summary)
    if (base.outcomes[line.outcome].name == "outcome.owed" && line.statistic == materiel::experiment::Statistic::mean)
      std::printf("delay drawn: %5.0f shells owed, from %.0f to %.0f\n", line.estimate, line.lo, line.hi);
}
