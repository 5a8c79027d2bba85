#include "store/whole_file.h"

namespace materiel::store {
namespace {

std::string_view without_blank_end(std::string_view text) {
  const std::size_t last = text.find_last_not_of(" \r\n\t");
  return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

}  // namespace

bool is_whole_file(std::string_view name, std::uint64_t bytes, std::string_view end) {
  using namespace std::string_view_literals;
  if (bytes == 0) return false;
  if (name.ends_with(".svg")) return without_blank_end(end).ends_with("</svg>");
  if (name.ends_with(".png")) return end.ends_with("\0\0\0\0IEND\xAE\x42\x60\x82"sv);
  if (name.ends_with(".pdf")) return without_blank_end(end).ends_with("%%EOF");
  return true;
}

}  // namespace materiel::store
