#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <materiel/report/new_file.h>

#include "report/write_all.h"

namespace materiel::report {
std::string write_new_file(const std::string& path, std::string_view text) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor < 0) {
    if (errno == EEXIST) return fmt::format("{} is there already, and is not overwritten", path);
    return fmt::format("cannot write {}: {}", path, std::strerror(errno));
  }
  int reason = write_all(descriptor, text);
  if (reason == 0) reason = flush(descriptor);
  if (::close(descriptor) != 0 && reason == 0) reason = errno;
  if (reason == 0) return {};
  (void)::unlink(path.c_str());
  return fmt::format("cannot write {}: {}", path, std::strerror(reason));
}

}  // namespace materiel::report
