#pragma once

#include <optional>
#include <string>
#include <utility>

namespace materiel::study {

/// The processes of one parallel job, this one among them, and the messages between them. One thread of a process may
/// use it.
class Ranks {
 public:
  virtual ~Ranks() = default;
  [[nodiscard]] virtual int rank() const = 0;  ///< of this process, from 0
  [[nodiscard]] virtual int size() const = 0;

  /// Sends bytes of any length.
  virtual void send(int to, const std::string& bytes) = 0;

  /// What has come, and from whom; nothing if nothing has.
  virtual std::optional<std::pair<int, std::string>> receive() = 0;
};

}  // namespace materiel::study
