#include "cli/show_loaded.h"

#include <utility>
#include <vector>

#include "cli/exit_codes.h"

namespace materiel::cli {
namespace {

void show_all(const std::vector<study::FileDiagnostics>& files, Console& console) {
  for (const study::FileDiagnostics& file : files) console.show(file.diagnostics, file.source);
}

}  // namespace

int exit_code_of(study::Error::Code code) {
  using Code = study::Error::Code;
  switch (code) {
    case Code::invalid_request:
    case Code::unreadable:
      return kUsage;
    case Code::invalid_scenario:
      return kInvalidScenario;
    case Code::refused:
    case Code::extendable:
    case Code::failed:
      return kInternalError;
    case Code::interrupted:
      return kInterrupted;
  }
  return kInternalError;
}

std::optional<study::Scenario> show_loaded(study::Expected<study::Scenario> loaded, Console& console, int& code) {
  if (loaded) {
    show_all(loaded->warnings, console);
    return *std::move(loaded);
  }
  const study::Error& error = loaded.error();
  show_all(error.diagnostics, console);
  if (!error.what.empty()) console.error(error.what);
  code = exit_code_of(error.code);
  return std::nullopt;
}

}  // namespace materiel::cli
