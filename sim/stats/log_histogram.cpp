#include <algorithm>
#include <cmath>
#include <cstring>
#include <iterator>
#include <numeric>
#include <utility>

#include <materiel/stats/log_histogram.h>

#include "stats/packed_numbers.h"

namespace materiel::stats {
namespace {

constexpr std::uint64_t kInfinite = 0x7ffULL << 52;
constexpr std::int64_t kInfiniteBucket = kInfinite >> (52 - 9);
constexpr unsigned kWidthBits = 30;  // of a place in the workspace, from here on: how wide its counts are
constexpr unsigned kWidest = 3;

unsigned width_for(std::uint64_t count) {
  unsigned width = 0;
  while (width < kWidest && count >> (8U << width) != 0) ++width;
  return width;
}

template <class Count>
std::uint64_t load_as(const std::uint8_t* place) {
  Count count;
  std::memcpy(&count, place, sizeof count);
  return count;
}

template <class Count>
void store_as(std::uint8_t* place, std::uint64_t value) {
  const auto count = static_cast<Count>(value);
  std::memcpy(place, &count, sizeof count);
}

// Counts of 1 << width bytes.
std::uint64_t load(const std::uint8_t* place, unsigned width) {
  switch (width) {
    case 0:
      return *place;
    case 1:
      return load_as<std::uint16_t>(place);
    case 2:
      return load_as<std::uint32_t>(place);
    default:
      return load_as<std::uint64_t>(place);
  }
}

void store(std::uint8_t* place, unsigned width, std::uint64_t count) {
  switch (width) {
    case 0:
      return store_as<std::uint8_t>(place, count);
    case 1:
      return store_as<std::uint16_t>(place, count);
    case 2:
      return store_as<std::uint32_t>(place, count);
    default:
      return store_as<std::uint64_t>(place, count);
  }
}

}  // namespace

// The bucket of a magnitude is its bits rounded to 9 after the leading one; the bits of positive doubles are in their
// order. 0 for zero and for subnormal numbers that round to it. A finite number is never rounded up to infinity.
std::int64_t LogHistogram::bucket_of(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(std::abs(value));
  const std::uint64_t rounded = (bits + kHalf) >> kDroppedBits;
  const auto bucket =
      static_cast<std::int64_t>(rounded == std::uint64_t{kInfiniteBucket} && bits != kInfinite ? rounded - 1 : rounded);
  return value < 0 ? -bucket : bucket;
}

double LogHistogram::value_of(std::int64_t bucket) {
  const auto magnitude = static_cast<std::uint64_t>(std::abs(bucket));
  const auto value = std::bit_cast<double>(magnitude << kDroppedBits);
  return bucket < 0 ? -value : value;
}

std::int64_t LogHistogram::bucket_of_key(std::uint32_t key) {
  if (key < kWholeNumbers) return bucket_of(key);
  const std::uint64_t first = key < kFirstFraction ? kFirstLarge - kWholeNumbers : kFirstLarge + kWholeNumbers - 65536;
  return static_cast<std::int64_t>(first + key);
}

void LogHistogram::count(double value, std::uint64_t times) {
  Findings findings;
  const Key name = key(value, findings);
  if (findings.unfit == 0) {
    count_key(name, times);
  } else {
    count_outside(bucket_of(value), times);
  }
}

void LogHistogram::count(std::span<const double> values) {
  constexpr std::size_t kWorthIt = 16;
  std::vector<Key> keys;
  if (values.size() >= kWorthIt) {
    Findings findings;
    keys.resize(values.size());
    std::ranges::transform(values, keys.begin(), [&](double value) { return key(value, findings); });
    if (findings.unfit != 0) keys.clear();
  }
  if (keys.empty()) {
    for (const double value : values) count(value);
  } else {
    Workspace workspace;
    count(keys, workspace);
  }
}

void LogHistogram::count_outside(std::int64_t bucket, std::uint64_t times) {
  if (bucket == 0) return count_key(0, times);
  auto found = std::ranges::lower_bound(outside_, bucket, {}, &Counted::bucket);
  if (found == outside_.end() || found->bucket != bucket) found = outside_.insert(found, {bucket, 0});
  found->times += times;
}

// Where the page is or, if there is none of that number, would be.
LogHistogram::Found LogHistogram::find(std::uint32_t page) const {
  Found found;
  while (found.index < pages_.size() && number(pages_[found.index]) < page) found.place += bytes(pages_[found.index++]);
  return found;
}

void LogHistogram::count_key(Key key, std::uint64_t times) {
  const auto page = static_cast<std::uint32_t>(key >> kPageBits);
  const Found found = find(page);
  if (found.index == pages_.size() || number(pages_[found.index]) != page) {
    const auto made = static_cast<Page>(page << 2U | width_for(times));
    add_pages(std::span(&made, 1));
  }
  add(found, key % kPageBuckets, times);
}

// Makes the page wider if the sum needs it.
void LogHistogram::add(const Found& page, std::uint32_t within, std::uint64_t times) {
  const unsigned wide = width(pages_[page.index]);
  const std::uint64_t sum = load(&counts_[page.place + (within << wide)], wide) + times;
  const unsigned needed = width_for(sum);
  if (needed > wide) widen(page, needed);
  const unsigned now = std::max(wide, needed);
  store(&counts_[page.place + (within << now)], now, sum);
}

// Pages that are not there yet, by number. The others make room for them, the last first.
void LogHistogram::add_pages(std::span<const Page> pages) {
  std::size_t added = 0;
  for (const Page page : pages) added += bytes(page);
  std::size_t from = counts_.size(), to = from + added;
  make_room(added);
  std::size_t i = pages_.size();
  pages_.resize(pages_.size() + pages.size());
  for (std::size_t k = pages.size(); k > 0;) {
    const bool old = i > 0 && pages_[i - 1] > pages[k - 1];
    const Page page = old ? pages_[--i] : pages[--k];
    pages_[i + k] = page;
    to -= bytes(page);
    if (old) {
      from -= bytes(page);
      std::memmove(&counts_[to], &counts_[from], bytes(page));
    } else {
      std::memset(&counts_[to], 0, bytes(page));
    }
  }
}

// Most histograms grow again soon, and there are many of them: some room to spare, but not much.
void LogHistogram::make_room(std::size_t more) {
  const std::size_t size = counts_.size() + more;
  if (size > counts_.capacity()) counts_.reserve(counts_.empty() ? size : size + size / 8);
  counts_.resize(size);
}

void LogHistogram::widen(const Found& page, unsigned to) {
  Page& widened = pages_[page.index];
  const unsigned from = width(widened);
  const std::size_t before = bytes(widened), after = std::size_t{kPageBuckets} << to;
  const std::size_t behind = counts_.size() - page.place - before;
  make_room(after - before);
  std::uint8_t* const counts = &counts_[page.place];
  std::memmove(counts + after, counts + before, behind);
  for (std::size_t i = kPageBuckets; i-- > 0;) store(counts + (i << to), to, load(counts + (i << from), from));
  widened = static_cast<Page>((widened & ~3U) | to);
}

// Of each page one more than its place in counts_, and above that its width.
void LogHistogram::enter(Workspace& workspace) const {
  std::uint32_t place = 0;
  for (const Page page : pages_) {
    workspace.places_[number(page)] = (place + 1) | width(page) << kWidthBits;
    place += bytes(page);
  }
}

void LogHistogram::leave(Workspace& workspace) const {
  for (const Page page : pages_) workspace.places_[number(page)] = 0;
}

void LogHistogram::add_pages_of(std::span<const Key> keys, Workspace& workspace) {
  std::array<Page, kPages> missing;
  std::size_t n = 0;
  for (const Key key : keys) {
    std::uint32_t& place = workspace.places_[key >> kPageBits];
    if (place != 0 || key == kNoKey) continue;
    place = 1;
    missing[n++] = static_cast<Page>((key >> kPageBits) << 2U);
  }
  const std::span made = std::span(missing).first(n);
  std::ranges::sort(made);
  add_pages(made);
  enter(workspace);
}

std::size_t LogHistogram::count(std::span<const Key> keys, Workspace& workspace) {
  if (keys.empty()) return 0;
  Key differ = 0;
  for (const Key key : keys) differ |= static_cast<Key>(key ^ keys.front());
  if (differ == 0) {
    if (keys.front() == kNoKey) return 0;
    count_key(keys.front(), keys.size());
    return keys.size();
  }
  enter(workspace);
  std::size_t counted = keys.size();
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const Key key = keys[i];
    const std::uint32_t place = workspace.places_[key >> kPageBits] - 1;
    if (place < 1U << kWidthBits) [[likely]] {
      std::uint8_t& count = counts_[place + key % kPageBuckets];
      if (count < 0xff) [[likely]] {
        ++count;
        continue;
      }
    }
    if (key == kNoKey) {
      --counted;
      continue;
    }
    if (workspace.places_[key >> kPageBits] == 0) add_pages_of(keys.subspan(i), workspace);
    count_further(key, workspace);
  }
  leave(workspace);
  return counted;
}

// Of a page that there is.
void LogHistogram::count_further(Key key, Workspace& workspace) {
  const std::uint32_t entry = workspace.places_[key >> kPageBits];
  const unsigned wide = entry >> kWidthBits;
  std::uint8_t* const at = &counts_[(entry & ((1U << kWidthBits) - 1)) - 1 + ((key % kPageBuckets) << wide)];
  const std::uint64_t sum = load(at, wide) + 1;
  if (width_for(sum) <= wide) return store(at, wide, sum);
  count_key(key, 1);
  enter(workspace);
}

// Eight bytes are looked at together.
void LogHistogram::append_page(Page page, std::uint32_t place, std::vector<Counted>& found) const {
  constexpr unsigned kGroupBits = 3;
  const unsigned wide = width(page);
  const std::int64_t first = bucket_of_key(number(page) * kPageBuckets);
  const bool whole = number(page) < kWholeNumbers / kPageBuckets;
  for (std::uint32_t i = 0; i < kPageBuckets; i += 1U << (kGroupBits - wide)) {
    const std::uint8_t* const at = &counts_[place + (i << wide)];
    auto group = load_as<std::uint64_t>(at);
    while (group != 0) {
      const unsigned k = static_cast<unsigned>(std::countr_zero(group)) >> (3 + wide);
      const std::int64_t bucket = whole ? bucket_of_key(number(page) * kPageBuckets + i + k) : first + i + k;
      found.push_back({bucket, load(at + (k << wide), wide)});
      const unsigned behind = (k + 1) << (3 + wide);
      group = behind < 64 ? group >> behind << behind : 0;
    }
  }
}

void LogHistogram::prefetch() const {
  constexpr std::size_t kLine = 64;
  for (std::size_t i = 0; i < counts_.size(); i += kLine) __builtin_prefetch(&counts_[i], 1);
}

// All buckets in the order of their values, zero among them.
std::vector<LogHistogram::Counted> LogHistogram::all() const {
  std::vector<Counted> found;
  found.reserve(counts_.size() / 4 + outside_.size());
  const auto join = [&](std::size_t before) {
    const auto middle = found.begin() + static_cast<std::ptrdiff_t>(before);
    if (before > 0 && middle != found.end() && middle->bucket < (middle - 1)->bucket)
      std::ranges::inplace_merge(found, middle, {}, &Counted::bucket);
  };
  const auto add = [&](std::uint64_t first, std::uint64_t end) {  // pages of keys; they are in the order of buckets
    const std::size_t before = found.size();
    std::uint32_t place = 0;
    for (const Page page : pages_) {
      const std::uint32_t key = number(page) * kPageBuckets;
      if (key >= first && key < end) append_page(page, place, found);
      place += bytes(page);
    }
    join(before);
  };
  add(kFirstFraction, kNoKey);
  add(0, kWholeNumbers);
  add(kWholeNumbers, kFirstFraction);
  const std::size_t before = found.size();
  found.insert(found.end(), outside_.begin(), outside_.end());
  join(before);
  return found;
}

void LogHistogram::merge(const LogHistogram& other) {
  merge(LogHistogram(other));  // which may be this
}

void LogHistogram::merge(LogHistogram&& other) {
  if (pages_.empty() && outside_.empty()) {
    *this = std::move(other);
    return;
  }
  merge_pages(other.pages_, other.counts_);
  for (const Counted& one : other.outside_) count_outside(one.bucket, one.times);
}

void LogHistogram::merge_pages(std::span<const Page> pages, std::span<const std::uint8_t> counts) {
  add_missing_pages(pages);
  Found own;
  std::size_t place = 0;
  for (const Page page : pages) {
    while (number(pages_[own.index]) != number(page)) own.place += bytes(pages_[own.index++]);
    const std::span more = counts.subspan(place, bytes(page));
    place += bytes(page);
    if (width(page) == 0 && width(pages_[own.index]) == 0 && add_bytes(own.place, more)) continue;
    for (std::uint32_t i = 0; i < kPageBuckets; ++i) {
      const std::uint64_t times = load(&more[i << width(page)], width(page));
      if (times > 0) add(own, i, times);
    }
  }
}

/// @return false if a sum has no room: then nothing was added
bool LogHistogram::add_bytes(std::uint32_t place, std::span<const std::uint8_t> more) {
  std::array<std::uint8_t, kPageBuckets> sums;
  std::uint8_t over = 0;
  for (std::size_t i = 0; i < kPageBuckets; ++i) {
    sums[i] = static_cast<std::uint8_t>(counts_[place + i] + more[i]);
    over |= static_cast<std::uint8_t>(sums[i] < more[i]);
  }
  if (over != 0) return false;
  std::ranges::copy(sums, &counts_[place]);
  return true;
}

void LogHistogram::add_missing_pages(std::span<const Page> pages) {
  std::vector<Page> missing;
  std::ranges::set_difference(pages, pages_, std::back_inserter(missing), {}, number, number);
  if (!missing.empty()) add_pages(missing);
}

std::vector<LogHistogram::Step> LogHistogram::steps() const {
  std::vector<Step> steps;
  std::uint64_t so_far = 0;
  for (const Counted& one : all()) steps.push_back({value_of(one.bucket), so_far += one.times});
  return steps;
}

std::vector<double> LogHistogram::at_ranks(std::span<const std::uint64_t> ranks) const {
  std::vector<std::size_t> by_rank(ranks.size());
  std::iota(by_rank.begin(), by_rank.end(), std::size_t{0});
  std::ranges::sort(by_rank, {}, [&](std::size_t k) { return ranks[k]; });
  std::vector<double> found(ranks.size());
  auto next = by_rank.begin();
  std::uint64_t up_to = 0;
  const std::vector<Counted> all = this->all();
  for (const Counted& one : all) {
    up_to += one.times;
    for (; next != by_rank.end() && (ranks[*next] <= up_to || &one == &all.back()); ++next)
      found[*next] = value_of(one.bucket);
    if (next == by_rank.end()) break;
  }
  return found;
}

// The number of values without a key, and of each its bucket, as its distance from the one before, and count; the
// number of pages, their two bytes each, and their counts. Widths follow from the counts, so nothing of how the
// histogram grew is in it.
std::vector<std::uint8_t> LogHistogram::packed() const {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(2 * kLongestNumber + outside_.size() * kLongestPair + pages_.size() * sizeof(Page) + counts_.size());
  append_number(outside_.size(), bytes);
  std::int64_t before = -kInfiniteBucket;
  for (const Counted& one : outside_) {
    append_number(static_cast<std::uint64_t>(one.bucket - before), bytes);
    append_number(one.times, bytes);
    before = one.bucket;
  }
  append_number(pages_.size(), bytes);
  for (const Page page : pages_) {
    bytes.push_back(static_cast<std::uint8_t>(page & 0xffU));
    bytes.push_back(static_cast<std::uint8_t>(page >> 8U));
  }
  bytes.insert(bytes.end(), counts_.begin(), counts_.end());
  return bytes;
}

std::optional<std::uint64_t> LogHistogram::count_packed(std::span<const std::uint8_t> bytes) {
  LogHistogram packed;
  if (!packed.unpack_outside(bytes) || !packed.unpack_pages(bytes)) return std::nullopt;
  std::uint64_t total = 0;
  for (const Counted& one : packed.outside_) total += one.times;
  const std::uint8_t* place = packed.counts_.data();
  for (const Page page : packed.pages_) {
    for (std::size_t i = 0; i < kPageBuckets; ++i) total += load(place + (i << width(page)), width(page));
    place += LogHistogram::bytes(page);
  }
  merge(std::move(packed));
  return total;
}

/// @return whether they are well formed; their bytes are taken off the front
bool LogHistogram::unpack_outside(std::span<const std::uint8_t>& bytes) {
  if (bytes.empty()) return false;
  std::int64_t bucket = -kInfiniteBucket;
  for (std::uint64_t n = take_number(bytes); n > 0; --n) {
    const std::uint64_t distance = take_number(bytes);
    if (bytes.empty() || distance > static_cast<std::uint64_t>(kInfiniteBucket - bucket) ||
        (distance == 0 && !outside_.empty()))
      return false;
    bucket += static_cast<std::int64_t>(distance);
    outside_.push_back({bucket, take_number(bytes)});
  }
  return true;
}

/// The same; nothing may be behind them.
bool LogHistogram::unpack_pages(std::span<const std::uint8_t> bytes) {
  if (bytes.empty()) return false;
  const std::uint64_t n = take_number(bytes);
  if (n > kPages || bytes.size() < n * sizeof(Page)) return false;
  std::size_t size = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const auto page = static_cast<Page>(bytes[2 * i] | bytes[2 * i + 1] << 8U);
    if (number(page) >= kPages || (i > 0 && number(page) <= number(pages_.back()))) return false;
    pages_.push_back(page);
    size += LogHistogram::bytes(page);
  }
  bytes = bytes.subspan(n * sizeof(Page));
  counts_.assign(bytes.begin(), bytes.end());
  return bytes.size() == size;
}

std::size_t LogHistogram::memory() const {
  return counts_.capacity() + pages_.capacity() * sizeof(Page) + outside_.capacity() * sizeof(Counted);
}

}  // namespace materiel::stats
