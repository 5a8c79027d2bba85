#include "render/tool.h"

#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <materiel/render/kill_tool.h>

namespace materiel::render {
namespace {

std::atomic<pid_t> tool_at_work = 0;  // 0: none
std::atomic<bool> tools_are_killed = false;
static_assert(std::atomic<pid_t>::is_always_lock_free, "a signal handler reads it");

/// Waits for a tool that was started; returns errno, 0 if it has ended.
int wait_for_tool(pid_t child, int& status) {
  tool_at_work = child;
  if (tools_are_killed) (void)::kill(child, SIGKILL);  // meanwhile
  siginfo_t info;
  int reason = 0;
  while (::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT) < 0 && reason == 0)
    if (errno != EINTR) reason = errno;
  tool_at_work = 0;  // before its number may be another's
  while (reason == 0 && ::waitpid(child, &status, 0) < 0)
    if (errno != EINTR) reason = errno;
  while (tools_are_killed) std::this_thread::sleep_for(std::chrono::seconds(1));  // this program ends
  return reason;
}

/// A file in memory, for what a tool says: there is room for it on a full disk too.
class Messages {
 public:
  Messages() : descriptor_(::memfd_create("messages", MFD_CLOEXEC)) {}
  Messages(const Messages&) = delete;
  Messages& operator=(const Messages&) = delete;
  ~Messages() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  [[nodiscard]] int descriptor() const { return descriptor_; }

  [[nodiscard]] std::string text() const {
    constexpr std::size_t kMost = std::size_t{1} << 16;
    std::string text(kMost, '\0');
    const ssize_t size = ::pread(descriptor_, text.data(), text.size(), 0);
    text.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
    return text;
  }

 private:
  int descriptor_;
};

/// Starts a program in a directory, its messages going to a file; returns errno, 0 if it started.
int start(const store::Directory& directory, int messages, std::vector<char*>& arguments, pid_t& child) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_addfchdir_np(&actions, directory.descriptor());
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, messages, STDERR_FILENO);
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

void kill_tool() {
  tools_are_killed = true;
  if (const pid_t child = tool_at_work; child > 0) (void)::kill(child, SIGKILL);
}

std::string run_tool(const Tool& tool, const store::Directory& directory, const std::vector<std::string>& arguments) {
  std::vector<std::string> words = {tool.program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const Messages messages;
  if (messages.descriptor() < 0) return fmt::format("cannot start {}: {}", tool.program, std::strerror(errno));
  pid_t child = 0;
  const int reason = start(directory, messages.descriptor(), pointers, child);
  if (reason == ENOENT)
    return fmt::format("{} {} and is not installed: sudo apt-get install {}", tool.program, tool.task, tool.package);
  if (reason != 0) return fmt::format("cannot start {}: {}", tool.program, std::strerror(reason));
  int status = 0;
  const int trouble = wait_for_tool(child, status);
  if (trouble != 0) return fmt::format("cannot wait for {}: {}", tool.program, std::strerror(trouble));
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  std::string said = messages.text();
  if (WIFSIGNALED(status)) said += fmt::format("it was ended by a signal ({})", ::strsignal(WTERMSIG(status)));
  return fmt::format("{} failed: {}", tool.program, said.empty() ? "it doesn't say why" : said);
}

}  // namespace materiel::render
