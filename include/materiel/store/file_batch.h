#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <materiel/store/directory.h>
#include <materiel/store/directory_lock.h>
#include <materiel/store/sha256.h>
#include <materiel/store/unfinished_files.h>

namespace materiel::store {

/// How far a file goes.
struct FilePosition {
  std::uint64_t bytes = 0;
  std::string sha256;  ///< of those bytes
};

/// Whether an open file begins as the position says; `hash` then has those bytes.
[[nodiscard]] bool has_beginning(int descriptor, const FilePosition& position, Sha256& hash);

/// Files that appear in a directory all together, or not at all. They are written into a hidden directory
/// DIR/.partial-XXXXXX, flushed to the disk, and renamed into place in the order in which they were created; what is
/// not committed is removed with the batch. The directory is locked meanwhile, so that two batches never mix; what a
/// killed process left behind is cleared away, if it carries the mark of this program (unfinished_files.h).
///
/// A lasting batch is written into DIR/.unfinished instead, and what is in it stays if keep_unfinished() was called: a
/// later batch resumes it.
///
/// All that is in DIR is reached through its descriptor, and nothing through a symbolic link.
///
/// After the first failure every call returns false, and error() names the path and the reason.
class FileBatch {
 public:
  using FileId = std::size_t;

  struct File {
    std::string name;
    std::uint64_t bytes = 0;
    std::string sha256;  ///< once finished
  };

  FileBatch() = default;
  FileBatch(const FileBatch&) = delete;
  FileBatch& operator=(const FileBatch&) = delete;
  ~FileBatch();

  /// Says why a batch must not be written into a directory, for people; empty if it may. It is asked when the directory
  /// is locked, before anything is changed in it: what was found out earlier may have changed since.
  using Check = std::function<std::string(const Directory&)>;

  /// Takes a directory for the batch; it is created, with its parents, if it is missing.
  bool open(const DirectoryPath& directory, const Check& check = {});

  /// The same for a batch that may last.
  bool open_lasting(const DirectoryPath& directory, const Check& check = {});

  /// From now on what is unfinished stays when the batch ends without commit().
  void keep_unfinished() { keeps_ = true; }

  /// Removes what an earlier batch left in partial_directory(); until then that stays in any case.
  bool clear_unfinished();

  /// Begins a file; `name` has no directory in it.
  FileId create(const std::string& name);

  /// Resumes the file of that name that an earlier batch left unfinished, from that position on: what
  /// is behind it is cut off.
  /// @return nothing if there is no such file, or if its bytes up to there are others
  std::optional<FileId> resume(const std::string& name, const FilePosition& position);

  /// Whether resume() would find that file.
  [[nodiscard]] bool can_resume(const std::string& name, const FilePosition& position) const;

  /// Writes a file into partial_directory(), down to the disk, that is no part of the batch and goes with it.
  bool write_beside(const std::string& name, std::string_view text);

  /// How far a file goes.
  [[nodiscard]] FilePosition position(FileId file) const;

  /// Flushes a file down to the disk.
  bool sync(FileId file);

  /// Appends to a file.
  bool write(FileId file, std::string_view text);

  /// Writes a file into partial_directory() that is no part of the batch, unless it is adopted.
  bool write_scratch(const std::string& name, std::string_view text);

  /// Takes over a file from partial_directory(): a scratch file, or one that another program wrote there, which has to
  /// be a whole one (whole_file.h).
  bool adopt(const std::string& name);

  /// Flushes and closes all files, down to the disk. Further files may be created afterwards.
  bool finish();

  /// Finishes, then puts every file in its place: replaces older files of the same names. If that fails on the way,
  /// what a lasting batch has not yet put in its place stays, and another takes its files back and puts older ones in
  /// their places again.
  bool commit();

  /// Removes all that was not committed, and the directories that open() made if they are empty.
  void discard();

  /// Removes the same from the disk and nothing else, for a thread that ends the program while others may still write:
  /// only between open() and commit().
  void clear_away() const;

  [[nodiscard]] const std::vector<File>& files() const { return files_; }
  [[nodiscard]] const Directory& partial() const { return partial_; }
  [[nodiscard]] const std::string& partial_directory() const { return partial_.path(); }
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  struct Writing {
    int descriptor = -1;
    Sha256 hash;
  };

  /// How a file came into its place; what replaced another for good can't be taken back.
  enum class Placing { alone, exchanged, for_good };
  struct Placed {
    std::string name;
    Placing how;
  };

  bool fail(std::string_view action, const std::string& path, int reason);
  bool refuse(std::string reason);
  bool take_directory(const DirectoryPath& path, const Check& check);
  bool make_directories(const DirectoryPath& path);
  bool make_partial();
  bool close_file(FileId file);
  int put_in_place(const std::string& name, Placing& how) const;
  void take_back(const std::vector<Placed>& files);
  [[nodiscard]] std::string place_of(const std::string& name) const { return directory_.path_of(name); }

  Directory directory_, partial_;
  std::string partial_name_, error_;
  std::vector<std::string> made_;  // directories that were missing, outermost first
  std::vector<File> files_;
  std::vector<Writing> writing_;  // of each file
  DirectoryLock lock_;
  bool lasting_ = false, keeps_ = false;
};

}  // namespace materiel::store
