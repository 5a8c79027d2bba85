#include <fmt/format.h>

#include "model/check_traps.h"

namespace materiel::model {
namespace {

void report_overfull(const TrapSearch& search, Location where, const std::string& message, double stock,
                     double capacity) {
  search.report(Severity::error, where, message,
                {fmt::format("lower the stock to {}, or raise `capacity` to {} or more", capacity, stock)});
}

}  // namespace

void check_opening_stock(const TrapSearch& search) {
  for (const SiteProgram& site : search.program.sites) {
    const double most = search.certain.limit(site.total_capacity);
    double together = 0;
    bool reported = false;
    for (const CellId c : site.cells) {
      const CellProgram& cell = search.program.cells[c];
      if (!cell.initial.present()) continue;
      const std::optional<double> stock = search.certain.number(cell.initial.value);
      if (!stock) continue;  // if it is too large in a run, that run fails
      const Location where = search.program.values[cell.initial.value].where;
      const double capacity = search.certain.limit(cell.capacity);
      if (*stock > capacity)
        report_overfull(search, where,
                        fmt::format("{}: an opening stock of {} {} is more than its capacity, {}", site.name, *stock,
                                    search.item_of(c), capacity),
                        *stock, capacity);
      together += *stock;
      if (reported || together <= most) continue;
      reported = true;
      const bool alone = together == *stock;
      report_overfull(search, where,
                      fmt::format("{}: an opening stock of {} units{} is more than its capacity, {}", site.name,
                                  together, alone ? "" : " of several items together", most),
                      together, most);
    }
  }
}

}  // namespace materiel::model
