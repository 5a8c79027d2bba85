#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <materiel/report/file_batch.h>

#include "report/write_all.h"

namespace materiel::report {
namespace {

namespace fs = std::filesystem;

void remove_stale_parts(const std::string& directory) {
  std::error_code ignored;
  std::vector<fs::path> stale;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory, ignored)) {
    if (entry.path().filename().string().starts_with(kPartialPrefix)) stale.push_back(entry.path());
  }
  for (const fs::path& path : stale) fs::remove_all(path, ignored);
}

/// Closes and reports what close() reports: on network file systems a full disk may show only here.
int close_descriptor(int& descriptor) {
  const int closed = ::close(descriptor);
  descriptor = -1;
  return closed == 0 ? 0 : errno;
}

}  // namespace

bool has_beginning(const std::string& path, const FilePosition& position, Sha256& hash) {
  hash = Sha256();
  std::ifstream file(path, std::ios::binary);
  std::string block(std::size_t{1} << 16U, '\0');
  std::uint64_t left = position.bytes;
  while (file && left > 0) {
    file.read(block.data(), static_cast<std::streamsize>(std::min<std::uint64_t>(left, block.size())));
    hash.add({block.data(), static_cast<std::size_t>(file.gcount())});
    left -= static_cast<std::uint64_t>(file.gcount());
    if (file.gcount() == 0) break;
  }
  return left == 0 && file.is_open() && hash.digest_so_far() == position.sha256;
}

FileBatch::~FileBatch() {
  discard();
}

bool FileBatch::fail(std::string_view action, const std::string& path, int reason) {
  if (error_.empty()) error_ = fmt::format("cannot {} {}: {}", action, path, std::strerror(reason));
  return false;
}

bool FileBatch::make_directories(const std::string& directory) {
  std::vector<std::string> missing;
  std::error_code ignored;
  fs::path path = fs::path(directory).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();  // "out/x/" is "out/x"
  for (; !path.empty() && !fs::exists(path, ignored); path = path.parent_path()) missing.push_back(path.string());
  for (auto name = missing.rbegin(); name != missing.rend(); ++name) {
    if (::mkdir(name->c_str(), 0777) == 0) {
      made_.push_back(*name);
    } else if (errno != EEXIST) {
      return fail("create the directory", *name, errno);
    }
  }
  return true;
}

bool FileBatch::lock() {
  const DirectoryLock::Outcome outcome = lock_.take(directory_);
  if (outcome == DirectoryLock::Outcome::failed) return fail("open the directory", directory_, errno);
  if (outcome == DirectoryLock::Outcome::locked) return true;
  error_ = fmt::format("another process is writing into {}", directory_);
  return false;
}

bool FileBatch::open(const std::string& directory) {
  directory_ = directory;
  if (!make_directories(directory) || !lock()) return false;
  remove_stale_parts(directory_);
  std::string path = fmt::format("{}/{}XXXXXX", directory_, kPartialPrefix);
  if (!::mkdtemp(path.data())) return fail("write into", directory_, errno);
  partial_ = path;
  return true;
}

bool FileBatch::open_lasting(const std::string& directory) {
  directory_ = directory;
  if (!make_directories(directory) || !lock()) return false;
  remove_stale_parts(directory_);
  partial_ = fmt::format("{}/{}", directory_, kUnfinished);
  return ::mkdir(partial_.c_str(), 0777) == 0 || errno == EEXIST || fail("write into", directory_, errno);
}

bool FileBatch::clear_unfinished() {
  std::error_code reason;
  for (const fs::directory_entry& entry : fs::directory_iterator(partial_, reason)) {
    fs::remove_all(entry.path(), reason);
    if (reason) break;
  }
  return !reason || fail("clear", partial_, reason.value());
}

FileBatch::FileId FileBatch::create(const std::string& name) {
  const FileId file = files_.size();
  files_.push_back({name, 0, {}});
  writing_.emplace_back();
  if (!error_.empty()) return file;
  writing_[file].descriptor = ::open(partial_path(file).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (writing_[file].descriptor < 0) fail("create", partial_path(file), errno);
  return file;
}

bool FileBatch::can_resume(const std::string& name, const FilePosition& position) const {
  Sha256 hash;
  return has_beginning(partial_ + "/" + name, position, hash);
}

std::optional<FileBatch::FileId> FileBatch::resume(const std::string& name, const FilePosition& position) {
  const std::string partial = partial_ + "/" + name;
  Writing writing;
  if (!has_beginning(partial, position, writing.hash)) return std::nullopt;
  writing.descriptor = ::open(partial.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  if (writing.descriptor < 0) return std::nullopt;
  if (::ftruncate(writing.descriptor, static_cast<off_t>(position.bytes)) != 0) {
    close_descriptor(writing.descriptor);
    return std::nullopt;
  }
  files_.push_back({name, position.bytes, {}});
  writing_.push_back(std::move(writing));
  return files_.size() - 1;
}

// The file is there with its whole text or not at all.
bool FileBatch::write_beside(const std::string& name, std::string_view text) {
  if (!error_.empty()) return false;
  const std::string place = partial_ + "/" + name, before = place + ".new";
  int reason = write_file(before, {&text, 1});
  if (reason == 0 && ::rename(before.c_str(), place.c_str()) != 0) reason = errno;
  if (reason != 0) return fail("write", place, reason);
  reason = sync_directory(partial_);
  return reason == 0 || fail("write the directory", partial_, reason);
}

FilePosition FileBatch::position(FileId file) const {
  return {files_[file].bytes, writing_[file].hash.digest_so_far()};
}

bool FileBatch::sync(FileId file) {
  const int reason = writing_[file].descriptor < 0 ? 0 : flush(writing_[file].descriptor);
  return reason == 0 || fail("write", directory_ + "/" + files_[file].name, reason);
}

bool FileBatch::write(FileId file, std::string_view text) {
  if (!error_.empty()) return false;
  writing_[file].hash.add(text);
  files_[file].bytes += text.size();
  const int reason = write_all(writing_[file].descriptor, text);
  return reason == 0 || fail("write", directory_ + "/" + files_[file].name, reason);
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
  const std::optional<std::string> hash = sha256_of_file(partial_path(file));
  std::error_code reason;
  const std::uintmax_t bytes = fs::file_size(partial_path(file), reason);
  writing_[file].descriptor = ::open(partial_path(file).c_str(), O_RDONLY | O_CLOEXEC);
  if (!hash || reason || writing_[file].descriptor < 0) return fail("read", partial_path(file), errno);
  files_[file].bytes = bytes;
  files_[file].sha256 = *hash;
  return true;
}

bool FileBatch::close_file(FileId file) {
  Writing& writing = writing_[file];
  if (writing.descriptor < 0) return true;
  const int sync_reason = ::fsync(writing.descriptor) == 0 ? 0 : errno;
  const int close_reason = close_descriptor(writing.descriptor);
  if (files_[file].sha256.empty()) files_[file].sha256 = writing.hash.digest();
  const int reason = sync_reason != 0 ? sync_reason : close_reason;
  return reason == 0 || fail("write", directory_ + "/" + files_[file].name, reason);
}

bool FileBatch::finish() {
  for (FileId file = 0; file < files_.size() && error_.empty(); ++file) close_file(file);
  return error_.empty();
}

bool FileBatch::commit() {
  if (!finish()) return false;
  for (const File& file : files_) {  // the one failure that is likely, found before anything is replaced
    std::error_code ignored;
    const std::string place = directory_ + "/" + file.name;
    if (fs::is_directory(place, ignored)) return fail("write", place, EISDIR);
  }
  keeps_ = keeps_ || fs::path(partial_).filename() == kUnfinished;
  for (FileId file = 0; file < files_.size(); ++file) {
    const std::string place = directory_ + "/" + files_[file].name;
    if (::rename(partial_path(file).c_str(), place.c_str()) != 0) return fail("write", place, errno);
  }
  if (const int reason = sync_directory(directory_); reason != 0)
    return fail("write the directory", directory_, reason);
  made_.clear();
  keeps_ = false;
  discard();
  return true;
}

void FileBatch::discard() {
  for (Writing& writing : writing_) {
    if (writing.descriptor >= 0) close_descriptor(writing.descriptor);
  }
  std::error_code ignored;
  if (!partial_.empty() && !keeps_) fs::remove_all(partial_, ignored);
  for (auto name = made_.rbegin(); name != made_.rend(); ++name) ::rmdir(name->c_str());
  made_.clear();
  partial_.clear();
  lock_.release();
}

}  // namespace materiel::report
