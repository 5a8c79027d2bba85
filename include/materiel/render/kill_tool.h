#pragma once

namespace materiel::render {

/// Kills the drawing tool if one is running, and prevents another from starting. The caller must then end this program:
/// the thread that waits for the tool never returns. Safe to call from a signal handler.
void kill_tool();

}  // namespace materiel::render
