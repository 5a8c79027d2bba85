#include <cerrno>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <materiel/report/spool.h>

#include "report/write_all.h"

namespace materiel::report {

Spool::~Spool() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool Spool::fail(std::string_view action, int reason) {
  if (error_.empty()) error_ = fmt::format("cannot {} {}: {}", action, path_, std::strerror(reason));
  return false;
}

bool Spool::open(const std::string& path, const FilePosition& position) {
  path_ = path;
  descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (descriptor_ < 0) return fail("create", errno);
  if (position.bytes > 0 && has_beginning(path, position, hash_)) {
    bytes_ = position.bytes;
  } else {
    hash_ = Sha256();
  }
  return ::ftruncate(descriptor_, static_cast<off_t>(bytes_)) == 0 || fail("write", errno);
}

bool Spool::sync() {
  const int reason = flush(descriptor_);
  return reason == 0 || fail("write", reason);
}

bool Spool::write(std::string_view text) {
  hash_.add(text);
  bytes_ += text.size();
  if (!error_.empty()) return false;
  const int reason = write_all(descriptor_, text);
  return reason == 0 || fail("write", reason);
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
