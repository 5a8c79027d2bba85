#include <algorithm>

#include <materiel/engine/detail/far_events.h>

namespace materiel::engine::detail {

unsigned FarEvents::first_bucket() const {
  assert(!empty());
  unsigned word = 0;
  while (occupied_[word] == 0) ++word;
  return word * 64 + static_cast<unsigned>(std::countr_zero(occupied_[word]));
}

Key FarEvents::last_key_of(unsigned bucket) const {
  const bool in_time = bucket >= kHalf;
  const unsigned shift = bucket % kHalf / kRadix * kDigitBits;
  const std::uint64_t word = in_time ? base_time_ : base_order_;
  // Two shifts, as one by 64 would be undefined for the highest digit.
  const std::uint64_t above = word >> shift >> kDigitBits << kDigitBits;
  const std::uint64_t below = (std::uint64_t{1} << shift) - 1;
  const std::uint64_t last = ((above | bucket % kRadix) << shift) | below;
  return in_time ? (Key{last} << 64) | ~std::uint64_t{0} : (Key{base_time_} << 64) | last;
}

void FarEvents::raise_base(Key base) {
  assert(base >= this->base());
  const unsigned opened = bucket_of(base);
  set_base(base);
  if (occupied(opened)) drain(opened, [this](const Entry& entry) { push(entry); });
}

void FarEvents::lower_base(Key base) {
  const Key before = this->base();
  assert(base < before);
  set_base(base);
  const unsigned level = bucket_of(before) / kRadix * kRadix;
  for (unsigned index = 0; index < level; ++index) {
    if (occupied(index)) drain(index, [this](const Entry& entry) { push(entry); });
  }
}

Entry FarEvents::take_least(unsigned index) {
  Bucket& bucket = buckets_[index];
  assert(bucket.count > 0);
  Chunk& first = chunks_[bucket.chunk];
  Entry* least = first.entries.data();
  std::uint32_t fill = bucket.fill;
  for (std::uint32_t chunk = bucket.chunk; chunk != kNone; chunk = chunks_[chunk].next, fill = kChunk) {
    if (const std::uint32_t next = chunks_[chunk].next; next != kNone) prefetch(next);
    for (std::uint32_t i = 0; i < fill; ++i) {
      Entry& entry = chunks_[chunk].entries[i];
      if (entry.key() < least->key()) least = &entry;
    }
  }
  const Entry taken = *least;
  *least = first.entries[--bucket.fill];
  --bucket.count;
  --size_;
  if (bucket.fill == 0) {
    const std::uint32_t next = first.next;
    free_chunk(bucket.chunk);
    bucket.chunk = next;
    bucket.fill = kChunk;
    if (next == kNone) occupied_[index / 64] &= ~(std::uint64_t{1} << (index % 64));
  }
  return taken;
}

void FarEvents::clear() {
  for (unsigned index = 0; index < kBuckets; ++index) {
    if (occupied(index)) drain(index, [](const Entry&) {});
  }
  set_base(0);
}

void FarEvents::reserve(std::size_t entries) {
  // Each bucket may leave its first chunk partly empty, and a bucket that is drained into itself needs one more.
  chunks_.reserve(entries / kChunk + std::min<std::size_t>(entries, kBuckets) + 2);
}

void FarEvents::add_chunk(Bucket& bucket) {
  std::uint32_t chunk = free_;
  if (chunk != kNone) {
    free_ = chunks_[chunk].next;
  } else {
    chunk = static_cast<std::uint32_t>(chunks_.size());
    chunks_.emplace_back();
  }
  chunks_[chunk].next = bucket.chunk;
  bucket.chunk = chunk;
  bucket.fill = 0;
}

}  // namespace materiel::engine::detail
