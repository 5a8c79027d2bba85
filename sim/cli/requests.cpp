#include "cli/requests.h"

#include <algorithm>

#include "cli/build_facts.h"
#include "cli/exit_codes.h"
#include "cli/interruption.h"
#include "cli/show_loaded.h"

namespace materiel::cli {

study::Observer observer_of(Console& console) {
  study::Observer observer;
  observer.message = [&console](study::Level level, std::string_view text) {
    level == study::Level::info ? console.info(text) : console.warn(text);
  };
  observer.stop_requested = &Interruption::requested();
  observer.process_end = &signal_end();
  return observer;
}

study::Caller caller_of(const std::vector<std::string>& words) {
  return {words, build_facts()};
}

study::IfTaken if_taken(bool has_output, bool overwrites) {
  if (overwrites) return study::IfTaken::overwrite;
  return has_output ? study::IfTaken::refuse : study::IfTaken::move_aside;
}

int show_error(const study::Error& error, Console& console) {
  for (const study::FileDiagnostics& file : error.diagnostics) console.show(file.diagnostics, file.source);
  const bool extendable = error.code == study::Error::Code::extendable;
  if (!error.what.empty()) console.error(error.what + (extendable ? " (--extend)" : ""));
  return exit_code_of(error.code);
}

int exit_code_of(const store::StudyRecord& record) {
  if (record.counts.failed > 0) return kRunsFailed;
  const bool is_precise = std::all_of(record.precision.begin(), record.precision.end(),
                                      [](const store::PrecisionFact& fact) { return fact.met; });
  return is_precise ? kDone : kNotPrecise;
}

}  // namespace materiel::cli
