#include <algorithm>

#include <fmt/format.h>

#include "cli/completion_script.h"
#include "cli/exit_codes.h"

namespace materiel::cli {
namespace {

constexpr Option kShell{.names = "SHELL",
                        .value = "TEXT",
                        .sentence = "Shell that completes: bash, zsh or fish",
                        .group = OptionGroup::arguments,
                        .required = true,
                        .choices = "bash,zsh,fish"};

using Script = std::string (*)();

Action prepare_completion(const GivenOptions& given) {
  const std::string shell = given.text(kShell);
  for (const auto& [name, script] : {std::pair<std::string_view, Script>("bash", bash_completion),
                                     {"zsh", zsh_completion},
                                     {"fish", fish_completion}}) {
    if (shell != name) continue;
    return [script = script](const auto&, Console& console) -> int {
      console.print(script());
      return kDone;
    };
  }
  throw UsageError(fmt::format("SHELL is bash, zsh or fish, not '{}'", shell));
}

}  // namespace

std::vector<std::string> choices_of(const Option& option) {
  std::vector<std::string> choices;
  for (std::string_view rest = option.choices; !rest.empty();) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    choices.emplace_back(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return choices;
}

Command completion_row() {
  return {.name = "completion",
          .group = CommandGroup::program,
          .one_line = "Print a script by which a shell completes commands and options",
          .options = {kShell},
          .examples = {{"materiel completion bash", "for this shell alone: source <(materiel completion bash)"},
                       {"materiel completion zsh", "into a file named _materiel in a directory of $fpath"},
                       {"materiel completion fish", "into ~/.config/fish/completions/materiel.fish"}},
          .notes = "An installed program has these scripts where the shells look for them.",
          .prepare = prepare_completion};
}

}  // namespace materiel::cli
