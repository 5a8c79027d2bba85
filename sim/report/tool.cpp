#include "report/tool.h"

#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <materiel/report/study_directory.h>

namespace materiel::report {
namespace {

/// Starts a program in a directory, its messages going to a file there; returns errno, 0 if it started.
int start(const std::string& directory, const std::string& messages, std::vector<char*>& arguments, pid_t& child) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_addchdir_np(&actions, directory.c_str());
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, messages.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
  sigset_t all;  // what this process ignores, the tool shall not
  sigfillset(&all);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  const int reason = posix_spawnp(&child, arguments.front(), &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return reason;
}

}  // namespace

std::string run_tool(const Tool& tool, const std::string& directory, const std::vector<std::string>& arguments) {
  std::vector<std::string> words = {tool.program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const std::string file = fmt::format("{}.messages", tool.program);
  pid_t child = 0;
  const int reason = start(directory, file, pointers, child);
  if (reason == ENOENT)
    return fmt::format("{} {} and is not installed: sudo apt-get install {}", tool.program, tool.task, tool.package);
  if (reason != 0) return fmt::format("cannot start {}: {}", tool.program, std::strerror(reason));
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return fmt::format("cannot wait for {}: {}", tool.program, std::strerror(errno));
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  std::string ignored;
  const std::string messages = read_named_file(directory + "/" + file, ignored).value_or(std::string());
  return fmt::format("{} failed: {}", tool.program, messages.empty() ? "it was killed" : messages);
}

}  // namespace materiel::report
