#include "experiment/ordered_reduction.h"

#include <algorithm>
#include <utility>

namespace materiel::experiment {

OrderedReduction::OrderedReduction(std::uint64_t first, std::uint64_t end, std::size_t bound,
                                   const std::vector<Lane*>& lanes, std::function<std::unique_ptr<Chunk>()> make)
    : end_(end), started_(first), reduced_(first), waiting_(bound), make_(std::move(make)) {
  lanes_.reserve(lanes.size());
  for (Lane* lane : lanes) lanes_.push_back({lane, first, false});
  memory_.reserve(bound);
  free_.reserve(bound);
}

OrderedReduction::Task OrderedReduction::next() {
  std::unique_lock lock(mutex_);
  Task task;
  while (!abandoned_ && reduced_ < end_) {
    if (find_reduction(task) || find_simulation(task)) return task;
    changed_.wait(lock);
  }
  return task;
}

bool OrderedReduction::find_reduction(Task& task) {
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    Place& place = lanes_[i];
    if (place.busy) continue;
    Chunk* chunk = waiting(place.next).chunk;
    if (!chunk || chunk->number != place.next) continue;
    place.busy = true;
    task = {Task::Kind::reduce, chunk, i};
    return true;
  }
  return false;
}

bool OrderedReduction::find_simulation(Task& task) {
  if (started_ >= end_) return false;
  if (free_.empty()) {
    if (memory_.size() == waiting_.size()) return false;
    memory_.push_back(make_());
    free_.push_back(memory_.back().get());
  }
  Chunk* chunk = free_.back();
  free_.pop_back();
  chunk->start(started_++);
  task = {Task::Kind::simulate, chunk, 0};
  return true;
}

void OrderedReduction::done(const Task& task) {
  {
    const std::lock_guard lock(mutex_);
    Waiting& place = waiting(task.chunk->number);
    if (task.kind == Task::Kind::simulate) {
      place = {task.chunk, lanes_.size()};
    } else {
      lanes_[task.lane].busy = false;
      ++lanes_[task.lane].next;
      if (--place.lanes_left == 0) {
        free_.push_back(std::exchange(place.chunk, nullptr));
        ++reduced_;
      }
    }
  }
  changed_.notify_all();
}

void OrderedReduction::end_before(std::uint64_t chunk) {
  {
    const std::lock_guard lock(mutex_);
    end_ = std::min(end_, chunk);
  }
  changed_.notify_all();
}

void OrderedReduction::abandon() {
  {
    const std::lock_guard lock(mutex_);
    abandoned_ = true;
  }
  changed_.notify_all();
}

}  // namespace materiel::experiment
