#include <set>

#include <fmt/format.h>
#include <fnmatch.h>

#include <materiel/base/name_patterns.h>
#include <materiel/base/spelling.h>

namespace materiel {

NameChoice choose_by_patterns(const std::vector<std::string>& names, const std::vector<std::string>& patterns,
                              const std::string& what) {
  std::set<std::size_t> chosen;
  for (const std::string& pattern : patterns) {
    bool matches = false;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (::fnmatch(pattern.c_str(), names[i].c_str(), 0) != 0) continue;
      matches = true;
      chosen.insert(i);
    }
    if (matches) continue;
    return {{}, fmt::format("no {} is called '{}'{}", what, pattern, did_you_mean(pattern, names))};
  }
  return {{chosen.begin(), chosen.end()}, {}};
}

}  // namespace materiel
