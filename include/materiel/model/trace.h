#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace materiel::model {

/// Something that happened in a replication. Texts live as long as the model.
struct TraceEntry {
  double day = 0;                           ///< since the start
  std::string_view process;                 ///< who did it: "route.sea", "milestone.empty"
  std::string_view what;                    ///< "shipped", "consumed", "begins", "reached"
  std::string_view site, item;              ///< whose stock changed; empty if none did
  std::int64_t quantity = 0;                ///< units; of a stock, with its sign
  std::optional<std::int64_t> stock_after;  ///< of the site's item
};

using TraceWatcher = std::function<void(const TraceEntry&)>;

}  // namespace materiel::model
