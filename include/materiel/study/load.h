#pragma once

#include <memory>
#include <string>
#include <vector>

#include <materiel/base/diagnostic.h>
#include <materiel/model/model.h>
#include <materiel/scenario/parse.h>
#include <materiel/study/error.h>

/// From files to compiled scenarios.
namespace materiel::study {

/// The name of a scenario as its file stands, among its alternatives.
inline constexpr const char* kBase = "base";
/// Stands for the base and every alternative of the file.
inline constexpr const char* kAll = "all";

/// A scenario as its file stands, or one of its alternatives, or one of several files.
struct Variant {
  std::string name = kBase;
  std::shared_ptr<const scenario::Spec> spec;  ///< null if the text could not be parsed
  std::shared_ptr<const model::Model> model;   ///< null if it could not be compiled
  Diagnostics diagnostics;                     ///< errors and warnings, sorted
  std::string source;                          ///< the file's text; empty of a further alternative of the same file
};

/// What is asked for beyond the file.
struct LoadOptions {
  std::vector<std::string> alternatives = {};      ///< names, kBase or kAll; empty: the base alone
  std::vector<scenario::Override> overrides = {};  ///< written over values of the file
};

/// Compiled scenarios that are run together.
struct Scenario {
  /// At least one, in the order asked, all compiled. The Spec of the first of a file is whole; those of its further
  /// alternatives have the head alone.
  std::vector<Variant> variants;
  std::vector<FileDiagnostics> warnings;      ///< by file
  std::vector<scenario::Override> overrides;  ///< that they were read with

  [[nodiscard]] const Variant& first() const { return variants.front(); }
};

/// Reads and compiles a file in the alternatives asked for.
/// @return unreadable; invalid_scenario with all diagnostics: those of the first, and the errors of the others
[[nodiscard]] Expected<Scenario> load(const std::string& path, const LoadOptions& options = {});

/// Reads and compiles several files that are to be compared as they stand; each is a variant by the name of its
/// scenario, or of the file if scenarios share a name.
/// @return unreadable; invalid_scenario; invalid_request if the scenarios cannot be compared. Each with the diagnostics
///   of the files that were read
[[nodiscard]] Expected<Scenario> load_files(const std::vector<std::string>& paths,
                                            const std::vector<scenario::Override>& overrides = {});

/// Compiles a text.
/// @param path         its name in diagnostics, and where the files that it names are looked for
/// @param alternative  kBase or the name of an alternative
[[nodiscard]] Variant compile_variant(std::string text, const std::string& path,
                                      const std::vector<scenario::Override>& overrides = {},
                                      const std::string& alternative = kBase,
                                      scenario::Checked checked = scenario::Checked::all_alternatives);

/// The same of a text that has been read; without its source.
[[nodiscard]] Variant compile_variant(const scenario::ScenarioText& text,
                                      const std::vector<scenario::Override>& overrides, const std::string& alternative,
                                      scenario::Checked checked);

}  // namespace materiel::study
