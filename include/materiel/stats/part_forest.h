#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace materiel::stats {

/// Parts of a long sequence, joined two by two as in a binary tree over their numbers. Which parts are joined with
/// which depends on the numbers alone, so a sequence that was summed in stretches, on other processes or machines, and
/// put together again gives the bits of one that was summed at once. Rounding grows with the logarithm of the number of
/// parts (pairwise summation: Higham 1993). Holds about as many parts as the number of parts has binary digits.
///
/// @tparam Part  has merge(const Part&); one without values changes nothing
template <class Part>
class PartForest {
 public:
  /// Takes the part of that number in: one more than the part before. A stretch may begin with any number.
  void append(std::uint64_t number, Part part) { push({0, number, std::move(part)}); }

  /// Takes in the stretch that begins where this ends.
  void append(PartForest later) {
    for (Tree& tree : later.trees_) push(std::move(tree));
  }

  /// All parts together.
  [[nodiscard]] Part total() const {
    if (trees_.empty()) return Part{};
    Part all = trees_.front().part;
    for (std::size_t i = 1; i < trees_.size(); ++i) all.merge(trees_[i].part);
    return all;
  }

  /// Calls see(part) for what there is to add up, in order.
  template <class See>
  void each(See&& see) const {
    for (const Tree& tree : trees_) see(tree.part);
  }

  /// Saves to and loads from archives, in the manner of cereal.
  template <class Archive>
  void serialize(Archive& archive) {
    archive(trees_);
  }

 private:
  /// Parts index * 2^level to (index + 1) * 2^level - 1, joined.
  struct Tree {
    std::uint64_t level = 0, index = 0;
    Part part;

    template <class Archive>
    void serialize(Archive& archive) {
      archive(level, index, part);
    }
  };

  void push(Tree tree) {
    trees_.push_back(std::move(tree));
    while (trees_.size() > 1) {
      Tree& left = trees_[trees_.size() - 2];
      const Tree& right = trees_.back();
      if (left.level != right.level || left.index % 2 != 0 || right.index != left.index + 1) return;
      left.part.merge(right.part);
      ++left.level;
      left.index /= 2;
      trees_.pop_back();
    }
  }

  std::vector<Tree> trees_;
};

/// Parts of several variables side by side.
template <class Part>
struct PartRow {
  std::vector<Part> parts;

  /// Both have parts of as many variables; one that has none yet changes nothing.
  void merge(const PartRow& other) {
    if (parts.empty()) parts.resize(other.parts.size());
    for (std::size_t i = 0; i < other.parts.size() && i < parts.size(); ++i) parts[i].merge(other.parts[i]);
  }

  /// Saves to and loads from archives, in the manner of cereal.
  template <class Archive>
  void serialize(Archive& archive) {
    archive(parts);
  }
};

}  // namespace materiel::stats
