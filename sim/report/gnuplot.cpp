#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <materiel/report/figure.h>
#include <materiel/report/study_directory.h>

namespace materiel::report {
namespace {

constexpr const char* kMessages = "gnuplot.messages";  // in the directory of the scripts

/// Starts gnuplot in a directory, its messages going to a file there; returns errno, 0 if it started.
int start(const std::string& directory, std::vector<char*>& arguments, pid_t& child) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_addchdir_np(&actions, directory.c_str());
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, kMessages, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  sigset_t all;  // what this process ignores, gnuplot shall not
  sigfillset(&all);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  const int reason = posix_spawnp(&child, arguments.front(), &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return reason;
}

}  // namespace

std::string run_gnuplot(const std::string& directory, const std::vector<std::string>& scripts) {
  std::vector<std::string> words = {"gnuplot", "-d"};  // -d: the user's own settings don't change the figures
  words.insert(words.end(), scripts.begin(), scripts.end());
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  const int reason = start(directory, arguments, child);
  if (reason == ENOENT) return "gnuplot draws the figures and is not installed: sudo apt-get install gnuplot-nox";
  if (reason != 0) return fmt::format("cannot start gnuplot: {}", std::strerror(reason));
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return fmt::format("cannot wait for gnuplot: {}", std::strerror(errno));
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  std::string ignored;
  const std::string messages = read_named_file(directory + "/" + kMessages, ignored).value_or(std::string());
  return fmt::format("gnuplot failed: {}", messages.empty() ? "it was killed" : messages);
}

}  // namespace materiel::report
