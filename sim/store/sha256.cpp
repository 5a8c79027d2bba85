#include <array>

#include <fmt/format.h>
#include <nettle/sha2.h>
#include <unistd.h>

#include <materiel/store/directory.h>
#include <materiel/store/sha256.h>

#include "store/write_all.h"

namespace materiel::store {

struct Sha256::Context {
  sha256_ctx state{};
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  sha256_init(&context_->state);
}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::add(std::string_view text) {
  sha256_update(&context_->state, text.size(), reinterpret_cast<const std::uint8_t*>(text.data()));
}

std::string Sha256::digest_so_far() const {
  Sha256 copy;
  copy.context_->state = context_->state;
  return copy.digest();
}

std::string Sha256::digest() {
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> bytes{};
  sha256_digest(&context_->state, bytes.size(), bytes.data());
  std::string digits;
  for (const std::uint8_t byte : bytes) digits += fmt::format("{:02x}", byte);
  return digits;
}

std::string sha256_of_text(std::string_view text) {
  Sha256 hash;
  hash.add(text);
  return hash.digest();
}

std::optional<std::string> sha256_and_close(int descriptor) {
  Sha256 hash;
  std::string block(std::size_t{1} << 16U, '\0');
  ssize_t size = 0;
  do {
    size = again([&] { return ::read(descriptor, block.data(), block.size()); });
    if (size > 0) hash.add({block.data(), static_cast<std::size_t>(size)});
  } while (size > 0);
  const int reason = size < 0 ? errno : 0;
  ::close(descriptor);
  errno = reason;
  if (size < 0) return std::nullopt;
  return hash.digest();
}

std::optional<std::string> sha256_of_file(const std::string& path) {
  const Directory::Opened opened = open_given_file(path);
  return opened.reason == 0 ? sha256_and_close(opened.descriptor) : std::nullopt;
}

}  // namespace materiel::store
