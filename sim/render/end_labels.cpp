#include "render/end_labels.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "render/gnuplot_script.h"

namespace materiel::render {
namespace {

// Okabe and Ito (2008), with grey for their yellow.
constexpr std::array<std::string_view, 8> kColours = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                                      "#E69F00", "#56B4E9", "#000000", "#888888"};
constexpr double kLabelSize = 12;
constexpr std::size_t kMostCurves = kColours.size() * 5;  // gnuplot has five dash types

/// In per cent of the vertical axis, of which each label takes at least a line of text.
std::vector<double> label_heights(const std::vector<EndLabel>& labels) {
  const double axis = height_for_rows(labels.size()) - kAboveAxes - kBelowAxes;
  const double least_distance = 100 * kRowHeight / axis;
  std::vector<std::size_t> order(labels.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(labels[a].end, labels[a].rank) < std::pair(labels[b].end, labels[b].rank);
  });
  std::vector<double> heights(labels.size());
  double free_from = 0;
  for (const std::size_t i : order) {
    heights[i] = std::max(labels[i].end, free_from);
    free_from = heights[i] + least_distance;
  }
  double free_to = 100;  // what was pushed out at the top is pushed back
  for (auto i = order.rbegin(); i != order.rend(); ++i) {
    heights[*i] = std::min(heights[*i], free_to);
    free_to = heights[*i] - least_distance;
  }
  return heights;
}

}  // namespace

std::size_t drawn_curves(std::size_t curves, FigureWords& words, std::string_view what) {
  if (curves <= kMostCurves) return curves;
  add_note(words, fmt::format("{} of {} {}", kMostCurves, curves, what));
  return kMostCurves;
}

std::string_view curve_colour(std::size_t curve) {
  return kColours[curve % kColours.size()];
}

std::size_t curve_dashes(std::size_t curve) {
  return 1 + curve / kColours.size();
}

double end_labels_width(const std::vector<EndLabel>& labels) {
  double widest = 0;
  for (const EndLabel& label : labels) widest = std::max(widest, text_width(label.text, kLabelSize));
  return widest + 24;
}

std::string end_labels_script(const std::vector<EndLabel>& labels, const Axis& y) {
  const std::vector<double> heights = label_heights(labels);
  std::string script;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    script += fmt::format("set label {} {} at graph 1.01, first {:.7g} left font ',{}' tc rgb '{}'\n", 10 + i,
                          in_quotes(labels[i].text), y.from + heights[i] / 100 * (y.to - y.from), kLabelSize,
                          curve_colour(i));
  }
  return script;
}

}  // namespace materiel::render
