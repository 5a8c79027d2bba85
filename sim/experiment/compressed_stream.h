#pragma once

#include <memory>
#include <streambuf>
#include <string>
#include <string_view>
#include <vector>

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

/// Streams that are compressed on their way, so that what goes through them is never in memory as a whole. Zstandard,
/// quickest level, with a checksum.
namespace materiel::experiment {

/// What is written to it is compressed. The bytes depend only on what was written, not on how.
class CompressingStream : public std::streambuf {
 public:
  CompressingStream();

  /// Ends it.
  /// @throws std::runtime_error if it can't be compressed
  [[nodiscard]] std::string finish();

 protected:
  int_type overflow(int_type next) override;

 private:
  void compress(bool last);

  std::unique_ptr<ZSTD_CCtx_s, void (*)(ZSTD_CCtx_s*)> context_;
  std::vector<char> buffer_;
  std::string bytes_;
};

/// Gives back what was written. Ends early if the bytes are damaged; a reader of a state sees that.
class DecompressingStream : public std::streambuf {
 public:
  /// @param bytes  have to outlive the stream
  explicit DecompressingStream(std::string_view bytes);

 protected:
  int_type underflow() override;

 private:
  std::unique_ptr<ZSTD_DCtx_s, void (*)(ZSTD_DCtx_s*)> context_;
  std::string_view bytes_;
  std::vector<char> buffer_;
};

}  // namespace materiel::experiment
