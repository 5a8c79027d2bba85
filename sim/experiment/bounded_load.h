#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <type_traits>
#include <vector>

#include <cereal/archives/portable_binary.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>

/// Texts and vectors in portable archives that may be damaged or forged: they are read in pieces, so that one that says
/// it is longer than the archive takes no more memory than there is to be read, and ends in the archive's exception.
/// cereal's own functions make room for all elements first. These are chosen wherever this header is included. It is
/// the only header that includes cereal; it is private, so users of the library do not need cereal.
namespace cereal {

/// Reads a container of which the archive has the size and then the elements.
template <class Container>
void load_in_pieces(PortableBinaryInputArchive& archive, Container& container) {
  using Element = typename Container::value_type;
  constexpr size_type kPiece = 4096;  // elements
  size_type left = 0;
  archive(make_size_tag(left));
  container.clear();
  while (left > 0) {
    const auto piece = static_cast<std::size_t>(std::min(left, kPiece));
    const std::size_t first = container.size();
    container.resize(first + piece);
    if constexpr (std::is_arithmetic_v<Element>) {
      archive(binary_data(container.data() + first, piece * sizeof(Element)));
    } else {
      for (std::size_t i = first; i < container.size(); ++i) archive(container[i]);
    }
    left -= piece;
  }
}

template <class Element, class Allocator>
std::enable_if_t<!std::is_same_v<Element, bool>> CEREAL_LOAD_FUNCTION_NAME(PortableBinaryInputArchive& archive,
                                                                           std::vector<Element, Allocator>& vector) {
  load_in_pieces(archive, vector);
}

template <class Character, class Traits, class Allocator>
void CEREAL_LOAD_FUNCTION_NAME(PortableBinaryInputArchive& archive,
                               std::basic_string<Character, Traits, Allocator>& text) {
  load_in_pieces(archive, text);
}

}  // namespace cereal
