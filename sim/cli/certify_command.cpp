#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <materiel/base/shell_words.h>
#include <materiel/base/text.h>
#include <materiel/study/digest.h>

#include "cli/command.h"
#include "cli/exit_codes.h"
#include "cli/interruption.h"
#include "cli/ranks.h"
#include "cli/shared_options.h"

namespace materiel::cli {
namespace {

struct CertifyOptions {
  std::string scenario;
  std::vector<std::string> further;  ///< options for `run`
  std::string directory;             ///< empty: a temporary one
};

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Words = std::vector<std::string>;

/// This program, started again.
class Child {
 public:
  explicit Child(Words words) {
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    const int reason = ::posix_spawnp(&process_, pointers.front(), &actions, nullptr, pointers.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (reason != 0) throw std::runtime_error(fmt::format("cannot start {}: {}", words.front(), std::strerror(reason)));
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  /// Asked first: mpirun ends its ranks only then.
  ~Child() {
    if (process_ <= 0) return;
    ::kill(process_, SIGTERM);
    constexpr double kPatience = 0.4;  // seconds
    const std::atomic<bool> no_stop = false;
    if (!wait(kPatience, no_stop)) kill();
  }

  /// The exit code if it ends within that time; minus the signal that killed it.
  std::optional<int> wait(double seconds, const std::atomic<bool>& stop) {
    const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    do {
      int status = 0;
      if (::waitpid(process_, &status, WNOHANG) == process_) {
        process_ = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    } while (Clock::now() < end && !stop);
    return std::nullopt;
  }

  void kill() {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = 0;
  }

 private:
  pid_t process_ = 0;
};

struct Stopped {};

/// The study itself can't be run: it has said why.
struct Refused {
  int code;
};

/// One `materiel certify`.
class Certificate {
 public:
  Certificate(const CertifyOptions& options, std::string home, Console& console)
      : options_(options),
        home_(std::move(home)),
        program_(fs::read_symlink("/proc/self/exe").string()),
        console_(console) {}

  int run() {
    console_.print(fmt::format("{:<34} {}\n", "how it is run", "SHA-256 of all files"));
    const auto began = Clock::now();
    show("1 thread", study("one", {"--threads", "1"}));
    seconds_ = std::chrono::duration<double>(Clock::now() - began).count();
    for (const char* threads : {"2", "3", "8"})
      show(fmt::format("{} threads", threads), study(fmt::format("threads-{}", threads), {"--threads", threads}));
    for (const int count : {2, 3, 7}) show(fmt::format("{} shards, merged", count), shards(count));
    show("killed and resumed", killed());
    if (has_mpi()) show("3 processes by mpirun", ranks());
    return tell();
  }

 private:
  Words words(const std::string& name, const Words& more) {
    Words all = {program_, "run", options_.scenario};
    all.insert(all.end(), options_.further.begin(), options_.further.end());
    all.insert(all.end(), more.begin(), more.end());
    all.insert(all.end(), {"-q", "-o", home_ + "/" + name});
    return all;
  }

  void finish(const Words& command) {
    Child child(command);
    std::optional<int> code;
    while (!code && !stop()) code = child.wait(1, Interruption::requested());
    if (!code) throw Stopped();
    if (*code == kUsage || *code == kInvalidScenario) throw Refused{*code};
    if (*code != kDone && *code != kRunsFailed)
      throw std::runtime_error(fmt::format("'{}' ended with {}", shell_command(command), *code));
  }

  [[nodiscard]] static bool stop() { return Interruption::requested(); }

  std::string study(const std::string& name, const Words& more) {
    finish(words(name, more));
    return hash_of(name);
  }

  std::string shards(int count) {
    const std::string name = fmt::format("shards-{}", count);
    for (int shard = count; shard >= 1; --shard)  // in another order than they are put together
      finish(
          words(name, {"--shard", fmt::format("{}/{}", shard, count), "--threads", fmt::format("{}", shard % 2 + 1)}));
    finish({program_, "merge", home_ + "/" + name, "-q"});
    return hash_of(name);
  }

  // Killed at about a third, then at another of what is left.
  std::string killed() {
    const Words command =
        words("killed", {"--threads", "2", "--keep-every", fmt::format("{:.3f}s", seconds_ / 20 + 0.001)});
    for (int i = 0; i < 2; ++i) {
      Child child(command);
      if (child.wait(seconds_ / 3, Interruption::requested())) break;
      child.kill();
      ++kills_;
    }
    finish(command);
    return hash_of("killed");
  }

  [[nodiscard]] static bool has_mpi() {
    std::error_code ignored;
    if (!has_mpi_component()) return false;
    const char* path = std::getenv("PATH");
    for (std::string_view rest = path ? path : ""; !rest.empty();) {
      const std::size_t end = std::min(rest.find(':'), rest.size());
      if (fs::exists(fs::path(rest.substr(0, end)) / "mpirun", ignored)) return true;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
  }

  std::string ranks() {
    ::setenv("OMPI_ALLOW_RUN_AS_ROOT", "1", 0);
    ::setenv("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1", 0);
    Words command = words("ranks", {"--threads", "1"});
    command.insert(command.begin(), {"mpirun", "-np", "3", "--oversubscribe"});
    finish(command);
    return hash_of("ranks");
  }

  /// Of all files but the record, which holds times.
  std::string hash_of(const std::string& name) {
    const study::Expected<study::StudyDigest> digest = study::digest(store::DirectoryPath(home_, name));
    if (!digest) throw std::runtime_error(digest.error().what);
    runs_ = digest->runs;
    return digest->sha256;
  }

  void show(const std::string& how, const std::string& hash) {
    if (first_.empty()) first_ = hash;
    differ_ += hash == first_ ? 0 : 1;
    ++ways_;
    console_.print(fmt::format("{:<34} {}{}\n", how, hash, hash == first_ ? "" : "  differs"));
    (void)console_.flush();
  }

  int tell() {
    if (differ_ > 0) {
      console_.error(fmt::format("{} of {} ways gave other files", differ_, ways_));
      return kInternalError;
    }
    console_.print(fmt::format("equal in all {} ways: {} replications each, {} kill{}\n", ways_, runs_, kills_,
                               kills_ == 1 ? "" : "s"));
    return kDone;
  }

  const CertifyOptions& options_;
  std::string home_, program_;
  Console& console_;
  Interruption interruption_{Interruption::Manner::asked, [this] {
                               std::error_code ignored;
                               if (options_.directory.empty()) fs::remove_all(home_, ignored);
                               return std::string("interrupted");
                             }};
  std::string first_;
  double seconds_ = 0;
  int ways_ = 0, differ_ = 0, kills_ = 0;
  std::uint64_t runs_ = 0;
};

int certify_command(const CertifyOptions& options, Console& console) {
  std::string home = options.directory;
  std::error_code ignored;
  if (home.empty()) {
    home = (fs::temp_directory_path() / "materiel-certify-XXXXXX").string();
    if (!::mkdtemp(home.data())) {
      console.error(fmt::format("cannot create {}: {}", home, std::strerror(errno)));
      return kInternalError;
    }
  } else if (fs::exists(home, ignored) && !fs::is_empty(home, ignored)) {
    console.error(fmt::format("{} is not empty", home));
    return kInternalError;
  }
  int code = kInternalError;
  try {
    code = Certificate(options, home, console).run();
  } catch (const Stopped&) {
    console.error("interrupted");
    code = kInterrupted;
  } catch (const Refused& refused) {
    code = refused.code;
  } catch (const std::runtime_error& error) {
    console.error(error.what());
  }
  if (options.directory.empty()) fs::remove_all(home, ignored);
  return code;
}

constexpr Option kCertifiedStudies{.names = "-o,--output",
                                   .value = "DIR",
                                   .sentence = "Keep the studies in this directory",
                                   .default_in_words = "they are removed",
                                   .group = OptionGroup::output,
                                   .completion = Completion::directory};

Action prepare_certify(const GivenOptions& given) {
  const CertifyOptions options{given.text(kScenario), given.passed_on(), given.text(kCertifiedStudies)};
  return [options](const auto&, Console& console) { return certify_command(options, console); };
}

}  // namespace

Command certify_row() {
  return {.name = "certify",
          .group = CommandGroup::scale,
          .one_line = "Show that a study does not depend on how it is run",
          .options = {kScenario, kCertifiedStudies},
          .examples = {{"materiel certify scenario.toml -n 200", {}},
                       {"materiel certify scenario.toml -n 64 --replications 5 --alternative all", {}}},
          .notes =
              "Runs the same study with 1, 2, 3 and 8 threads, in 2, 3 and 7 shards, killed twice and resumed, and "
              "by mpirun if there is one, and prints the hash of what each execution mode has written. The exit "
              "code is 1 if they differ. Further options are those of run.",
          .passes_to = "run",
          .prepare = prepare_certify};
}

}  // namespace materiel::cli
