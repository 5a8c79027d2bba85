#include <algorithm>

#include <materiel/engine/calendar.h>

namespace materiel::engine {

using detail::Entry;
using detail::kLastKey;

bool Calendar::cancel(EventHandle handle) {
  if (!pending(handle)) return false;
  release(handle.slot);
  ++stale_;
  limit_stale();
  return true;
}

bool Calendar::reschedule(EventHandle handle, Time time) {
  if (!pending(handle)) return false;
  // next_order first: it may renumber, and so change the node's order.
  const std::uint64_t order = next_order(priority_of(nodes_[handle.slot].order));
  nodes_[handle.slot].order = order;
  ++stale_;
  insert({checked_key(time), order, handle.slot});
  limit_stale();
  return true;
}

/// To be called after an event was cancelled or moved away from its entry.
void Calendar::limit_stale() {
  if (!is_live(top())) settle();
  if (stale_ <= live_ + kStaleAllowed) return;
  drop_stale_near();
  stale_ -= far_.filter_all([this](const Entry& entry) { return is_live(entry); });
  assert(stale_ == 0);
}

void Calendar::drop_stale_near() {
  const auto end = near_.begin() + static_cast<std::ptrdiff_t>(near_size_);
  const auto kept = std::remove_if(near_.begin(), end, [this](const Entry& entry) { return !is_live(entry); });
  near_size_ -= static_cast<std::size_t>(end - kept);
  stale_ -= static_cast<std::size_t>(end - kept);
}

/// Drops stale entries until the last of near_ is live, refilling it when it is empty.
void Calendar::settle() {
  for (;;) {
    while (near_size_ > 0 && !is_live(top())) {
      --near_size_;
      --stale_;
    }
    if (near_size_ > 0) return;
    if (far_.empty()) {
      reach_ = kLastKey;
      return;
    }
    refill();
  }
}

/// Brings at least one entry from far_ into the empty near_.
///
/// A bucket that is too large is split by raising the base to reach_, once that lies in the bucket. Before, only its
/// least entry is taken, which moves reach_ there: the base then follows the clock and doesn't run ahead of it to
/// a cluster of events far off, while there may still be much to schedule in between.
void Calendar::refill() {
  unsigned bucket = far_.first_bucket();
  while (far_.size(bucket) > kLoad) {
    if (far_.bucket_of(reach_) == bucket) {
      far_.raise_base(reach_);
    } else {
      if (stale_ != 0) stale_ -= far_.filter(bucket, [this](const Entry& entry) { return is_live(entry); });
      if (far_.size(bucket) > kLoad) {
        near_[near_size_++] = far_.take_least(bucket);
        reach_ = top().key();
        return;
      }
      if (far_.empty()) return;
    }
    bucket = far_.first_bucket();
  }
  do {
    reach_ = far_.last_key_of(bucket);
    far_.drain(bucket, [this](const Entry& entry) {
      __builtin_prefetch(&nodes_[entry.node]);
      insert_near(entry);
    });
    if (far_.empty()) {
      reach_ = kLastKey;
      return;
    }
    bucket = far_.first_bucket();
  } while (near_size_ + far_.size(bucket) <= kLoad);
}

/// Makes room in near_, which is one entry too long.
void Calendar::shorten_near() {
  if (stale_ != 0) drop_stale_near();
  if (near_size_ <= kNear) return;
  const std::size_t later = near_size_ - kKeep;
  reach_ = near_[later].key();
  if (reach_ < far_.base()) far_.lower_base(reach_);
  if (far_.empty()) far_.raise_base(reach_);
  for (std::size_t i = 0; i < later; ++i) far_.push(near_[i]);
  std::copy_n(near_.begin() + static_cast<std::ptrdiff_t>(later), kKeep, near_.begin());
  near_size_ = kKeep;
}

void Calendar::grow() {
  assert(nodes_.size() < kNone);
  if (nodes_.size() == nodes_.capacity()) reserve(std::max<std::size_t>(2 * nodes_.size(), 2 * kNear));
  free_ = static_cast<std::uint32_t>(nodes_.size());
  nodes_.emplace_back();
}

void Calendar::reserve(std::size_t events) {
  nodes_.reserve(events);
  far_.reserve(2 * events + kStaleAllowed + 1);  // at most so many are stale
}

void Calendar::clear() {
  for (std::uint32_t slot = 0; slot < nodes_.size(); ++slot) {
    if (nodes_[slot].order != kNoOrder) release(slot);
  }
  near_size_ = 0;
  stale_ = 0;
  sequence_ = 0;
  popped_ = 0;
  reach_ = kLastKey;
  far_.clear();
}

/// Restarts the sequence, which is used up after 2^40 events: numbers the pending ones anew in their order.
void Calendar::renumber() {
  std::vector<Entry> entries(near_.begin(), near_.begin() + static_cast<std::ptrdiff_t>(near_size_));
  far_.filter_all([&](const Entry& entry) {
    entries.push_back(entry);
    return false;
  });
  std::erase_if(entries, [this](const Entry& entry) { return !is_live(entry); });
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.key() < b.key(); });
  near_size_ = 0;
  stale_ = 0;
  sequence_ = 0;
  reach_ = kLastKey;
  far_.clear();
  for (Entry& entry : entries) {
    entry.order = nodes_[entry.node].order = next_order(priority_of(entry.order));
    insert(entry);
  }
}

}  // namespace materiel::engine
