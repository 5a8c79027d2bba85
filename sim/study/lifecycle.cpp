#include "study/lifecycle.h"

#include <fmt/format.h>

#include "study/checkpoints.h"
#include "study/kept_text.h"
#include "study/shards.h"

namespace materiel::study {

void Lifecycle::read_state_of(const OutputDirectory& output) {
  unchanged_ = output.unchanged();
  resumes_ = output.is_unfinished();
}

Expected<bool> Lifecycle::run_into(const OutputDirectory& output, const std::string& what) {
  Expected<bool> to_run = output.settle(what, observer_);
  if (!to_run || !*to_run) return to_run;
  read_state_of(output);
  if (std::optional<Error> error = take_steps()) return *std::move(error);
  output.remove_overwritten(record_, observer_);
  return true;
}

std::optional<Error> Lifecycle::take_steps() {
  if (!open(unchanged_)) {
    Error error = failed(file_error());
    close();
    return error;
  }
  announce();
  std::optional<Error> error = take_opened_steps();
  close();
  return error;
}

void Lifecycle::announce() {
  observer_.info(fmt::format("{}: {}, {} thread{}", record_.scenario.name, runs_text(), resources_.threads,
                             resources_.threads == 1 ? "" : "s"));
  record_.times.started = store::utc_now();
  record_.times.threads = resources_.threads;
  started_ = Clock::now();
}

std::optional<Error> Lifecycle::take_opened_steps() {
  const Interruptible interruptible(observer_, manner(), [this] { return interrupted_text(0); });
  const auto failed_later = [this] {
    write_last();
    return failed(file_error());
  };
  Status status{};
  try {
    if (!(resumes_ ? resume() : begin())) return failed(file_error());
    status = simulate();
  } catch (const ResumeError& error) {
    return failed(error.what());
  } catch (const MergeError& error) {
    return failed(error.what());
  }
  if (status == Status::write_failed) return failed_later();
  if (std::optional<Error> error = late_mistake()) {
    observer_.stopping();
    write_last();
    return error;
  }
  if (status == Status::interrupted) return interrupted();
  if (!write()) return observer_.is_stopped() && file_error().empty() ? interrupted() : failed_later();
  record_.times.wall_seconds = std::chrono::duration<double>(Clock::now() - started_).count();
  if (observer_.is_stopped()) return interrupted();
  if (!commit()) return failed_later();
  return std::nullopt;
}

Error Lifecycle::failed(const std::string& what) const {
  return {Error::Code::failed, what + "; " + failed_text()};
}

Error Lifecycle::interrupted() {
  observer_.stopping();
  write_last();
  return {Error::Code::interrupted, interrupted_text(record_.counts.runs)};
}

std::string Lifecycle::failed_text() const {
  return kept_after_failure(record_.directory, kept_runs());
}

std::string Lifecycle::interrupted_text(std::uint64_t done) const {
  return kept_after_interruption(kept_runs(), done, all_runs());
}

}  // namespace materiel::study
