#pragma once

namespace materiel::scenario {

struct Spec;

/// Whether two scenarios say the same. Places in the file, its name and its text don't count, nor does the name of the
/// alternative that was applied; the order of sections does, of supplies and productions as one kind. Numbers must be
/// equal exactly.
[[nodiscard]] bool same_meaning(const Spec& one, const Spec& other);

}  // namespace materiel::scenario
