// Any bytes are a stored record, journal, continuation, run range, table or state, or are refused.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <materiel/base/csv_reader.h>
#include <materiel/experiment/open_study.h>
#include <materiel/model/model.h>
#include <materiel/scenario/parse.h>
#include <materiel/stats/log_histogram.h>
#include <materiel/store/csv.h>
#include <materiel/store/journal.h>
#include <materiel/store/run_range_file.h>
#include <materiel/store/state_file.h>
#include <materiel/store/study_record.h>

#include "fuzz/small_scenario.h"

namespace {

std::shared_ptr<const materiel::model::Model> model() {
  static const auto made =
      materiel::model::compile(materiel::scenario::parse_text(fuzz::kSmallScenario, "fuzz.toml").value().spec)
          .value()
          .model;
  return made;
}

void resume(std::string_view state) {
  const std::atomic<bool> stop = false;
  materiel::experiment::StudyPlan plan;
  plan.samples = 64;
  materiel::experiment::OpenStudy study(model(), plan, {1}, {}, {}, stop);
  try {
    study.resume(state);
    (void)study.result();
  } catch (const std::exception&) {  // it is no such state: that is what is asked for
  }
}

/// Rows that are read in pieces are those of the whole text.
void expect_same_rows(std::string_view text) {
  std::string_view rest = text;
  materiel::CsvReader whole(text);
  materiel::CsvRecords records(
      [&rest](char* buffer, std::size_t most) {
        const std::size_t given = rest.copy(buffer, most);
        rest.remove_prefix(given);
        return given;
      },
      materiel::CsvRecords::kAll, 3);
  std::vector<std::string> cells;
  while (whole.next(cells))
    if (!records.next() || records.cells() != cells) std::abort();
  if (records.next() || records.error() != whole.error()) std::abort();
}

}  // namespace

// The first byte chooses what the others are.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace materiel;
  if (size < 1) return 0;
  const std::string_view text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  std::string error;
  switch (bytes[0] % 7) {
    case 0:
      (void)store::parse_record(text, error);
      break;
    case 1:
      (void)store::parse_journal(text);
      break;
    case 2:
      (void)store::read_states(text);
      break;
    case 3: {
      expect_same_rows(text);
      CsvReader reader(text);
      std::vector<std::string> header, cells;
      (void)(reader.next(header) && !header_hint(header).empty());
      while (reader.next(cells)) {
        (void)row_mistake(header, cells);
        for (const std::string& cell : cells) (void)number_hint(cell);
      }
      break;
    }
    case 4:
      (void)stats::LogHistogram().count_packed({bytes + 1, size - 1});
      break;
    case 6:
      (void)store::parse_run_range(text, true);
      break;
    default:
      resume(text);
  }
  return 0;
}
