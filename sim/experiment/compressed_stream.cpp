#include "experiment/compressed_stream.h"

#include <algorithm>
#include <stdexcept>

#include <zstd.h>

namespace materiel::experiment {
namespace {

constexpr std::size_t kBuffer = std::size_t{1} << 17;  // bytes

void expect_no_error(std::size_t code) {
  if (ZSTD_isError(code) != 0) throw std::runtime_error(ZSTD_getErrorName(code));
}

}  // namespace

CompressingStream::CompressingStream()
    : context_(ZSTD_createCCtx(), [](ZSTD_CCtx* context) { ZSTD_freeCCtx(context); }), buffer_(kBuffer) {
  constexpr int kQuickest = 1;
  expect_no_error(ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, kQuickest));
  expect_no_error(ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1));
  setp(buffer_.data(), buffer_.data() + buffer_.size());
}

void CompressingStream::compress(bool last) {
  ZSTD_inBuffer in{pbase(), static_cast<std::size_t>(pptr() - pbase()), 0};
  std::vector<char> piece(ZSTD_CStreamOutSize());
  std::size_t left = 1;
  while (last ? left > 0 : in.pos < in.size) {
    ZSTD_outBuffer out{piece.data(), piece.size(), 0};
    left = ZSTD_compressStream2(context_.get(), &out, &in, last ? ZSTD_e_end : ZSTD_e_continue);
    expect_no_error(left);
    bytes_.append(piece.data(), out.pos);
  }
  setp(buffer_.data(), buffer_.data() + buffer_.size());
}

CompressingStream::int_type CompressingStream::overflow(int_type next) {
  compress(false);
  if (!traits_type::eq_int_type(next, traits_type::eof())) sputc(traits_type::to_char_type(next));
  return traits_type::not_eof(next);
}

std::string CompressingStream::finish() {
  compress(true);
  bytes_.shrink_to_fit();
  return std::move(bytes_);
}

DecompressingStream::DecompressingStream(std::string_view bytes)
    : context_(ZSTD_createDCtx(), [](ZSTD_DCtx* context) { ZSTD_freeDCtx(context); }),
      bytes_(bytes),
      buffer_(kBuffer) {}

DecompressingStream::int_type DecompressingStream::underflow() {
  ZSTD_outBuffer out{buffer_.data(), buffer_.size(), 0};
  while (out.pos == 0) {
    ZSTD_inBuffer in{bytes_.data(), bytes_.size(), 0};
    const std::size_t left = ZSTD_decompressStream(context_.get(), &out, &in);
    bytes_.remove_prefix(in.pos);
    if (ZSTD_isError(left) != 0 || (out.pos == 0 && in.pos == 0)) return traits_type::eof();
  }
  setg(buffer_.data(), buffer_.data(), buffer_.data() + out.pos);
  return traits_type::to_int_type(buffer_.front());
}

}  // namespace materiel::experiment
