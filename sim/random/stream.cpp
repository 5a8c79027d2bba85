#include <materiel/random/stream.h>

#ifdef __AVX2__
#include <immintrin.h>
#endif

#include <Random123/philox.h>

#include <materiel/base/hash.h>

namespace materiel::random {
namespace {

constexpr std::uint32_t kLow = 0xffffffffU;

std::uint32_t low(std::uint64_t x) {
  return static_cast<std::uint32_t>(x & kLow);
}
std::uint32_t high(std::uint64_t x) {
  return static_cast<std::uint32_t>(x >> 32);
}

void one_block(std::uint64_t key, std::uint64_t block, std::uint32_t c2, std::uint32_t c3, std::uint64_t* out) {
  const r123::Philox4x32::ctr_type counter{{low(block), high(block), c2, c3}};
  const r123::Philox4x32::ctr_type made = r123::Philox4x32()(counter, {{low(key), high(key)}});
  out[0] = made[0] | std::uint64_t{made[1]} << 32;
  out[1] = made[2] | std::uint64_t{made[3]} << 32;
}

#ifdef __AVX2__

/// Four consecutive blocks in step, one a 64-bit lane, each word in the lane's lower half.
struct FourBlocks {
  __m256i x0, x1, x2, x3;

  void round(__m256i k0, __m256i k1) {
    const __m256i p0 = _mm256_mul_epu32(x0, _mm256_set1_epi64x(PHILOX_M4x32_0));
    const __m256i p1 = _mm256_mul_epu32(x2, _mm256_set1_epi64x(PHILOX_M4x32_1));
    // The upper halves of x1 and x3 are left as they come: multiplication looks at lower halves only.
    x0 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(p1, 32), x1), k0);
    x2 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(p0, 32), x3), k1);
    x1 = p1;
    x3 = p0;
  }

  void store(std::uint64_t* out) const {
    const __m256i first = _mm256_blend_epi32(x0, _mm256_slli_epi64(x1, 32), 0xAA);
    const __m256i second = _mm256_blend_epi32(x2, _mm256_slli_epi64(x3, 32), 0xAA);
    const __m256i even = _mm256_unpacklo_epi64(first, second);  // blocks 0 and 2
    const __m256i odd = _mm256_unpackhi_epi64(first, second);   // blocks 1 and 3
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), _mm256_permute2x128_si256(even, odd, 0x20));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + 4), _mm256_permute2x128_si256(even, odd, 0x31));
  }
};

FourBlocks four_blocks(std::uint64_t block, std::uint32_t c2, std::uint32_t c3) {
  const __m256i counters =
      _mm256_add_epi64(_mm256_set1_epi64x(static_cast<long long>(block)), _mm256_set_epi64x(3, 2, 1, 0));
  return {counters, _mm256_srli_epi64(counters, 32), _mm256_set1_epi64x(c2), _mm256_set1_epi64x(c3)};
}

/// Eight consecutive blocks: the rounds of Random123's philox4x32, which the tests hold these against.
void eight_blocks(std::uint64_t key, std::uint64_t block, std::uint32_t c2, std::uint32_t c3, std::uint64_t* out) {
  FourBlocks a = four_blocks(block, c2, c3), b = four_blocks(block + 4, c2, c3);
  std::uint32_t k0 = low(key), k1 = high(key);
  for (int round = 0; round < 10; ++round) {
    const __m256i k0s = _mm256_set1_epi64x(k0), k1s = _mm256_set1_epi64x(k1);
    a.round(k0s, k1s);
    b.round(k0s, k1s);
    k0 += PHILOX_W32_0;
    k1 += PHILOX_W32_1;
  }
  a.store(out);
  b.store(out + 8);
}

#else

void eight_blocks(std::uint64_t key, std::uint64_t block, std::uint32_t c2, std::uint32_t c3, std::uint64_t* out) {
  for (std::uint32_t i = 0; i < 8; ++i) one_block(key, block + i, c2, c3, out + std::size_t{2} * i);
}

#endif

}  // namespace

StreamKey stream_key(std::uint64_t seed, std::string_view name, std::string_view purpose) {
  // Each text starts from the mixed hash of what precedes it: ("a", "bc") and ("ab", "c") differ, and a seed cannot
  // make up for a different first letter.
  return {hash64(purpose, hash64(name, hash64({}, seed)))};
}

/// The first block alone, since many streams are asked for one or two draws; then several at once.
void Stream::refill() {
  if (blocks_ == 0) {
    one_block(key_, 0, sample_, replication_, ahead_.data());
    blocks_ = 1;
    filled_ = 2;
  } else {
    eight_blocks(key_, blocks_, sample_, replication_, ahead_.data());
    blocks_ += 8;
    filled_ = 16;
  }
  next_ = 0;
}

}  // namespace materiel::random
