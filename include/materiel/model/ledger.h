#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace materiel::model {

/// A term of an item's account (docs/model.md, section 2): the first four, which come in, equal the others, where they
/// are or went.
enum class LedgerTerm : std::uint8_t {
  opening,     // stock at the start
  supplied,    // by supplies, turned away or not
  produced,    // completed by productions, good or scrapped
  exchanged,   // by exchanges, turned away or not
  stock,       // at sites now
  in_transit,  // aboard trips now
  in_process,  // inputs of batches under way
  used,        // inputs of completed batches
  consumed,    // by demands
  destroyed,   // by disruptions
  scrapped,    // by productions
  lost,        // on routes, or turned away at full sites
};
inline constexpr std::size_t kLedgerTerms = 12;

/// Whether units of this term came in.
[[nodiscard]] constexpr bool comes_in(LedgerTerm term) {
  return term <= LedgerTerm::exchanged;
}

[[nodiscard]] constexpr std::string_view ledger_term_word(LedgerTerm term) {
  constexpr std::array<std::string_view, kLedgerTerms> kWords{"opening",  "supplied",   "produced",   "exchanged",
                                                              "stock",    "in_transit", "in_process", "used",
                                                              "consumed", "destroyed",  "scrapped",   "lost"};
  return kWords[static_cast<std::size_t>(term)];
}

}  // namespace materiel::model
