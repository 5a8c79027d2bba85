#pragma once

#include <optional>
#include <string>
#include <vector>

#include <materiel/render/figure_choice.h>
#include <materiel/render/sensitivity_plot.h>
#include <materiel/render/study_figures.h>
#include <materiel/study/error.h>
#include <materiel/study/observer.h>

/// From the directory of a study or an analysis to its figures.
namespace materiel::render {

struct StudyDrawing {
  std::vector<Figure> figures;     ///< at least one
  store::DirectoryPath directory;  ///< where they go unless they are asked for elsewhere
  DrawnOutcomes metrics;           ///< of a study: a choice was made unless they are all
  DrawnOutcomes outcomes;          ///< of an analysis: likewise
};

/// Reads what a directory holds and chooses figures of it.
/// @param alternative  empty: all are compared
/// @return unreadable, if there is no study; invalid_request, if it lacks what is asked for; failed, if its tables
/// can't
///   be read or have nothing to draw
[[nodiscard]] study::Expected<StudyDrawing> study_drawing(const FigureRequest& request, const std::string& alternative,
                                                          const study::Observer& observer = {});

/// Draws figures into a directory, all or none.
/// @param keep_scripts  gnuplot's scripts and numbers beside the figures
/// @return the names of the files; failed, if gnuplot does, or they can't be written
[[nodiscard]] study::Expected<std::vector<std::string>> draw_figures(const std::vector<Figure>& figures,
                                                                     const store::DirectoryPath& directory,
                                                                     FigureFormat format, bool keep_scripts,
                                                                     const study::Observer& observer = {});

}  // namespace materiel::render
