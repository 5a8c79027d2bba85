#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace materiel::store {

/// SHA-256 (FIPS 180-4, by Nettle) of a text that comes in pieces.
class Sha256 {
 public:
  Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  ~Sha256();

  void add(std::string_view text);
  /// The 64 lower-case hexadecimal digits of all that was added; starts again from nothing.
  [[nodiscard]] std::string digest();
  /// The same, without starting again.
  [[nodiscard]] std::string digest_so_far() const;

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

[[nodiscard]] std::string sha256_of_text(std::string_view text);

/// Of a file wherever a person's path leads; nothing if it can't be read, or is no regular file.
[[nodiscard]] std::optional<std::string> sha256_of_file(const std::string& path);

/// Of the rest of an open file, which is closed then; nothing if it can't be read, and errno says why.
[[nodiscard]] std::optional<std::string> sha256_and_close(int descriptor);

}  // namespace materiel::store
