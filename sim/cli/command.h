#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.h"

namespace materiel::cli {

/// What a shell completes a value with.
enum class Completion : std::uint8_t { nothing, scenario, file, directory };

/// The heading of an option in the help, the man page and the reference.
enum class OptionGroup : std::uint8_t { arguments, scenario, sampling, stopping, analysis, output, execution };

/// One option or argument of a command, as data: the command line, help, man pages, completions and the command
/// reference are made from it.
struct Option {
  std::string_view names;                  ///< "-n,--samples"; without a dash an argument: "SCENARIO"
  std::string_view value;                  ///< "N"; empty: a flag
  std::string_view sentence;               ///< what it does
  std::string_view default_value = {};     ///< the value if it is not given, as it would be written
  std::string_view default_in_words = {};  ///< the same in words, where it is no fixed text
  OptionGroup group = OptionGroup::analysis;
  bool repeatable = false, required = false;
  Completion completion = Completion::nothing;
  std::string_view choices = {};  ///< words that a shell offers, separated by commas

  [[nodiscard]] constexpr bool is_argument() const { return !names.starts_with('-'); }
  [[nodiscard]] constexpr bool is_flag() const { return !is_argument() && value.empty(); }
};

/// The values of a command's options, as they were written.
class GivenOptions {
 public:
  /// Whether the command line has the option.
  [[nodiscard]] bool has(const Option& option) const { return values_.contains(option.names); }
  /// A flag: its default is "true" or empty.
  [[nodiscard]] bool flag(const Option& option) const;
  /// The value, or the default.
  [[nodiscard]] std::string text(const Option& option) const;
  /// The values of a repeatable option.
  [[nodiscard]] std::vector<std::string> list(const Option& option) const;
  /// Words that the command passes on to another one.
  [[nodiscard]] const std::vector<std::string>& passed_on() const { return passed_on_; }

  void set(const Option& option, std::vector<std::string> values) { values_[option.names] = std::move(values); }
  void pass_on(std::vector<std::string> words) { passed_on_ = std::move(words); }

 private:
  std::map<std::string_view, std::vector<std::string>> values_;  // by the names of the option
  std::vector<std::string> passed_on_;
};

/// A mistake on the command line, for the user.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The heading of a command in the help and the reference.
enum class CommandGroup : std::uint8_t { scenarios, studies, results, scale, program };

/// A command line to try, without quotes or redirections of a shell that differ between shells.
struct Example {
  std::string_view line, comment;
};

/// A command that is ready to run.
/// @param words  the whole command line, for the record
/// @return the exit code of the program
using Action = std::function<int(const std::vector<std::string>& words, Console& console)>;

/// A row of the table of commands.
struct Command {
  std::string_view name;
  CommandGroup group = CommandGroup::program;
  std::string_view one_line;  ///< imperative, without a full stop
  std::vector<Option> options;
  std::vector<Example> examples;
  std::string_view notes = {};      ///< what the help ends with
  std::string_view passes_to = {};  ///< the command that takes all words which this one doesn't
  bool on_every_rank = false;       ///< shared out among the ranks of mpirun; otherwise the first alone does it
  /// Checks the values; throws UsageError.
  Action (*prepare)(const GivenOptions& given) = nullptr;
};

}  // namespace materiel::cli
