#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include <materiel/store/file_batch.h>
#include <materiel/store/sha256.h>

namespace materiel::store {

/// A file that rows wait in until it is their turn, for studies that write several lists at once.
///
/// After the first failure every call returns false, and error() says why.
class Spool {
 public:
  Spool() = default;
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;
  ~Spool();

  /// Begins with what the file has up to that position, if it has it; otherwise with nothing.
  bool open(const Directory& directory, const std::string& name, const FilePosition& position = {});
  bool write(std::string_view text);

  /// How far it goes.
  [[nodiscard]] FilePosition position() const { return {bytes_, hash_.digest_so_far()}; }

  /// Flushes it down to the disk.
  bool sync();

  /// Hands over all that was written, in pieces, until `take` returns false; then returns false too.
  bool read_all(const std::function<bool(std::string_view)>& take);

  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  bool fail(std::string_view action, int reason);

  std::string path_, error_;
  int descriptor_ = -1;
  std::uint64_t bytes_ = 0;
  Sha256 hash_;
};

}  // namespace materiel::store
