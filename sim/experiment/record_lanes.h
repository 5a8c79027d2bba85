#pragma once

#include <vector>

#include "experiment/lane.h"

namespace materiel::experiment {

/// Counts events and failures, records the first failures, and adds up the accounts of items.
class LedgerLane : public Lane {
 public:
  explicit LedgerLane(StudyResult& result) : result_(result) {}

  bool take(const Chunk& chunk) override {
    result_.events += chunk.events;
    result_.runs_failed += chunk.failed;
    result_.ledger.resize(chunk.ledger.size());
    add_to(result_.ledger, chunk.ledger);
    add_failures(chunk.failures);
    return true;
  }

  [[nodiscard]] std::string state() override;
  void restore(std::string_view state) override;
  void append(std::string_view state) override;

 private:
  void add_failures(const std::vector<RunFailure>& failures);

  StudyResult& result_;
};

/// Hands the texts of rows to the sink.
class TextLane : public Lane {
 public:
  explicit TextLane(const StudySink& sink) : sink_(sink) {}

  bool take(const Chunk& chunk) override { return !sink_.write || sink_.write(chunk.run_texts, chunk.input_texts); }

 private:
  const StudySink& sink_;
};

}  // namespace materiel::experiment
