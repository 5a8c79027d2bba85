#include "cli/ranks.h"

#include <cstdlib>
#include <filesystem>

#include <dlfcn.h>
#include <fmt/format.h>

namespace materiel::cli {
namespace {

constexpr const char* kComponent = "libmateriel_mpi.so";

/// What Open MPI's launcher says of this process; 0 if it says nothing.
int told_by_launcher(const char* name) {
  const char* text = std::getenv(name);
  return text ? static_cast<int>(std::strtol(text, nullptr, 10)) : 0;
}

// It lies beside the program, or in lib/materiel beside the program's bin.
std::filesystem::path component_path() {
  std::error_code ignored;
  const std::filesystem::path home = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
  const std::filesystem::path beside = home / kComponent;
  return std::filesystem::exists(beside, ignored) ? beside : home.parent_path() / "lib" / "materiel" / kComponent;
}

}  // namespace

bool has_mpi_component() {
  std::error_code ignored;
  return std::filesystem::exists(component_path(), ignored);
}

bool is_one_of_several_ranks() {
  return told_by_launcher("OMPI_COMM_WORLD_SIZE") > 1;
}

int rank_of_this_process() {
  return told_by_launcher("OMPI_COMM_WORLD_RANK");
}

// The component is loaded here alone, so that nobody else pays for MPI.
std::unique_ptr<JobRanks> join_ranks(std::string& error) {
  void* const handle = ::dlopen(component_path().c_str(), RTLD_NOW | RTLD_GLOBAL);
  void* const function = handle ? ::dlsym(handle, kJoinFunction) : nullptr;
  if (!function) {
    error = fmt::format(
        "mpirun has started this program, but it was built without MPI ({}): build it with libopenmpi-dev "
        "installed, or use --shard",
        ::dlerror());
    return nullptr;
  }
  return std::unique_ptr<JobRanks>(reinterpret_cast<JoinFunction*>(function)());
}

}  // namespace materiel::cli
