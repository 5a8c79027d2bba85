#pragma once

#include <cassert>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <materiel/base/diagnostic.h>

namespace materiel::study {

/// What was found in a file, with its text for the lines to show.
struct FileDiagnostics {
  Diagnostics diagnostics;
  std::string source;
};

/// Why a request has no result.
struct Error {
  enum class Code : std::uint8_t {
    invalid_request,   ///< the request asks for what does not exist or cannot be
    unreadable,        ///< a file cannot be read
    invalid_scenario,  ///< the scenario has mistakes
    refused,           ///< the directory holds something else that must not be lost
    extendable,        ///< the directory holds this very study with another number of samples, which can be extended
    failed,            ///< a file can't be written or read; what was done is kept as far as `what` says
    interrupted,       ///< the observer asked for a stop; likewise
  };
  Code code = Code::invalid_request;
  std::string what;                               ///< one sentence without a full stop; empty if the diagnostics say it
  std::string hint = {};                          ///< what to write instead; may be empty
  std::vector<FileDiagnostics> diagnostics = {};  ///< by file, of those that were read
};

/// A value, or why there is none.
template <class T>
class [[nodiscard]] Expected {
 public:
  Expected(T value) : content_(std::in_place_index<0>, std::move(value)) {}      // implicit: a value is its own result
  Expected(Error error) : content_(std::in_place_index<1>, std::move(error)) {}  // implicit: so is an error

  [[nodiscard]] bool ok() const { return content_.index() == 0; }
  explicit operator bool() const { return ok(); }

  [[nodiscard]] T& operator*() & { return require(); }
  [[nodiscard]] const T& operator*() const& { return const_cast<Expected*>(this)->require(); }
  [[nodiscard]] T&& operator*() && { return std::move(require()); }
  [[nodiscard]] T* operator->() { return &require(); }
  [[nodiscard]] const T* operator->() const { return &const_cast<Expected*>(this)->require(); }

  /// Only if there is no value.
  [[nodiscard]] const Error& error() const {
    const Error* found = std::get_if<1>(&content_);
    assert(found && "there is a value");
    return *found;
  }

 private:
  T& require() {
    T* found = std::get_if<0>(&content_);
    assert(found && "there is an error");
    return *found;
  }
  std::variant<T, Error> content_;
};

}  // namespace materiel::study
