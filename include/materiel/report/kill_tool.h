#pragma once

namespace materiel::report {

/// Kills the program that draws, if one is at work, and lets no other begin. The caller ends this program then: whoever
/// waits for the tool waits on. May be called by a signal handler.
void kill_tool();

}  // namespace materiel::report
