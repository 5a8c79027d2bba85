#include "experiment/lane_state.h"

#include <memory>
#include <stdexcept>

#include <zstd.h>

namespace materiel::experiment {

std::string compressed(std::string_view text) {
  constexpr int kQuickest = 1;
  std::string bytes(ZSTD_compressBound(text.size()), '\0');
  const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kQuickest);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  const std::size_t size = ZSTD_compress2(context.get(), bytes.data(), bytes.size(), text.data(), text.size());
  if (ZSTD_isError(size) != 0) throw std::runtime_error(ZSTD_getErrorName(size));
  bytes.resize(size);
  bytes.shrink_to_fit();
  return bytes;
}

std::string decompressed(std::string_view bytes) {
  const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  constexpr unsigned long long kMost = 1ULL << 36, kMostTimes = 1'000'000;  // as large as the bytes
  if (size > kMost || size > kMostTimes * bytes.size()) throw std::runtime_error("this is no compressed state");
  std::string text(size, '\0');
  const std::size_t found = ZSTD_decompress(text.data(), text.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(found) != 0 || found != size) throw std::runtime_error("a compressed state is damaged");
  return text;
}

}  // namespace materiel::experiment
