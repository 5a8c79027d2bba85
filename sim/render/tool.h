#pragma once

#include <string>
#include <vector>

#include <materiel/store/directory.h>

namespace materiel::render {

/// A program that draws.
struct Tool {
  const char* program;
  const char* task;     ///< "draws the figures"
  const char* package;  ///< of Debian
};

/// Runs a tool in a directory and waits for it. That it ended well doesn't mean that what it wrote is whole
/// (whole_file.h).
/// @return why it failed, for the user; empty if it didn't
[[nodiscard]] std::string run_tool(const Tool& tool, const store::Directory& directory,
                                   const std::vector<std::string>& arguments);

}  // namespace materiel::render
