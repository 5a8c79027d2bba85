#include <string_view>

#include <fmt/format.h>

#include <materiel/base/read_count.h>
#include <materiel/study/shard.h>

namespace materiel::study {
namespace {

constexpr std::string_view kPrefix = kShardPrefix;
constexpr std::string_view kOf = "-of-";

}  // namespace

std::string Shard::text() const {
  return fmt::format("{}/{}", number, count);
}

std::string Shard::directory() const {
  return fmt::format("{}{}{}{}", kPrefix, number, kOf, count);
}

std::optional<Shard> read_shard(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) return std::nullopt;
  const auto count = read_count(text.substr(slash + 1), 1, kMostShards);
  const auto number = count ? read_count(text.substr(0, slash), 1, *count) : std::nullopt;
  return number ? std::optional(Shard{*number, *count}) : std::nullopt;
}

std::optional<Shard> shard_of_directory(const std::string& name) {
  const std::size_t of = name.find(kOf);
  if (!name.starts_with(kPrefix) || of == std::string::npos) return std::nullopt;
  return read_shard(name.substr(kPrefix.size(), of - kPrefix.size()) + "/" + name.substr(of + kOf.size()));
}

}  // namespace materiel::study
