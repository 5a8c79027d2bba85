#include "scenario/parse_source.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "scenario/parse_limits.h"

namespace materiel::scenario {

Source read_source(const std::string& path) {
  Source source;
  std::error_code code;
  if (std::filesystem::is_directory(path, code)) {
    source.error = "it is a directory, not a file";
    return source;
  }
  const auto close = [](std::FILE* file) { return std::fclose(file); };
  const std::unique_ptr<std::FILE, decltype(close)> file(std::fopen(path.c_str(), "rb"), close);
  if (!file) {
    source.error = fmt::format("it can't be read: {}", std::strerror(errno));
    return source;
  }
  std::array<char, 1 << 16> block{};
  for (std::size_t read = 1; read > 0 && source.text.size() <= kLargestFile;) {
    read = std::fread(block.data(), 1, block.size(), file.get());
    source.text.append(block.data(), read);
  }
  if (std::ferror(file.get()) != 0) source.error = fmt::format("it can't be read: {}", std::strerror(errno));
  if (source.text.size() > kLargestFile) source.error = fmt::format("it is larger than {} MiB", kLargestFile >> 20U);
  if (source.text.starts_with("\xEF\xBB\xBF")) source.text.erase(0, 3);
  return source;
}

}  // namespace materiel::scenario
