#include "cli/command_line.h"

#include <algorithm>
#include <deque>

// The only file that knows CLI11: it turns the table of commands into its terms.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <materiel/base/spelling.h>

#include "cli/command_help.h"
#include "cli/command_table.h"
#include "cli/exit_codes.h"

namespace materiel::cli {
namespace {

/// An option of CLI11 and where it puts what was written.
struct OptionSlot {
  const Option* option = nullptr;
  CLI::Option* parsed = nullptr;
  std::string text;
  std::vector<std::string> texts;
  bool flag = false;
};

/// A command in CLI11's terms.
struct CommandSlot {
  const Command* command = nullptr;
  CLI::App* parsed = nullptr;
  std::deque<OptionSlot> options;  // CLI11 keeps their addresses
};

class Grammar {
 public:
  explicit Grammar(const std::string& version) {
    app_.set_version_flag("--version", "materiel " + version);
    app_.require_subcommand(0, 1);  // behind a command no word is one: a study may be called "run"
    for (const Command& command : command_table()) add(command);
  }
  Grammar(const Grammar&) = delete;
  Grammar& operator=(const Grammar&) = delete;

  CLI::App& app() { return app_; }

  /// The command that the words have chosen; null: none.
  [[nodiscard]] const Command* chosen() const {
    const CommandSlot* slot = chosen_slot();
    return slot ? slot->command : nullptr;
  }

  [[nodiscard]] GivenOptions given() const {
    GivenOptions given;
    const CommandSlot* slot = chosen_slot();
    if (!slot) return given;
    for (const OptionSlot& one : slot->options) {
      if (one.parsed->count() == 0) continue;
      if (one.option->is_flag()) {
        given.set(*one.option, {one.flag ? "true" : ""});
      } else {
        given.set(*one.option, one.option->repeatable ? one.texts : std::vector<std::string>{one.text});
      }
    }
    if (!slot->command->passes_to.empty()) given.pass_on(slot->parsed->remaining());
    return given;
  }

 private:
  void add(const Command& command) {
    CommandSlot& slot = commands_.emplace_back();
    slot.command = &command;
    slot.parsed = app_.add_subcommand(std::string(command.name));
    slot.parsed->fallthrough(false);
    if (!command.passes_to.empty()) slot.parsed->allow_extras();
    for (const Option& option : command.options) add(option, slot);
  }

  static void add(const Option& option, CommandSlot& command) {
    OptionSlot& slot = command.options.emplace_back();
    slot.option = &option;
    const std::string names(option.names);
    if (option.is_flag()) {
      slot.flag = option.default_value == "true";
      slot.parsed = command.parsed->add_flag(names, slot.flag);
      return;
    }
    slot.parsed = option.repeatable ? command.parsed->add_option(names, slot.texts)
                                    : command.parsed->add_option(names, slot.text);
    if (option.repeatable && !option.is_argument()) slot.parsed->allow_extra_args(false);
    slot.parsed->type_name(std::string(option.value))->required(option.required);
  }

  [[nodiscard]] const CommandSlot* chosen_slot() const {
    const auto found =
        std::find_if(commands_.begin(), commands_.end(), [](const CommandSlot& one) { return one.parsed->parsed(); });
    return found == commands_.end() ? nullptr : &*found;
  }

  CLI::App app_{"", "materiel"};
  std::deque<CommandSlot> commands_;
};

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const Command& command : command_table()) names.emplace_back(command.name);
  return names;
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

/// What is wrong with the first word that nothing takes.
std::string unexpected(const CLI::App& app) {
  const std::vector<std::string> before = app.remaining(false), all = app.remaining(true);
  const std::vector<CLI::App*> chosen = app.get_subcommands();
  if (all.empty()) return "unexpected arguments";
  const std::string& word = before.empty() ? all.front() : before.front();
  if (!chosen.empty() && !before.empty() && word.starts_with('-')) {
    const std::vector<std::string> known = option_names(*chosen.front());
    const std::string option = word.substr(0, word.find('='));
    if (std::find(known.begin(), known.end(), option) != known.end())
      return fmt::format("{0} stands before the command: write 'materiel {1} ... {0}'", option,
                         chosen.front()->get_name());
  }
  if (chosen.empty() && !word.starts_with('-')) {
    return fmt::format("unknown command '{}'{}", word, did_you_mean(word, command_names()));
  }
  if (!word.starts_with('-')) return fmt::format("unexpected argument '{}'", word);
  const std::string name = word.substr(0, word.find('='));
  return fmt::format("unknown option '{}'{}", name,
                     did_you_mean(name, option_names(chosen.empty() ? app : *chosen.front())));
}

CommandLine text_to_show(std::string text, int exit_code) {
  CommandLine line;
  line.text = std::move(text);
  line.exit_code = exit_code;
  return line;
}

CommandLine usage_error(const Command* chosen, const std::string& what) {
  const std::string command = chosen ? fmt::format(" {}", chosen->name) : std::string();
  return text_to_show(fmt::format("{}\nTry 'materiel{} --help'.", what, command), kUsage);
}

}  // namespace

CommandLine read_command_line(const std::vector<std::string>& words, const std::string& version) {
  Grammar grammar(version);
  CLI::App& app = grammar.app();
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    const Command* command = grammar.chosen();
    if (!command) return text_to_show(program_help(), kUsage);
    CommandLine line{command, grammar.given(), {}, {}, kDone};
    line.action = command->prepare(line.given);
    return line;
  } catch (const CLI::CallForHelp&) {
    return text_to_show(grammar.chosen() ? command_help(*grammar.chosen()) : program_help(), kDone);
  } catch (const CLI::CallForVersion& asked) {
    return text_to_show(std::string(asked.what()) + "\n", kDone);
  } catch (const CLI::ExtrasError&) {
    return usage_error(grammar.chosen(), unexpected(app));
  } catch (const CLI::ParseError& error) {
    return usage_error(grammar.chosen(), error.what());
  } catch (const UsageError& error) {
    return usage_error(grammar.chosen(), error.what());
  }
}

}  // namespace materiel::cli
