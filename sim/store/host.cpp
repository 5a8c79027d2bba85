#include <chrono>
#include <fstream>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <materiel/store/study_record.h>

namespace materiel::store {
namespace {

std::string cpu_model() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("model name")) continue;
    const std::size_t value = line.find_first_not_of(": \t", line.find(':'));
    return value == std::string::npos ? std::string() : line.substr(value);
  }
  return {};
}

}  // namespace

HostFacts this_host() {
  HostFacts host;
  host.cpu = cpu_model();
  host.cores = static_cast<unsigned>(std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN)));
  utsname system{};
  if (::uname(&system) == 0) host.system = fmt::format("{} {} {}", system.sysname, system.release, system.machine);
  return host;
}

std::string utc_now() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(now));
}

}  // namespace materiel::store
