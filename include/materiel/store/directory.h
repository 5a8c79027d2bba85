#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The one room in which files of studies are opened, made, renamed and removed.
namespace materiel::store {

/// A path that a person gave, which may lead through symbolic links, and below it names that this program chose:
/// nothing below is reached through a link.
struct DirectoryPath {
  // Converting: most callers have only what a person gave.
  DirectoryPath(std::string path) : given(std::move(path)) {}  // NOLINT(google-explicit-constructor)
  DirectoryPath(const char* path) : given(path) {}             // NOLINT(google-explicit-constructor)
  DirectoryPath(std::string path, std::string names) : given(std::move(path)), within(std::move(names)) {}

  /// "given/within", for messages.
  [[nodiscard]] std::string text() const { return within.empty() ? given : given + "/" + within; }

  std::string given;
  std::string within;  ///< names with '/' between them; empty: what was given
};

/// Whether a name can only be that of something in a directory: not empty, "." or "..", without '/' and NUL.
[[nodiscard]] bool is_plain_name(std::string_view name);

/// An open directory. Everything is done relative to its descriptor, so that it stays the same one whatever is put in
/// the place of its path meanwhile. A name in it is a plain one, a symbolic link is never followed, and only regular
/// files are opened, without waiting.
///
/// Functions that return an int return 0 if they did it; otherwise why() says the reason for people.
class Directory {
 public:
  enum class Kind { none, file, directory, link, other };

  /// A file, opened; the caller closes the descriptor.
  struct Opened {
    int descriptor = -1;
    int reason = 0;  ///< why it is not open
  };

  Directory() = default;
  Directory(Directory&& other) noexcept;
  Directory& operator=(Directory&& other) noexcept;
  ~Directory();

  /// @param reason  why nothing is returned
  [[nodiscard]] static std::optional<Directory> open(const DirectoryPath& path, int& reason);
  [[nodiscard]] static std::optional<Directory> open(const DirectoryPath& path);

  /// A directory in this one.
  [[nodiscard]] std::optional<Directory> sub(const std::string& name, int& reason) const;
  [[nodiscard]] std::optional<Directory> sub(const std::string& name) const;

  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  [[nodiscard]] int descriptor() const { return descriptor_; }
  /// As it was named when it was opened, for messages.
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string path_of(std::string_view name) const { return path_ + "/" + std::string(name); }

  /// What has that name; `none` too if the name is no plain one.
  [[nodiscard]] Kind kind(const std::string& name) const;
  /// Which file it is, and which state of it: changes whenever the file is written or replaced; empty if there is none.
  [[nodiscard]] std::string state_of(const std::string& name) const;
  /// Whether the directory itself was removed since it was opened.
  [[nodiscard]] bool is_removed() const;
  /// Whether two are the same directory, however they were reached.
  [[nodiscard]] bool is_same(const Directory& other) const;

  /// All names in it, sorted.
  int list(std::vector<std::string>& names) const;

  [[nodiscard]] Opened open_to_read(const std::string& name) const;
  /// Opens what is there to write at its end. A file with a second name (a hard link) is refused: it would change under
  /// that one too.
  [[nodiscard]] Opened open_to_append(const std::string& name) const;
  /// Makes a new file, to be written at its end. A file of that name is removed before, anything else stays and is a
  /// reason.
  [[nodiscard]] Opened create(const std::string& name) const;

  /// The whole text of a file.
  /// @param error  why nothing is returned, for people; it names the file
  [[nodiscard]] std::optional<std::string> read(const std::string& name, std::string& error,
                                                std::size_t most = std::numeric_limits<std::size_t>::max()) const;
  /// Nothing if it can't be read.
  [[nodiscard]] std::optional<std::string> sha256(const std::string& name, int& reason) const;
  [[nodiscard]] std::optional<std::string> sha256(const std::string& name) const;
  /// Makes a whole file, down to the disk: these texts one after the other. If it fails the file is removed.
  int write(const std::string& name, std::span<const std::string_view> texts) const;

  /// Renames a file into a directory. A file that is there is replaced, anything else stays and is a reason.
  int move(const std::string& name, const Directory& to, const std::string& new_name) const;
  /// The same within this directory, but not over anything: EEXIST.
  int move_to_free_name(const std::string& name, const std::string& new_name) const;
  /// Renames a directory in this one, but not over anything: EEXIST.
  int move_directory_to_free_name(const std::string& name, const std::string& new_name) const;
  /// Lets two things change their places, one in it and one in a directory; EINVAL if the file system doesn't know how.
  int exchange(const std::string& name, const Directory& to, const std::string& other) const;
  /// Why a file can't be moved to a name, as far as can be told before.
  [[nodiscard]] int blocked(const std::string& name) const;
  int remove(const std::string& name) const;

  int make_directory(const std::string& name, unsigned mode = 0777) const;
  /// If it is empty.
  int remove_directory(const std::string& name) const;

  /// Flushes the directory down to the disk, so that files renamed into it stay there.
  [[nodiscard]] int sync() const;

  /// A reason in words: those of the system, and what this class refuses.
  [[nodiscard]] static std::string why(int reason);

 private:
  Directory(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}

  int descriptor_ = -1;
  std::string path_;
};

/// "cannot ACTION PATH: why"
[[nodiscard]] std::string refusal(std::string_view action, std::string_view path, int reason);

/// Whether two paths lead to one directory that is there.
[[nodiscard]] bool are_same_directory(const DirectoryPath& a, const DirectoryPath& b);

/// The whole text of a file of a study; nothing if it can't be read, and then a message that names it.
[[nodiscard]] std::optional<std::string> read_study_file(const DirectoryPath& directory, const std::string& name,
                                                         std::string& error);
/// Whether a study has such a file, whatever kind of thing it is.
[[nodiscard]] bool has_study_file(const DirectoryPath& directory, const std::string& name);

/// A regular file wherever a person's path leads, opened to read without waiting for what is none.
[[nodiscard]] Directory::Opened open_given_file(const std::string& path);

/// Whether a person's path leads to a regular file that can be read.
[[nodiscard]] bool is_file(const std::string& path);

}  // namespace materiel::store
