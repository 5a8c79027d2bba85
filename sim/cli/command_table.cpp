#include "cli/command_table.h"

#include <algorithm>

namespace materiel::cli {

// The rows: each is made in the file of its command. No other file lists the commands (tests/architecture).
Command init_row();
Command check_row();
Command explain_row();
Command schema_row();
Command run_row();
Command compare_row();
Command sweep_row();
Command sensitivity_row();
Command discover_row();
Command plot_row();
Command replay_row();
Command status_row();
Command merge_row();
Command slurm_row();
Command certify_row();
Command version_row();
Command completion_row();
Command man_row();

const std::vector<Command>& command_table() {
  static const std::vector<Command> table = {
      init_row(),  check_row(),       explain_row(),  schema_row(),  run_row(),        compare_row(),
      sweep_row(), sensitivity_row(), discover_row(), plot_row(),    replay_row(),     status_row(),
      merge_row(), slurm_row(),       certify_row(),  version_row(), completion_row(), man_row()};
  return table;
}

const Command* find_command(std::string_view name) {
  const std::vector<Command>& table = command_table();
  const auto found = std::find_if(table.begin(), table.end(), [&](const Command& one) { return one.name == name; });
  return found == table.end() ? nullptr : &*found;
}

std::vector<Option> all_options(const Command& command) {
  std::vector<Option> options = command.options;
  const Command* next = find_command(command.passes_to);
  if (!next) return options;
  for (const Option& option : next->options) {
    const auto same = [&](const Option& own) { return own.names == option.names; };
    if (std::none_of(command.options.begin(), command.options.end(), same)) options.push_back(option);
  }
  return options;
}

}  // namespace materiel::cli
