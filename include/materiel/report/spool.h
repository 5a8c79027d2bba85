#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace materiel::report {

/// A file that rows wait in until it is their turn, for studies that write several lists at once. Gone with the
/// object.
///
/// After the first failure every call returns false, and error() says why.
class Spool {
 public:
  Spool() = default;
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;
  ~Spool();

  bool open(const std::string& path);
  bool write(std::string_view text);

  /// Hands over all that was written, in pieces, until `take` returns false; then returns false too.
  bool read_all(const std::function<bool(std::string_view)>& take);

  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  bool fail(std::string_view action, int reason);

  std::string path_, error_;
  int descriptor_ = -1;
};

}  // namespace materiel::report
