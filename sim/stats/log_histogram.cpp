#include <algorithm>
#include <cmath>
#include <cstring>

#include <materiel/stats/log_histogram.h>

namespace materiel::stats {
namespace {

constexpr std::uint64_t kInfinite = 0x7ffULL << 52;
constexpr std::size_t kDense = 8192;  // buckets: 16 octaves

constexpr std::size_t kLongestNumber = 10, kLongestPair = 2 * kLongestNumber;  // bytes

// Seven bits a byte, the lowest first; the highest bit says that more follow. Returns the place behind.
std::uint8_t* write_number(std::uint64_t number, std::uint8_t* place) {
  for (; number >= 0x80; number >>= 7) *place++ = static_cast<std::uint8_t>(number | 0x80);
  *place++ = static_cast<std::uint8_t>(number);
  return place;
}

void append_number(std::uint64_t number, std::vector<std::uint8_t>& bytes) {
  std::array<std::uint8_t, kLongestNumber> written;
  bytes.insert(bytes.end(), written.data(), write_number(number, written.data()));
}

std::uint64_t take_number(std::span<const std::uint8_t>& bytes) {
  std::uint64_t number = 0;
  for (unsigned shift = 0; !bytes.empty() && shift < 64; shift += 7) {
    const std::uint8_t byte = bytes.front();
    bytes = bytes.subspan(1);
    number |= std::uint64_t{byte & 0x7fU} << shift;
    if (byte < 0x80) break;
  }
  return number;
}

}  // namespace

// The bucket of a magnitude: its bits rounded to 9 after the leading one; the bits of positive doubles are in their
// order. 0 for zero and for subnormal numbers that round to it. A finite number is never rounded up to infinity.
std::uint32_t LogHistogram::bucket_of(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(std::abs(value));
  const auto bucket = static_cast<std::uint32_t>((bits + kHalf) >> kDroppedBits);
  return bucket == kInfinite >> kDroppedBits && bits != kInfinite ? bucket - 1 : bucket;
}

double LogHistogram::value_of(std::uint32_t bucket) {
  return std::bit_cast<double>(std::uint64_t{bucket} << kDroppedBits);
}

void LogHistogram::count(double value, std::uint64_t times) {
  const std::uint32_t bucket = bucket_of(value);
  if (bucket == 0) {
    zeros_ += times;
  } else {
    count_bucket(value < 0, bucket, times);
  }
}

void LogHistogram::count_bucket(bool negative, std::uint32_t bucket, std::uint64_t times) {
  const std::uint32_t place = page_place(directories_[negative], bucket >> kPageBits) + (bucket & (kPageBuckets - 1));
  const std::uint64_t total = counts_[place] + times;
  counts_[place] = static_cast<Count>(total);
  const std::uint64_t over = total >> 16;
  if (over > 0) overflow(place, over);
}

// Counts into a small dense histogram first, then adds whole pages of it: the pages of many histograms don't fit the
// cache, so they should be touched seldom and in order.
std::size_t LogHistogram::count(std::span<const Key> keys) {
  constexpr std::size_t kWorthIt = 64;  // keys
  constexpr std::size_t kMost = 65535;  // keys that can't overrun a count
  Key before_least = 0xffff, after_greatest = 0;
  for (const Key key : keys) {  // in arithmetic modulo 2^16 zeros and blots don't matter to either
    before_least = std::min(before_least, static_cast<Key>(key - 1));
    after_greatest = std::max(after_greatest, static_cast<Key>(key + 1));
  }
  const bool any = after_greatest > 1;
  const std::size_t first = any ? (before_least + 1U) >> kPageBits << kPageBits : 0;
  const std::size_t end = any ? ((after_greatest - 1U) | (kPageBuckets - 1)) + 1 : 0;
  if (keys.size() < kWorthIt || keys.size() > kMost || end - first > kDense - kPageBuckets) return count_singly(keys);
  // Zeros and blots are counted in the page before the first.
  std::array<Count, kDense> dense;
  std::fill_n(dense.begin(), kPageBuckets + end - first, Count{0});
  for (const Key key : keys) {
    const bool ordinary = static_cast<Key>(key - 1) < kNoKey - 1;
    ++dense[ordinary ? key - first + kPageBuckets : key & 1U];
  }
  zeros_ += dense[0];
  add_dense(static_cast<std::uint32_t>((first + kFirstKeyed) >> kPageBits),
            std::span(dense).subspan(kPageBuckets, end - first));
  return keys.size() - dense[kNoKey & 1U];
}

// Adds whole pages of counts, from page `first` on.
void LogHistogram::add_dense(std::uint32_t first, std::span<const Count> added) {
  std::array<std::uint32_t, kDense / kPageBuckets> touched;
  std::size_t n = 0, missing = 0;
  const auto counts = [&](std::size_t page) { return added.subspan(page * kPageBuckets, kPageBuckets); };
  for (std::uint32_t i = 0; i < added.size() / kPageBuckets; ++i) {
    Count any = 0;
    for (const Count count : counts(i)) any |= count;
    if (any == 0) continue;
    touched[n++] = i;
    missing += static_cast<std::size_t>(!has_page(directories_[0], first + i));
  }
  if (counts_.size() + missing * kPageBuckets > counts_.capacity()) make_room(missing);
  for (const std::uint32_t i : std::span(touched).first(n)) {
    add_page_counts(first + i, counts(i));
  }
}

std::size_t LogHistogram::count_singly(std::span<const Key> keys) {
  std::size_t counted = keys.size();
  for (const Key key : keys) {
    if (key == 0) {
      ++zeros_;
    } else if (key == kNoKey) {
      --counted;
    } else {
      count_bucket(false, static_cast<std::uint32_t>(key + kFirstKeyed), 1);
    }
  }
  return counted;
}

void LogHistogram::add_page_counts(std::uint32_t page, std::span<const Count> added) {
  const std::uint32_t place = page_place(directories_[0], page);
  const std::span counts = std::span(counts_).subspan(place, kPageBuckets);
  Count ran_over = 0;
  for (std::size_t i = 0; i < kPageBuckets; ++i) {
    counts[i] = static_cast<Count>(counts[i] + added[i]);
    ran_over |= static_cast<Count>(counts[i] < added[i]);
  }
  if (ran_over == 0) return;
  for (std::uint32_t i = 0; i < kPageBuckets; ++i) {
    if (counts[i] < added[i]) overflow(place + i, 1);
  }
}

bool LogHistogram::has_page(const Directory& directory, std::uint32_t page) {
  const std::uint32_t entry = page - directory.first;  // wraps around below the first
  return entry < directory.pages.size() && directory.pages[entry] != 0;
}

// The place of the first count of a page, which is made if there is none.
std::uint32_t LogHistogram::page_place(Directory& directory, std::uint32_t page) {
  if (has_page(directory, page)) return (directory.pages[page - directory.first] - 1U) * kPageBuckets;
  widen(directory, page);
  const std::size_t place = counts_.size();
  if (place == counts_.capacity()) make_room(std::max<std::size_t>(place / kPageBuckets / 8, 1));
  counts_.resize(place + kPageBuckets);
  // There are fewer than 2^15 pages in all.
  directory.pages[page - directory.first] = static_cast<std::uint16_t>(place / kPageBuckets + 1);
  return static_cast<std::uint32_t>(place);
}

void LogHistogram::make_room(std::size_t pages) {
  counts_.reserve(counts_.size() + pages * kPageBuckets);
}

void LogHistogram::widen(Directory& directory, std::uint32_t page) {
  if (directory.pages.empty()) directory.first = page;
  if (page < directory.first) {
    directory.pages.insert(directory.pages.begin(), directory.first - page, 0);
    directory.first = page;
  }
  if (page - directory.first >= directory.pages.size()) directory.pages.resize(page - directory.first + 1);
}

void LogHistogram::overflow(std::uint32_t place, std::uint64_t times) {
  auto found = std::ranges::lower_bound(overflows_, place, {}, &Overflow::place);
  if (found == overflows_.end() || found->place != place) found = overflows_.insert(found, {place, 0});
  found->times += times;
}

std::uint64_t LogHistogram::count_at(std::uint32_t place) const {
  const auto found = std::ranges::lower_bound(overflows_, place, {}, &Overflow::place);
  const bool ran_over = found != overflows_.end() && found->place == place;
  return counts_[place] + (ran_over ? found->times << 16 : 0);
}

// Whether the counts of a group are all 0 and none of them ran over.
bool LogHistogram::none_in_group(std::uint32_t place) const {
  std::uint64_t counts = 0;
  static_assert(sizeof counts == kGroup * sizeof(Count));
  std::memcpy(&counts, &counts_[place], sizeof counts);
  return counts == 0 && overflows_.empty();
}

// Calls visit(bucket, count) for the buckets that aren't empty, away from zero.
template <class Visit>
void LogHistogram::visit_buckets(bool negative, Visit visit) const {
  const Directory& directory = directories_[negative];
  for (std::size_t entry = 0; entry < directory.pages.size(); ++entry) {
    if (directory.pages[entry] == 0) continue;
    const std::uint32_t first = (directory.first + static_cast<std::uint32_t>(entry)) * kPageBuckets;
    const std::uint32_t place = (directory.pages[entry] - 1U) * kPageBuckets;
    for (std::uint32_t i = 0; i < kPageBuckets; ++i) {
      if (i % kGroup == 0 && none_in_group(place + i)) {
        i += kGroup - 1;
        continue;
      }
      const std::uint64_t times = overflows_.empty() ? counts_[place + i] : count_at(place + i);
      if (times > 0) visit(first + i, times);
    }
  }
}

void LogHistogram::merge(const LogHistogram& other) {
  const LogHistogram added = other;  // which may be this
  zeros_ += added.zeros_;
  for (const bool negative : {false, true}) {
    added.visit_buckets(negative,
                        [&](std::uint32_t bucket, std::uint64_t times) { count_bucket(negative, bucket, times); });
  }
}

std::uint64_t LogHistogram::buckets_in_use(bool negative) const {
  std::uint64_t n = 0;
  if (!overflows_.empty()) {
    visit_buckets(negative, [&](std::uint32_t, std::uint64_t) { ++n; });
    return n;
  }
  for (const std::uint16_t page : directories_[negative].pages) {
    if (page == 0) continue;
    Count in_page = 0;
    for (const Count count : std::span(counts_).subspan(std::size_t{page - 1U} * kPageBuckets, kPageBuckets))
      in_page = static_cast<Count>(in_page + (count != 0 ? 1 : 0));
    n += in_page;
  }
  return n;
}

// Pages that a rank doesn't fall into are only added up. Negative values, whose buckets are in the order of magnitude,
// go through all steps.
std::vector<double> LogHistogram::at_ranks(std::span<const std::uint64_t> ranks) const {
  std::vector<double> found(ranks.size());
  if (!directories_[1].pages.empty() || !overflows_.empty()) {
    const std::vector<Step> all = steps();
    std::ranges::transform(ranks, found.begin(), [&](std::uint64_t rank) {
      return std::ranges::lower_bound(all, rank, {}, &Step::up_to)->value;
    });
    return found;
  }
  std::uint64_t before_page = zeros_;
  const Directory& directory = directories_[0];
  for (std::size_t entry = 0; entry < directory.pages.size(); ++entry) {
    if (directory.pages[entry] == 0) continue;
    const auto counts =
        std::span(counts_).subspan(std::size_t{directory.pages[entry] - 1U} * kPageBuckets, kPageBuckets);
    std::uint32_t in_page = 0;
    for (const Count count : counts) in_page += count;
    for (std::size_t k = 0; k < ranks.size(); ++k) {
      if (ranks[k] <= before_page || ranks[k] > before_page + in_page) continue;
      std::uint64_t up_to = before_page;
      std::uint32_t i = 0;
      while ((up_to += counts[i]) < ranks[k]) ++i;
      found[k] = value_of((directory.first + static_cast<std::uint32_t>(entry)) * kPageBuckets + i);
    }
    before_page += in_page;
  }
  return found;
}

std::vector<LogHistogram::Step> LogHistogram::steps() const {
  std::vector<Step> steps;
  visit_buckets(true, [&](std::uint32_t bucket, std::uint64_t times) { steps.push_back({-value_of(bucket), times}); });
  std::ranges::reverse(steps);
  if (zeros_ > 0) steps.push_back({0, zeros_});
  visit_buckets(false, [&](std::uint32_t bucket, std::uint64_t times) { steps.push_back({value_of(bucket), times}); });
  std::uint64_t so_far = 0;
  for (Step& step : steps) step.up_to = so_far += step.up_to;
  return steps;
}

// For each sign the number of its buckets, then of each its distance from the one before and its count; the number of
// zeros first. Buckets lie close and counts are small: most take two bytes.
std::vector<std::uint8_t> LogHistogram::packed() const {
  std::vector<std::uint8_t> bytes;
  append_number(zeros_, bytes);
  for (const bool negative : {false, true}) {
    const std::uint64_t n = buckets_in_use(negative);
    append_number(n, bytes);
    std::size_t size = bytes.size();
    bytes.resize(size + n * kLongestPair);
    std::uint32_t before = 0;
    std::uint8_t* end = bytes.data() + size;
    visit_buckets(negative, [&](std::uint32_t bucket, std::uint64_t times) {
      end = write_number(times, write_number(bucket - before, end));
      before = bucket;
    });
    bytes.resize(static_cast<std::size_t>(end - bytes.data()));
  }
  return bytes;
}

void LogHistogram::count_packed(std::span<const std::uint8_t> bytes) {
  zeros_ += take_number(bytes);
  for (const bool negative : {false, true}) {
    std::uint32_t bucket = 0;
    for (std::uint64_t n = take_number(bytes); n > 0 && !bytes.empty(); --n) {
      bucket += static_cast<std::uint32_t>(take_number(bytes));
      if (bucket > kInfinite >> kDroppedBits) return;
      count_bucket(negative, bucket, take_number(bytes));
    }
  }
}

std::size_t LogHistogram::memory() const {
  std::size_t bytes = counts_.capacity() * sizeof(Count) + overflows_.capacity() * sizeof(Overflow);
  for (const Directory& directory : directories_) bytes += directory.pages.capacity() * sizeof(std::uint16_t);
  return bytes;
}

}  // namespace materiel::stats
