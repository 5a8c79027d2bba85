#include "cli/discover_options.h"

#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "cli/shared_options.h"

namespace materiel::cli {
namespace {

std::optional<double> option_number(std::string_view text) {
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

/// Above `least` and below `most`; the ends belong to it where `closed`.
double share_of(const char* option, const std::string& text, bool closed) {
  const std::optional<double> share = option_number(text);
  if (share && *share >= 0 && *share <= 1 && (closed || (*share > 0 && *share < 1))) return *share;
  throw UsageError(fmt::format("{} takes a number {}, not '{}'", option,
                               closed ? "from 0 to 1" : "between 0 and 1 (0.05 is usual)", text));
}

std::optional<study::EventThreshold> threshold_of(const char* option, study::EventThreshold::Side side,
                                                  const std::string& text) {
  if (text.empty()) return std::nullopt;
  const bool is_share = text.ends_with('%');
  const std::optional<double> number =
      option_number(is_share ? std::string_view(text).substr(0, text.size() - 1) : text);
  if (!number || (is_share && !(*number > 0 && *number < 100)))
    throw UsageError(
        fmt::format("{} takes a number, or a quantile from 0% to 100% such as 90%, not '{}'", option, text));
  return study::EventThreshold{side, is_share ? *number / 100 : *number, is_share};
}

constexpr Option kEvent{
    .names = "--outcome",
    .value = "EXPRESSION",
    .sentence =
        "The event, a comparison of outcomes such as 'milestone.empty < 90'; or a number, with --above or --below",
    .required = true};
constexpr Option kAbove{.names = "--above",
                        .value = "X|Q%",
                        .sentence = "The event is that the number is above X, or above its quantile Q%"};
constexpr Option kBelow{.names = "--below",
                        .value = "X|Q%",
                        .sentence = "The event is that the number is below X, or below its quantile Q%"};
constexpr Option kDiscoveredAlternative{.names = "--alternative",
                                        .value = "NAME",
                                        .sentence = "Alternative whose runs are used",
                                        .default_in_words = "base, or the first alternative of the study"};
constexpr Option kBoxes{.names = "--boxes",
                        .value = "K",
                        .sentence = "Largest number of boxes, each among the samples outside of the former ones",
                        .default_value = "1"};
constexpr Option kAlpha{
    .names = "--alpha", .value = "SHARE", .sentence = "Share of a box that one peel removes", .default_value = "0.05"};
constexpr Option kMinMass{.names = "--min-mass",
                          .value = "SHARE",
                          .sentence = "Smallest share of the samples in a box",
                          .default_value = "0.05"};
constexpr Option kMinDensity{.names = "--min-density,--threshold",
                             .value = "SHARE",
                             .sentence = "Choose the box of largest coverage that has this density",
                             .default_value = "0",
                             .default_in_words = "the best trade-off"};
constexpr Option kMaxP{.names = "--max-p",
                       .value = "P",
                       .sentence = "Drop limits with a larger quasi p-value; 1 keeps all",
                       .default_value = "0.05"};
constexpr Option kDiscoverOutput = output_directory("DIR/discover");
constexpr Option kBoxesAsJson = json_output("Print the boxes on standard output as JSON");

Action prepare_discover(const GivenOptions& given) {
  constexpr std::uint64_t kMostBoxes = 1000;
  DiscoverOptions options;
  options.study = given.text(kStudy);
  options.event.expression = given.text(kEvent);
  options.alternative = given.text(kDiscoveredAlternative);
  options.directory = given.text(kDiscoverOutput);
  options.overwrite = given.flag(kOverwrite);
  options.json = given.flag(kBoxesAsJson);
  options.quiet = given.flag(kQuiet);
  using Side = study::EventThreshold::Side;
  const auto above = threshold_of("--above", Side::above, given.text(kAbove));
  const auto below = threshold_of("--below", Side::below, given.text(kBelow));
  options.event.threshold = above ? above : below;
  if (above && below) throw UsageError("--above and --below can't go together: write an expression");
  options.prim.alpha = share_of("--alpha", given.text(kAlpha), false);
  options.prim.min_mass = share_of("--min-mass", given.text(kMinMass), false);
  options.prim.min_density = share_of("--min-density", given.text(kMinDensity), true);
  options.prim.max_p = share_of("--max-p", given.text(kMaxP), true);
  options.boxes = count_of("--boxes", given.text(kBoxes), 1, kMostBoxes);
  return [options](const auto& words, Console& console) { return discover_command(options, words, console); };
}

}  // namespace

Command discover_row() {
  return {.name = "discover",
          .group = CommandGroup::results,
          .one_line = "Find the part of the parameter space where an event happens (PRIM)",
          .options = {kStudy, kEvent, kAbove, kBelow, kDiscoveredAlternative, kBoxes, kAlpha, kMinMass, kMinDensity,
                      kMaxP, kDiscoverOutput, kOverwrite, kBoxesAsJson, kQuiet},
          .examples = {{"materiel discover out/study --outcome 'milestone.done > 2025-09-01'",
                        "where it is late; a milestone that is never reached counts as late"},
                       {"materiel discover out/study --outcome 'reached(milestone.empty)' --boxes 3", {}},
                       {"materiel discover out/study --outcome outcome.balance --below 10%",
                        "where the tenth with the smallest balance lies"}},
          .notes = "Writes boxes.csv, trajectory.csv and run.json. 'materiel plot' draws them.",
          .prepare = prepare_discover};
}

}  // namespace materiel::cli
