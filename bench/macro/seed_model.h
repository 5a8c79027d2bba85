#pragma once

#include <memory>
#include <stdexcept>

#include <materiel/model/model.h>
#include <materiel/scenario/parse.h>

namespace bench {

/// The seed scenario, compiled.
inline std::shared_ptr<const materiel::model::Model> seed_model() {
  const auto parsed = materiel::scenario::parse_file(MATERIEL_SOURCE_DIR "/scenarios/alabuga-2023.toml");
  if (!parsed) throw std::runtime_error(diagnostic_text(parsed.diagnostics().front(), {}, false));
  const auto compiled = materiel::model::compile(parsed.value().spec);
  if (!compiled) throw std::runtime_error(diagnostic_text(compiled.diagnostics().front(), {}, false));
  return compiled.value().model;
}

}  // namespace bench
