#include <cerrno>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include <materiel/store/spool.h>

#include "store/write_all.h"

namespace materiel::store {

Spool::~Spool() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool Spool::fail(std::string_view action, int reason) {
  if (error_.empty()) error_ = refusal(action, path_, reason);
  return false;
}

bool Spool::open(const Directory& directory, const std::string& name, const FilePosition& position) {
  path_ = directory.path_of(name);
  Directory::Opened opened;
  if (position.bytes > 0) opened = directory.open_to_append(name);
  if (opened.reason != 0 || position.bytes == 0) opened = directory.create(name);
  if (opened.reason != 0) return fail("create", opened.reason);
  descriptor_ = opened.descriptor;
  if (position.bytes > 0 && has_beginning(descriptor_, position, hash_)) {
    bytes_ = position.bytes;
  } else {
    hash_ = Sha256();
  }
  return again([&] { return ::ftruncate(descriptor_, static_cast<off_t>(bytes_)); }) == 0 || fail("write", errno);
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
  std::uint64_t there = 0;
  for (off_t place = 0; error_.empty();) {
    const ssize_t read = again([&] { return ::pread(descriptor_, piece.data(), piece.size(), place); });
    if (read < 0) return fail("read", errno);
    if (read == 0) {
      if (there == bytes_) return true;
      error_ = fmt::format("{} has {} bytes, and {} were written: was it changed?", path_, there, bytes_);
      return false;
    }
    if (!take({piece.data(), static_cast<std::size_t>(read)})) return false;
    place += read;
    there += static_cast<std::uint64_t>(read);
  }
  return false;
}

}  // namespace materiel::store
