#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <materiel/experiment/study.h>
#include <materiel/store/analysis_identity.h>
#include <materiel/store/file_batch.h>

/// run.json: what a study was, so that it can be understood, cited and done again years later.
namespace materiel::store {

/// A file of numbers that a scenario names.
struct DataFile {
  std::string name;  ///< as the scenario has it: from its folder
  std::string sha256;
  friend bool operator==(const DataFile&, const DataFile&) = default;
};

/// What is compared, run by run.
struct ComparisonIdentity {
  std::string reference;              ///< the alternative that the others are compared with
  std::vector<std::string> outcomes;  ///< that are compared
  friend bool operator==(const ComparisonIdentity&, const ComparisonIdentity&) = default;
};

/// What decides a study's results: two studies with equal identities have equal files.
struct StudyIdentity {
  std::string scenario_sha256;              ///< of the scenario file's bytes
  std::vector<std::string> further_sha256;  ///< the same of the other files of a comparison of files
  std::vector<DataFile> data;               ///< that the scenarios read
  std::vector<std::string> overrides;       ///< "path=value", in the order of the command line
  std::uint64_t seed = 0;
  std::uint64_t samples = 0;
  std::uint64_t replications = 0;
  std::uint64_t max_events = 0;
  std::string version;                               ///< of materiel
  std::vector<std::string> alternatives = {"base"};  ///< that were run, in their order
  std::optional<ComparisonIdentity> comparison;      ///< of alternatives; absent: none
  std::optional<AnalysisIdentity> analysis;          ///< absent: a plain study
  std::string stopping_rule;  ///< what decided how many samples there are; empty: they were asked for by number
  std::string shard;          ///< which part of the study it is, "2/5"; empty: all of it
  friend bool operator==(const StudyIdentity&, const StudyIdentity&) = default;
};

struct ScenarioFacts {
  std::string name, title, file;
  std::string source;      ///< the whole text of the file
  std::string start, end;  ///< ISO dates
};

/// How the program was made.
struct BuildFacts {
  std::string compiler, flags;
  std::vector<std::pair<std::string, std::string>> libraries;  ///< name, version
};

/// The machine that the study ran on.
struct HostFacts {
  std::string cpu, system;
  unsigned cores = 0;
};

struct StudyCounts {
  std::uint64_t runs = 0, failed = 0, events = 0;
};

/// Whether two studies differ in their numbers of samples at most: the shorter may be extended to the longer.
[[nodiscard]] bool differ_in_length_only(const StudyIdentity& a, const StudyIdentity& b);

/// Whether a study that is there is the one that is wanted now: one whose length is decided while it runs may be of
/// any.
[[nodiscard]] bool is_same_study(const StudyIdentity& there, const StudyIdentity& now);

/// What became of a wish for precision.
struct PrecisionFact {
  std::string target;     ///< as it was written
  double half_width = 0;  ///< the widest of all alternatives; NaN if it has none
  double wanted = 0;
  bool met = false;
  std::string note;  ///< why an interval that is narrow enough doesn't do; empty: nothing
};

/// Which alternative looks best.
struct SelectionFact {
  std::string outcome, alternative;
  double probability_correct = 0;  ///< a lower bound
};

/// One of the alternatives that a study compares.
struct AlternativeFacts {
  std::string name, label;
  /// Paths and values (TOML) in the order in which they were written over the file's values, each path once; those of
  /// what it extends first.
  std::vector<std::pair<std::string, std::string>> settings;
  std::uint64_t samples = 0;  ///< that were run
  std::uint64_t failed = 0;   ///< of its runs
};

struct StudyTimes {
  std::string started;  ///< ISO 8601, UTC
  double wall_seconds = 0;
  unsigned threads = 0;
};

struct StudyRecord {
  std::vector<std::string> command;  ///< argv
  ScenarioFacts scenario;
  /// Of a comparison of files: the scenarios of all alternatives but the first, in their order.
  std::vector<ScenarioFacts> further;
  StudyIdentity identity;
  std::string directory;  ///< as the user named it, for the commands that replay failures; not read back
  std::vector<AlternativeFacts> alternatives;
  StudyCounts counts;
  std::vector<PrecisionFact> precision;
  std::optional<SelectionFact> selection;
  std::vector<model::ParameterInfo> parameters;
  std::vector<model::OutcomeInfo> outcomes;
  std::vector<FileBatch::File> files;
  std::vector<experiment::RunFailure> failures;
  BuildFacts build;
  HostFacts host;
  StudyTimes times;
};

/// The scenario that an alternative is of.
[[nodiscard]] const ScenarioFacts& scenario_of(const StudyRecord& record, const std::string& alternative);

/// Whether the record holds the very text of the scenarios that were run. It doesn't if it was edited, or if a text has
/// bytes that are no UTF-8.
[[nodiscard]] bool holds_its_scenarios(const StudyRecord& record);

/// The present machine.
[[nodiscard]] HostFacts this_host();

/// The present moment, "2024-02-29T12:00:00Z".
[[nodiscard]] std::string utc_now();

/// The command that runs a failed replication again: "materiel replay DIR --run N".
[[nodiscard]] std::string replay_command(const std::string& directory, const experiment::RunFailure& failure);

/// The text of run.json: ordered keys, indented.
[[nodiscard]] std::string record_text(const StudyRecord& record);

/// Reads run.json: all but the failures and the build.
/// @param error  what is wrong with it, if nothing is returned
[[nodiscard]] std::optional<StudyRecord> parse_record(std::string_view text, std::string& error);

/// The name of the file in a study's directory.
inline constexpr const char* kRecordFile = "run.json";

}  // namespace materiel::store
