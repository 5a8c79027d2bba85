#include <cerrno>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <materiel/report/spool.h>

namespace materiel::report {

Spool::~Spool() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(path_.c_str());
}

bool Spool::fail(std::string_view action, int reason) {
  if (error_.empty()) error_ = fmt::format("cannot {} {}: {}", action, path_, std::strerror(reason));
  return false;
}

bool Spool::open(const std::string& path) {
  path_ = path;
  descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  return descriptor_ >= 0 || fail("create", errno);
}

bool Spool::write(std::string_view text) {
  while (error_.empty() && !text.empty()) {
    const ssize_t written = ::write(descriptor_, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return fail("write", errno);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return error_.empty();
}

bool Spool::read_all(const std::function<bool(std::string_view)>& take) {
  constexpr std::size_t kPiece = std::size_t{1} << 20;
  std::vector<char> piece(kPiece);
  for (off_t place = 0; error_.empty();) {
    const ssize_t read = ::pread(descriptor_, piece.data(), piece.size(), place);
    if (read < 0 && errno == EINTR) continue;
    if (read < 0) return fail("read", errno);
    if (read == 0) return true;
    if (!take({piece.data(), static_cast<std::size_t>(read)})) return false;
    place += read;
  }
  return false;
}

}  // namespace materiel::report
