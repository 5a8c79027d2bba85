#pragma once

#include <span>
#include <string>
#include <string_view>

namespace materiel::report {

/// Writes all of a text to a file descriptor; returns errno, 0 if it could.
[[nodiscard]] int write_all(int descriptor, std::string_view text);

/// Flushes a file down to the disk; returns errno, 0 if it could, or if there is nothing that could be flushed.
[[nodiscard]] int flush(int descriptor);

/// Flushes a directory, so that files renamed into it stay there; returns errno as flush() does.
[[nodiscard]] int sync_directory(const std::string& path);

/// Writes a whole file, over what is there, down to the disk: these texts one after the other. Returns errno, 0 if it
/// could.
[[nodiscard]] int write_file(const std::string& path, std::span<const std::string_view> texts);

}  // namespace materiel::report
