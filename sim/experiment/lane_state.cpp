#include "experiment/lane_state.h"

#include <stdexcept>

#include <zstd.h>

namespace materiel::experiment {

std::string compressed(std::string_view text) {
  constexpr int kQuickest = 1;
  std::string bytes(ZSTD_compressBound(text.size()), '\0');
  const std::size_t size = ZSTD_compress(bytes.data(), bytes.size(), text.data(), text.size(), kQuickest);
  if (ZSTD_isError(size) != 0) throw std::runtime_error(ZSTD_getErrorName(size));
  bytes.resize(size);
  bytes.shrink_to_fit();
  return bytes;
}

std::string decompressed(std::string_view bytes) {
  const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  constexpr unsigned long long kMost = 1ULL << 36;
  if (size > kMost) throw std::runtime_error("this is no compressed state");
  std::string text(size, '\0');
  const std::size_t found = ZSTD_decompress(text.data(), text.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(found) != 0 || found != size) throw std::runtime_error("a compressed state is damaged");
  return text;
}

}  // namespace materiel::experiment
