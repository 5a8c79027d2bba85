#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <random>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <materiel/store/file_batch.h>

#include "store/whole_file.h"
#include "store/write_all.h"

namespace materiel::store {
namespace {

namespace fs = std::filesystem;

void remove_stale_parts(const Directory& directory) {
  std::vector<std::string> names;
  (void)directory.list(names);
  for (const std::string& name : names)
    if (name.starts_with(kPartialPrefix)) remove_marked(directory, name);
}

/// A name that nobody can foresee.
std::string partial_name() {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  constexpr int kLength = 8;
  std::random_device source;
  std::uniform_int_distribution<std::size_t> place(0, kLetters.size() - 1);
  std::string name(kPartialPrefix);
  for (int i = 0; i < kLength; ++i) name += kLetters[place(source)];
  return name;
}

/// The last bytes of a file, and how many it has; returns errno.
int read_end(int descriptor, std::uint64_t& bytes, std::string& end) {
  struct stat facts = {};
  if (::fstat(descriptor, &facts) != 0) return errno;
  bytes = static_cast<std::uint64_t>(facts.st_size);
  end.resize(std::min<std::uint64_t>(bytes, kTellingEnd));
  const off_t from = facts.st_size - static_cast<off_t>(end.size());
  const ssize_t size = again([&] { return ::pread(descriptor, end.data(), end.size(), from); });
  end.resize(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
  return size < 0 ? errno : 0;
}

}  // namespace

bool has_beginning(int descriptor, const FilePosition& position, Sha256& hash) {
  hash = Sha256();
  std::string block(std::size_t{1} << 16U, '\0');
  for (std::uint64_t done = 0; done < position.bytes;) {
    const std::size_t wanted = std::min<std::uint64_t>(position.bytes - done, block.size());
    const ssize_t size = again([&] { return ::pread(descriptor, block.data(), wanted, static_cast<off_t>(done)); });
    if (size <= 0) return false;
    hash.add({block.data(), static_cast<std::size_t>(size)});
    done += static_cast<std::uint64_t>(size);
  }
  return hash.digest_so_far() == position.sha256;
}

FileBatch::~FileBatch() {
  discard();
}

bool FileBatch::refuse(std::string reason) {
  if (error_.empty()) error_ = std::move(reason);
  return false;
}

bool FileBatch::fail(std::string_view action, const std::string& path, int reason) {
  return refuse(refusal(action, path, reason));
}

bool FileBatch::make_directories(const DirectoryPath& path) {
  std::vector<std::string> missing;
  std::error_code ignored;
  fs::path given = fs::path(path.given).lexically_normal();
  if (!given.has_filename()) given = given.parent_path();  // "out/x/" is "out/x"
  for (; !given.empty() && !fs::exists(given, ignored); given = given.parent_path()) missing.push_back(given.string());
  for (auto name = missing.rbegin(); name != missing.rend(); ++name) {
    if (again([&] { return ::mkdir(name->c_str(), 0777); }) == 0) {
      made_.push_back(*name);
    } else if (errno != EEXIST) {
      return fail("create the directory", *name, errno);
    }
  }
  int reason = 0;
  std::optional<Directory> folder = Directory::open(path.given, reason);
  for (std::string_view rest = path.within; folder && !rest.empty();) {
    const std::string name(rest.substr(0, rest.find('/')));
    rest.remove_prefix(std::min(name.size() + 1, rest.size()));
    const int made = folder->make_directory(name);
    if (made == 0) made_.push_back(folder->path_of(name));
    if (made != 0 && made != EEXIST) return fail("create the directory", folder->path_of(name), made);
    folder = folder->sub(name, reason);
  }
  if (!folder) return fail("open the directory", path.text(), reason);
  directory_ = std::move(*folder);
  return true;
}

bool FileBatch::take_directory(const DirectoryPath& path, const Check& check) {
  constexpr int kMostTries = 3;  // another batch may remove the directory that it made before this one has its lock
  for (int i = 0; i < kMostTries; ++i) {
    if (!make_directories(path)) return false;
    const DirectoryLock::Outcome outcome = lock_.take(directory_);
    if (outcome == DirectoryLock::Outcome::failed) return fail("open the directory", path.text(), errno);
    if (outcome == DirectoryLock::Outcome::taken)
      return refuse(fmt::format("another process is writing into {}", path.text()));
    if (!directory_.is_removed()) break;
  }
  if (check) {
    if (std::string reason = check(directory_); !reason.empty()) return refuse(std::move(reason));
  }
  remove_stale_parts(directory_);
  return true;
}

// Only this user may look into what nobody else has any use for.
bool FileBatch::make_partial() {
  constexpr unsigned kPrivate = 0700, kShared = 0777;
  constexpr int kMostTries = 100;
  std::string name(kUnfinished);
  int reason = EEXIST;
  for (int i = 0; i < kMostTries && reason == EEXIST; ++i) {
    if (!lasting_) name = partial_name();
    reason = directory_.make_directory(name, lasting_ ? kShared : kPrivate);
    if (!lasting_ || reason != EEXIST) continue;
    if (std::string foreign = foreign_unfinished(directory_, name); !foreign.empty()) return refuse(std::move(foreign));
    keeps_ = true;  // whatever an earlier one left
    reason = 0;
  }
  std::optional<Directory> made = reason == 0 ? directory_.sub(name, reason) : std::nullopt;
  if (made) reason = mark(*made);
  if (!made || reason != 0) {
    if (made && !keeps_) remove_marked(directory_, name);
    return fail("write into", directory_.path(), reason);
  }
  partial_ = std::move(*made);
  partial_name_ = name;
  return true;
}

bool FileBatch::open(const DirectoryPath& directory, const Check& check) {
  return take_directory(directory, check) && make_partial();
}

bool FileBatch::open_lasting(const DirectoryPath& directory, const Check& check) {
  lasting_ = true;
  return take_directory(directory, check) && make_partial();
}

bool FileBatch::clear_unfinished() {
  const int reason = clear_marked(partial_, lasting_);
  if (reason == 0) keeps_ = false;
  return reason == 0 || fail("clear", partial_.path(), reason);
}

FileBatch::FileId FileBatch::create(const std::string& name) {
  const FileId file = files_.size();
  files_.push_back({name, 0, {}});
  writing_.emplace_back();
  if (!error_.empty()) return file;
  if (const int reason = directory_.blocked(name); reason != 0) {  // told before hours of work, not after
    fail("write", place_of(name), reason);
    return file;
  }
  const Directory::Opened made = partial_.create(name);
  writing_[file].descriptor = made.descriptor;
  if (made.reason != 0) fail("create", partial_.path_of(name), made.reason);
  return file;
}

bool FileBatch::can_resume(const std::string& name, const FilePosition& position) const {
  const Directory::Opened found = partial_.open_to_append(name);
  if (found.reason != 0) return false;
  Sha256 hash;
  const bool can = has_beginning(found.descriptor, position, hash);
  ::close(found.descriptor);
  return can;
}

std::optional<FileBatch::FileId> FileBatch::resume(const std::string& name, const FilePosition& position) {
  const Directory::Opened found = partial_.open_to_append(name);
  if (found.reason != 0) return std::nullopt;
  Writing writing{found.descriptor, {}};
  if (!has_beginning(found.descriptor, position, writing.hash) ||
      again([&] { return ::ftruncate(found.descriptor, static_cast<off_t>(position.bytes)); }) != 0) {
    ::close(found.descriptor);
    return std::nullopt;
  }
  files_.push_back({name, position.bytes, {}});
  writing_.push_back(std::move(writing));
  return files_.size() - 1;
}

// The file is there with its whole text or not at all.
bool FileBatch::write_beside(const std::string& name, std::string_view text) {
  if (!error_.empty()) return false;
  const std::string before = name + ".new";
  int reason = partial_.write(before, {&text, 1});
  if (reason == 0) reason = partial_.move(before, partial_, name);
  if (reason != 0) return fail("write", partial_.path_of(name), reason);
  reason = partial_.sync();
  return reason == 0 || fail("write the directory", partial_.path(), reason);
}

FilePosition FileBatch::position(FileId file) const {
  return {files_[file].bytes, writing_[file].hash.digest_so_far()};
}

bool FileBatch::sync(FileId file) {
  const int reason = writing_[file].descriptor < 0 ? 0 : flush(writing_[file].descriptor);
  return reason == 0 || fail("write", place_of(files_[file].name), reason);
}

bool FileBatch::write(FileId file, std::string_view text) {
  if (!error_.empty()) return false;
  writing_[file].hash.add(text);
  files_[file].bytes += text.size();
  const int reason = write_all(writing_[file].descriptor, text);
  return reason == 0 || fail("write", place_of(files_[file].name), reason);
}

bool FileBatch::write_scratch(const std::string& name, std::string_view text) {
  const FileId file = create(name);
  const bool written = write(file, text) && close_file(file);
  if (writing_[file].descriptor < 0) {
    files_.pop_back();
    writing_.pop_back();
  }
  return written;
}

bool FileBatch::adopt(const std::string& name) {
  const FileId file = files_.size();
  files_.push_back({name, 0, {}});
  writing_.emplace_back();
  if (!error_.empty()) return false;
  if (const int reason = directory_.blocked(name); reason != 0) return fail("write", place_of(name), reason);
  int reason = 0;
  const std::optional<std::string> hash = partial_.sha256(name, reason);
  std::string end;
  if (hash) {
    const Directory::Opened found = partial_.open_to_read(name);
    writing_[file].descriptor = found.descriptor;
    reason = found.reason == 0 ? read_end(found.descriptor, files_[file].bytes, end) : found.reason;
  }
  if (reason != 0) return fail("write", place_of(name), reason);
  if (!is_whole_file(name, files_[file].bytes, end))
    return refuse(fmt::format("cannot write {}: the program that draws it left {} of it, as on a full disk",
                              place_of(name), files_[file].bytes == 0 ? "nothing" : "a part"));
  files_[file].sha256 = *hash;
  return true;
}

bool FileBatch::close_file(FileId file) {
  Writing& writing = writing_[file];
  if (writing.descriptor < 0) return true;
  const int sync_reason = flush(writing.descriptor);
  const int close_reason = close_written(std::exchange(writing.descriptor, -1));
  if (files_[file].sha256.empty()) files_[file].sha256 = writing.hash.digest();
  const int reason = sync_reason != 0 ? sync_reason : close_reason;
  return reason == 0 || fail("write", place_of(files_[file].name), reason);
}

bool FileBatch::finish() {
  for (FileId file = 0; file < files_.size() && error_.empty(); ++file) close_file(file);
  return error_.empty();
}

// A part of the files would look like someone else's. If it can't be helped, the directory beside them tells.
void FileBatch::take_back(const std::vector<Placed>& files) {
  for (const auto& [name, how] : files)
    if ((how == Placing::alone ? directory_.move(name, partial_, name) : directory_.exchange(name, partial_, name)) !=
        0)
      keeps_ = true;
}

// An older file of that name comes here, if the file system can do that; take_back() puts it back.
int FileBatch::put_in_place(const std::string& name, Placing& how) const {
  how = directory_.kind(name) == Directory::Kind::none ? Placing::alone : Placing::for_good;
  if (how == Placing::for_good && !lasting_) {
    int reason = directory_.blocked(name);
    if (reason == 0) reason = partial_.exchange(name, directory_, name);
    if (reason == 0) how = Placing::exchanged;
    if (reason != EINVAL && reason != ENOSYS) return reason;
  }
  return partial_.move(name, directory_, name);
}

bool FileBatch::commit() {
  if (!finish()) return false;
  for (const File& file : files_)  // the one failure that is likely, found before anything is replaced
    if (const int reason = directory_.blocked(file.name); reason != 0)
      return fail("write", place_of(file.name), reason);
  keeps_ = keeps_ || lasting_;
  std::vector<Placed> placed;
  for (const File& file : files_) {
    Placing how = Placing::for_good;
    const int reason = put_in_place(file.name, how);
    if (reason == 0 && how != Placing::for_good) placed.push_back({file.name, how});
    if (reason == 0) continue;
    if (!lasting_) take_back(placed);
    return fail("write", place_of(file.name), reason);
  }
  if (const int reason = directory_.sync(); reason != 0) return fail("write the directory", directory_.path(), reason);
  made_.clear();
  keeps_ = false;
  discard();
  return true;
}

void FileBatch::clear_away() const {
  constexpr int kTries = 100;  // other threads may be making files in it
  for (int i = 0; i < kTries && directory_.kind(partial_name_) != Directory::Kind::none; ++i) {
    if (i > 0) (void)mark(partial_);  // a file came after the mark was gone
    remove_marked(directory_, partial_name_);
  }
  for (auto name = made_.rbegin(); name != made_.rend(); ++name) ::rmdir(name->c_str());
}

void FileBatch::discard() {
  for (Writing& writing : writing_)
    if (writing.descriptor >= 0) (void)close_written(std::exchange(writing.descriptor, -1));
  if (directory_.is_open() && !partial_name_.empty() && !keeps_) remove_marked(directory_, partial_name_);
  for (auto name = made_.rbegin(); name != made_.rend(); ++name) ::rmdir(name->c_str());
  made_.clear();
  partial_ = Directory();
  partial_name_.clear();
  lock_.release();
}

}  // namespace materiel::store
