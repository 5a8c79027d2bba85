#include "cli/discover_options.h"

#include <charconv>
#include <cmath>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/command_help.h"
#include "cli/option_checks.h"

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
  throw CLI::ValidationError(fmt::format("{} takes a number {}, not '{}'", option,
                                         closed ? "from 0 to 1" : "between 0 and 1 (0.05 is usual)", text));
}

std::optional<EventThreshold> threshold_of(const char* option, const std::string& text) {
  if (text.empty()) return std::nullopt;
  const bool is_share = text.ends_with('%');
  const std::optional<double> number =
      option_number(is_share ? std::string_view(text).substr(0, text.size() - 1) : text);
  if (!number || (is_share && !(*number > 0 && *number < 100)))
    throw CLI::ValidationError(
        fmt::format("{} takes a number, or a quantile from 0% to 100% such as 90%, not '{}'", option, text));
  return EventThreshold{is_share ? *number / 100 : *number, is_share};
}

}  // namespace

/// Texts of options, until they are checked.
struct DiscoverGrammar::Texts {
  std::string above, below, alpha = "0.05", min_mass = "0.05", min_density = "0", max_p = "0.05", boxes = "1";
  DiscoverOptions options;
};

DiscoverGrammar::DiscoverGrammar(CLI::App& program)
    : command_(program.add_subcommand("discover", "Finds where among the parameters an event happens (PRIM)")),
      texts_(std::make_unique<Texts>()) {
  command_->footer(kDiscoverFooter);
  const auto text = [&](const char* name, std::string& value, const char* type, const char* description) {
    return command_->add_option(name, value, description)->type_name(type);
  };
  Texts& t = *texts_;
  DiscoverOptions& o = t.options;
  command_->add_option("DIR", o.study, "The directory that 'materiel run' wrote")->required();
  text("--outcome", o.outcome, "EXPRESSION", "The event: a comparison of outcomes, such as 'milestone.empty < 90'")
      ->required();
  text("--above", t.above, "X|Q%", "The event is that the outcome is above a number, or above its quantile");
  text("--below", t.below, "X|Q%", "The event is that the outcome is below a number, or below its quantile");
  text("--alternative", o.alternative, "NAME", "Whose runs (base, or the first that was run)");
  text("--boxes", t.boxes, "K", "At most so many boxes, each among what the former ones left (1)");
  text("--alpha", t.alpha, "SHARE", "Share of a box that a peel takes away (0.05)");
  text("--min-mass", t.min_mass, "SHARE", "No box has a smaller share of the samples (0.05)");
  text("--min-density,--threshold", t.min_density, "SHARE",
       "Takes the box of most coverage that is so dense (the best trade-off)");
  text("--max-p", t.max_p, "P", "Limits with a larger quasi p-value are dropped (0.05); 1 keeps all");
  text("-o,--output", o.directory, "DIR", "Where the files go (DIR/discover)");
  command_->add_flag("--overwrite", o.overwrite, kOverwriteWords);
  command_->add_flag("--json", o.json, "The boxes on standard output as JSON");
  command_->add_flag("-q,--quiet", o.quiet, "No tables; only what is wrong");
}

DiscoverGrammar::~DiscoverGrammar() = default;

bool DiscoverGrammar::chosen() const {
  return command_->parsed();
}

DiscoverOptions DiscoverGrammar::options() const {
  constexpr std::uint64_t kMostBoxes = 1000;
  const Texts& t = *texts_;
  DiscoverOptions o = t.options;
  o.above = threshold_of("--above", t.above);
  o.below = threshold_of("--below", t.below);
  if (o.above && o.below) throw CLI::ValidationError("--above and --below can't go together: write an expression");
  o.prim.alpha = share_of("--alpha", t.alpha, false);
  o.prim.min_mass = share_of("--min-mass", t.min_mass, false);
  o.prim.min_density = share_of("--min-density", t.min_density, true);
  o.prim.max_p = share_of("--max-p", t.max_p, true);
  o.boxes = count_of("--boxes", t.boxes, 1, kMostBoxes);
  return o;
}

}  // namespace materiel::cli
