#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <materiel/store/journal.h>
#include <materiel/store/sha256.h>

// The file of an entry: its head, and the bytes of the state and of what else there is.
namespace materiel::store {
namespace {

using nlohmann::json;

constexpr std::string_view kFirstWords = "materiel journal 2 ";
constexpr std::size_t kDigits = 64;  // of a SHA-256

json position_json(const FilePosition& position) {
  return {{"bytes", position.bytes}, {"sha256", position.sha256}};
}

FilePosition position_of(const json& value) {
  return {value.at("bytes").get<std::uint64_t>(), value.at("sha256").get<std::string>()};
}

// A line with the SHA-256 of what follows, and a line of JSON.
std::string head_of(const JournalEntry& entry) {
  json files = json::array();
  for (const FilePosition& file : entry.files) files.push_back(position_json(file));
  const json head = {{"sequence", entry.sequence}, {"runs", entry.runs},          {"aims", entry.targets},
                     {"files", std::move(files)},  {"state", entry.state.size()}, {"extra", entry.extra.size()}};
  const std::string line = head.dump() + "\n";
  Sha256 hash;
  for (const std::string_view part :
       {std::string_view(line), std::string_view(entry.state), std::string_view(entry.extra)})
    hash.add(part);
  return fmt::format("{}{}\n{}", kFirstWords, hash.digest(), line);
}

std::string journal_name(std::size_t alternative, std::uint64_t place) {
  return fmt::format("journal-{}-{}", alternative, place);
}

}  // namespace

std::optional<JournalEntry> parse_journal(std::string_view bytes) {
  if (!bytes.starts_with(kFirstWords) || bytes.size() < kFirstWords.size() + kDigits + 1) return std::nullopt;
  const std::string_view digits = bytes.substr(kFirstWords.size(), kDigits);
  bytes.remove_prefix(kFirstWords.size() + kDigits + 1);
  if (sha256_of_text(bytes) != digits) return std::nullopt;
  const std::size_t end = bytes.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  try {
    const json head = json::parse(bytes.substr(0, end));
    bytes.remove_prefix(end + 1);
    const auto size = head.at("state").get<std::size_t>();
    if (size > bytes.size() || head.at("extra").get<std::size_t>() != bytes.size() - size) return std::nullopt;
    JournalEntry entry;
    entry.sequence = head.at("sequence").get<std::uint64_t>();
    entry.runs = head.at("runs").get<std::uint64_t>();
    entry.targets = head.at("aims").get<std::vector<std::uint64_t>>();
    for (const json& file : head.at("files")) entry.files.push_back(position_of(file));
    entry.state = bytes.substr(0, size);
    entry.extra = bytes.substr(size);
    return entry;
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

void Journal::read(std::size_t alternatives) {
  entries_.assign(alternatives, {});
  places_.assign(alternatives, 0);
  for (std::size_t i = 0; i < alternatives; ++i) {
    for (const std::uint64_t place : {0U, 1U}) {
      const std::string name = journal_name(i, place);
      if (directory_.kind(name) == Directory::Kind::none) continue;
      std::string error;
      const std::optional<std::string> bytes = directory_.read(name, error);
      std::optional<JournalEntry> entry = bytes ? parse_journal(*bytes) : std::nullopt;
      if (!entry) {
        error_ = bytes ? fmt::format("{} is damaged, and not used", directory_.path_of(name)) : error;
        continue;
      }
      if (entry->sequence >= sequence_) targets_ = entry->targets;
      sequence_ = std::max(sequence_, entry->sequence);
      if (entries_[i].empty() || entry->sequence > entries_[i].front().sequence) places_[i] = 1 - place;
      entries_[i].push_back(std::move(*entry));
    }
    std::ranges::sort(entries_[i], std::ranges::greater(), &JournalEntry::sequence);
  }
}

std::optional<JournalEntry> Journal::take(std::size_t alternative,
                                          const std::function<bool(const JournalEntry&)>& fits) {
  if (alternative >= entries_.size()) return std::nullopt;
  const std::vector<JournalEntry> entries = std::exchange(entries_[alternative], {});
  const auto found = std::ranges::find_if(entries, fits);
  return found == entries.end() ? std::nullopt : std::optional(*found);
}

bool Journal::write(std::size_t alternative, JournalEntry entry) {
  entry.sequence = ++sequence_;
  places_.resize(std::max(places_.size(), alternative + 1), 0);
  const std::uint64_t place = places_[alternative];
  const std::string head = head_of(entry), name = journal_name(alternative, place);
  const int reason = directory_.write(name, std::array<std::string_view, 3>{head, entry.state, entry.extra});
  if (reason != 0) error_ = refusal("write", directory_.path_of(name), reason);
  if (reason == 0) places_[alternative] = 1 - place;
  return reason == 0;
}

}  // namespace materiel::store
