#include <cerrno>
#include <filesystem>

#include <fmt/format.h>
#include <unistd.h>

#include <materiel/store/directory.h>
#include <materiel/store/new_file.h>

namespace materiel::store {

// It is written under another name, so that it has its own only when it is whole.
std::string write_new_file(const std::string& path, std::string_view text) {
  const std::filesystem::path given(path);
  const std::string name = given.filename().string();
  const std::string parent = given.has_parent_path() ? given.parent_path().string() : ".";
  int reason = 0;
  const std::optional<Directory> directory = Directory::open(parent, reason);
  if (!directory) return refusal("write", path, reason);
  const auto there = [&] { return fmt::format("{} is there already, and is not overwritten", path); };
  if (directory->kind(name) != Directory::Kind::none) return there();
  const std::string before = fmt::format(".{}.{}.new", name.substr(0, 200), ::getpid());
  reason = is_plain_name(name) ? directory->write(before, {&text, 1}) : EISDIR;
  if (reason == 0) {
    reason = directory->move_to_free_name(before, name);
    if (reason != 0) (void)directory->remove(before);
  }
  if (reason == EEXIST) return there();
  return reason == 0 ? std::string() : refusal("write", path, reason);
}

}  // namespace materiel::store
