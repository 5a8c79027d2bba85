#pragma once

#include <string>
#include <string_view>

#include <materiel/store/directory.h>

/// Directories in which this program keeps files that are not in their places yet. Each carries a mark, and nothing is
/// removed that doesn't.
namespace materiel::store {

/// The beginning of the names of directories that hold unfinished files.
inline constexpr std::string_view kPartialPrefix = ".partial-";

/// The name of the directory of a lasting batch.
inline constexpr std::string_view kUnfinished = ".unfinished";

/// The file that marks them.
inline constexpr const char* kMarkFile = ".materiel";

/// Whether a name is that of a file which studies and analyses have in their directory.
[[nodiscard]] bool is_name_of_study(std::string_view name);

/// Whether a name is that of a file which they keep in kUnfinished.
[[nodiscard]] bool is_name_of_unfinished(std::string_view name);

/// Marks a directory, unless it is marked; returns a reason as Directory does.
int mark(const Directory& directory);

/// Whether a directory carries the mark. One that is empty does: the program that made it was killed before it could
/// mark it.
[[nodiscard]] bool is_marked(const Directory& directory);

/// Why a name can't be taken for unfinished files, for people: what is there is a link, or no directory, or nobody of
/// this program's making; empty if it can be.
[[nodiscard]] std::string foreign_unfinished(const Directory& parent, const std::string& name);

/// Removes the files of this program's making from a marked directory: regular ones that it knows, and no others.
/// @param lasting  whether that is kUnfinished; otherwise other programs write there too, under any name
/// @return a reason as Directory does
int clear_marked(const Directory& directory, bool lasting);

/// Does that, and removes the directory, if it is marked and then empty.
void remove_marked(const Directory& parent, const std::string& name);

}  // namespace materiel::store
