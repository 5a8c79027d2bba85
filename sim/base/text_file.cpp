#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include <materiel/base/text_file.h>

namespace materiel {

std::optional<std::string> read_text_file(const std::string& path, std::string& why, std::size_t most) {
  std::error_code code;
  if (std::filesystem::is_directory(path, code)) {
    why = std::strerror(EISDIR);
    return std::nullopt;
  }
  const auto close = [](std::FILE* file) { return std::fclose(file); };
  const std::unique_ptr<std::FILE, decltype(close)> file(std::fopen(path.c_str(), "rb"), close);
  if (!file) {
    why = std::strerror(errno);
    return std::nullopt;
  }
  std::string text;
  std::array<char, 1 << 16> block{};
  for (std::size_t read = 1; read > 0 && text.size() <= most;) {
    read = std::fread(block.data(), 1, block.size(), file.get());
    text.append(block.data(), read);
  }
  if (std::ferror(file.get()) != 0) {
    why = std::strerror(errno);
    return std::nullopt;
  }
  if (text.size() > most) {
    why = fmt::format("it is larger than {} MiB", most >> 20U);
    return std::nullopt;
  }
  return text;
}

}  // namespace materiel
