#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <materiel/store/directory.h>
#include <materiel/store/sha256.h>

#include "store/write_all.h"

namespace materiel::store {
namespace {

/// Reasons of this program's own; those of the system are positive.
enum OwnReason : int { kNotAPlainName = -1, kNotAFile = -2, kHasAnotherName = -3 };

constexpr int kDirectoryFlags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
constexpr int kFileFlags = O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;

Directory::Kind kind_of(const struct stat& facts) {
  if (S_ISREG(facts.st_mode)) return Directory::Kind::file;
  if (S_ISDIR(facts.st_mode)) return Directory::Kind::directory;
  return S_ISLNK(facts.st_mode) ? Directory::Kind::link : Directory::Kind::other;
}

/// An open descriptor, if it is that of a regular file; otherwise it is closed.
Directory::Opened only_files(int descriptor) {
  if (descriptor < 0) return {-1, errno == ENXIO ? kNotAFile : errno};  // a FIFO or socket without a reader
  struct stat facts = {};
  const int reason = ::fstat(descriptor, &facts) != 0 ? errno
                     : S_ISREG(facts.st_mode)         ? 0
                     : S_ISDIR(facts.st_mode)         ? EISDIR
                                                      : kNotAFile;
  if (reason == 0) return {descriptor, 0};
  ::close(descriptor);
  return {-1, reason};
}

}  // namespace

bool is_plain_name(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && name.find('/') == std::string_view::npos &&
         name.find('\0') == std::string_view::npos;
}

std::string refusal(std::string_view action, std::string_view path, int reason) {
  return fmt::format("cannot {} {}: {}", action, path, Directory::why(reason));
}

bool are_same_directory(const DirectoryPath& a, const DirectoryPath& b) {
  const std::optional<Directory> first = Directory::open(a), second = Directory::open(b);
  return first && second && first->is_same(*second);
}

std::optional<std::string> read_study_file(const DirectoryPath& directory, const std::string& name,
                                           std::string& error) {
  int reason = 0;
  const std::optional<Directory> folder = Directory::open(directory, reason);
  if (folder) return folder->read(name, error);
  error = refusal("read", directory.text() + "/" + name, reason);
  return std::nullopt;
}

bool has_study_file(const DirectoryPath& directory, const std::string& name) {
  const std::optional<Directory> folder = Directory::open(directory);
  return folder && folder->kind(name) != Directory::Kind::none;
}

Directory::Opened open_given_file(const std::string& path) {
  return only_files(again([&] { return ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC); }));
}

bool is_file(const std::string& path) {
  const Directory::Opened opened = open_given_file(path);
  if (opened.descriptor >= 0) ::close(opened.descriptor);
  return opened.reason == 0;
}

Directory::Directory(Directory&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)) {}

Directory& Directory::operator=(Directory&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(path_, other.path_);
  return *this;
}

Directory::~Directory() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::string Directory::why(int reason) {
  switch (reason) {
    case kNotAPlainName:
      return "it is not the plain name of a file";
    case kNotAFile:
      return "it is not a regular file";
    case kHasAnotherName:
      return "it has another name (a hard link), under which it would be changed too";
    case ELOOP:
      return "it is a symbolic link, which is not followed";
    default:
      return std::strerror(reason);
  }
}

std::optional<Directory> Directory::open(const DirectoryPath& path, int& reason) {
  const int descriptor = again([&] { return ::open(path.given.c_str(), kDirectoryFlags); });
  if (descriptor < 0) {
    reason = errno;
    return std::nullopt;
  }
  std::optional<Directory> found = Directory(descriptor, path.given);
  for (std::string_view rest = path.within; found && !rest.empty();) {
    const std::string_view name = rest.substr(0, rest.find('/'));
    found = found->sub(std::string(name), reason);
    rest.remove_prefix(std::min(name.size() + 1, rest.size()));
  }
  return found;
}

std::optional<Directory> Directory::open(const DirectoryPath& path) {
  int ignored = 0;
  return open(path, ignored);
}

std::optional<Directory> Directory::sub(const std::string& name, int& reason) const {
  const int descriptor = is_plain_name(name)
                             ? again([&] { return ::openat(descriptor_, name.c_str(), kDirectoryFlags | O_NOFOLLOW); })
                             : -1;
  if (descriptor >= 0) return Directory(descriptor, path_of(name));
  reason = !is_plain_name(name) ? int{kNotAPlainName} : errno;
  if (reason == ENOTDIR && kind(name) == Kind::link) reason = ELOOP;  // some kernels name the one, some the other
  return std::nullopt;
}

std::optional<Directory> Directory::sub(const std::string& name) const {
  int ignored = 0;
  return sub(name, ignored);
}

Directory::Kind Directory::kind(const std::string& name) const {
  struct stat facts = {};
  if (!is_plain_name(name) || ::fstatat(descriptor_, name.c_str(), &facts, AT_SYMLINK_NOFOLLOW) != 0) return Kind::none;
  return kind_of(facts);
}

std::string Directory::state_of(const std::string& name) const {
  struct stat facts = {};
  if (!is_plain_name(name) || ::fstatat(descriptor_, name.c_str(), &facts, AT_SYMLINK_NOFOLLOW) != 0) return {};
  return fmt::format("{} {} {} {} {}.{:09}", static_cast<int>(kind_of(facts)), facts.st_dev, facts.st_ino,
                     facts.st_size, facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec);
}

bool Directory::is_removed() const {
  struct stat facts = {};
  return ::fstat(descriptor_, &facts) != 0 || facts.st_nlink == 0;
}

bool Directory::is_same(const Directory& other) const {
  struct stat a = {}, b = {};
  return ::fstat(descriptor_, &a) == 0 && ::fstat(other.descriptor_, &b) == 0 && a.st_dev == b.st_dev &&
         a.st_ino == b.st_ino;
}

int Directory::list(std::vector<std::string>& names) const {
  const int copy = again([&] { return ::openat(descriptor_, ".", kDirectoryFlags); });  // with a place of its own
  if (copy < 0) return errno;
  DIR* const stream = ::fdopendir(copy);
  if (!stream) {
    const int reason = errno;
    ::close(copy);
    return reason;
  }
  errno = 0;
  while (const dirent* entry = ::readdir(stream))
    if (is_plain_name(entry->d_name)) names.emplace_back(entry->d_name);
  const int reason = errno;
  ::closedir(stream);
  std::sort(names.begin(), names.end());
  return reason;
}

Directory::Opened Directory::open_to_read(const std::string& name) const {
  if (!is_plain_name(name)) return {-1, kNotAPlainName};
  return only_files(again([&] { return ::openat(descriptor_, name.c_str(), O_RDONLY | kFileFlags); }));
}

Directory::Opened Directory::open_to_append(const std::string& name) const {
  if (!is_plain_name(name)) return {-1, kNotAPlainName};
  const Opened opened =
      only_files(again([&] { return ::openat(descriptor_, name.c_str(), O_RDWR | O_APPEND | kFileFlags); }));
  struct stat facts = {};
  if (opened.reason != 0 || (::fstat(opened.descriptor, &facts) == 0 && facts.st_nlink == 1)) return opened;
  ::close(opened.descriptor);
  return {-1, kHasAnotherName};
}

Directory::Opened Directory::create(const std::string& name) const {
  const auto make = [&] {
    constexpr int kFlags = O_RDWR | O_APPEND | O_CREAT | O_EXCL | kFileFlags;
    return again([&] { return ::openat(descriptor_, name.c_str(), kFlags, 0666); });
  };
  if (!is_plain_name(name)) return {-1, kNotAPlainName};
  int descriptor = make();
  if (descriptor < 0 && errno == EEXIST) {
    int reason = blocked(name);
    if (reason == 0) reason = remove(name);
    if (reason != 0 && reason != ENOENT) return {-1, reason};
    descriptor = make();
  }
  return only_files(descriptor);
}

std::optional<std::string> Directory::read(const std::string& name, std::string& error, std::size_t most) const {
  const Opened opened = open_to_read(name);
  int reason = opened.reason;
  std::string text;
  std::array<char, 1 << 16> block{};
  while (reason == 0 && text.size() <= most) {
    const ssize_t size = again([&] { return ::read(opened.descriptor, block.data(), block.size()); });
    if (size < 0) reason = errno;
    if (size <= 0) break;
    text.append(block.data(), static_cast<std::size_t>(size));
  }
  if (opened.descriptor >= 0) ::close(opened.descriptor);
  if (reason != 0) {
    error = refusal("read", path_of(name), reason);
  } else if (text.size() > most) {
    error = fmt::format("cannot read {}: it is larger than {} MiB", path_of(name), most >> 20U);
  } else {
    return text;
  }
  return std::nullopt;
}

std::optional<std::string> Directory::sha256(const std::string& name, int& reason) const {
  const Opened opened = open_to_read(name);
  reason = opened.reason;
  if (reason != 0) return std::nullopt;
  std::optional<std::string> hash = sha256_and_close(opened.descriptor);
  if (!hash) reason = errno;
  return hash;
}

std::optional<std::string> Directory::sha256(const std::string& name) const {
  int ignored = 0;
  return sha256(name, ignored);
}

int Directory::write(const std::string& name, std::span<const std::string_view> texts) const {
  const Opened opened = create(name);
  int reason = opened.reason;
  if (reason != 0) return reason;
  for (const std::string_view text : texts)
    if (reason == 0) reason = write_all(opened.descriptor, text);
  if (reason == 0) reason = flush(opened.descriptor);
  const int closed = close_written(opened.descriptor);
  if (reason == 0) reason = closed;
  if (reason != 0) (void)remove(name);
  return reason;
}

int Directory::blocked(const std::string& name) const {
  if (!is_plain_name(name)) return kNotAPlainName;
  switch (kind(name)) {
    case Kind::none:
    case Kind::file:
      return 0;
    case Kind::directory:
      return EISDIR;
    case Kind::link:
      return ELOOP;
    case Kind::other:
      break;
  }
  return kNotAFile;
}

int Directory::move(const std::string& name, const Directory& to, const std::string& new_name) const {
  if (!is_plain_name(name)) return kNotAPlainName;
  if (const int reason = to.blocked(new_name); reason != 0) return reason;
  return again([&] { return ::renameat(descriptor_, name.c_str(), to.descriptor_, new_name.c_str()); }) == 0 ? 0
                                                                                                             : errno;
}

int Directory::move_to_free_name(const std::string& name, const std::string& new_name) const {
  if (!is_plain_name(name) || !is_plain_name(new_name)) return kNotAPlainName;
  const auto done = [&] {
    return again(
        [&] { return ::renameat2(descriptor_, name.c_str(), descriptor_, new_name.c_str(), RENAME_NOREPLACE); });
  };
  if (done() == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  // The file system doesn't know how: a second name, and then the first goes.
  if (again([&] { return ::linkat(descriptor_, name.c_str(), descriptor_, new_name.c_str(), 0); }) != 0) return errno;
  return remove(name);
}

// A directory that is made is nobody else's; a rename replaces it as long as it is empty.
int Directory::move_directory_to_free_name(const std::string& name, const std::string& new_name) const {
  if (!is_plain_name(name)) return kNotAPlainName;
  if (kind(name) != Kind::directory) return ENOTDIR;
  if (const int reason = make_directory(new_name); reason != 0) return reason;
  if (again([&] { return ::renameat(descriptor_, name.c_str(), descriptor_, new_name.c_str()); }) == 0) return 0;
  const int reason = errno;
  (void)remove_directory(new_name);
  return reason;
}

int Directory::exchange(const std::string& name, const Directory& to, const std::string& other) const {
  if (!is_plain_name(name) || !is_plain_name(other)) return kNotAPlainName;
  const auto done = [&] {
    return ::renameat2(descriptor_, name.c_str(), to.descriptor_, other.c_str(), RENAME_EXCHANGE);
  };
  return again(done) == 0 ? 0 : errno;
}

int Directory::remove(const std::string& name) const {
  if (!is_plain_name(name)) return kNotAPlainName;
  return again([&] { return ::unlinkat(descriptor_, name.c_str(), 0); }) == 0 ? 0 : errno;
}

int Directory::make_directory(const std::string& name, unsigned mode) const {
  if (!is_plain_name(name)) return kNotAPlainName;
  return again([&] { return ::mkdirat(descriptor_, name.c_str(), mode); }) == 0 ? 0 : errno;
}

int Directory::remove_directory(const std::string& name) const {
  if (!is_plain_name(name)) return kNotAPlainName;
  return again([&] { return ::unlinkat(descriptor_, name.c_str(), AT_REMOVEDIR); }) == 0 ? 0 : errno;
}

int Directory::sync() const {
  return flush(descriptor_);
}

}  // namespace materiel::store
