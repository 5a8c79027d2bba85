#pragma once

#include <string>
#include <vector>

namespace materiel::report {

/// A program that draws.
struct Tool {
  const char* program;
  const char* task;     ///< "draws the figures"
  const char* package;  ///< of Debian
};

/// Runs a tool in a directory and waits for it. What it says goes to PROGRAM.messages there.
/// @return why it failed, for the user; empty if it didn't
[[nodiscard]] std::string run_tool(const Tool& tool, const std::string& directory,
                                   const std::vector<std::string>& arguments);

}  // namespace materiel::report
