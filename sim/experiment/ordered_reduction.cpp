#include "experiment/ordered_reduction.h"

#include <algorithm>
#include <utility>

namespace materiel::experiment {

OrderedReduction::OrderedReduction(std::uint64_t first, std::uint64_t end, std::size_t bound, std::size_t workers,
                                   const std::vector<Lane*>& lanes, std::function<std::unique_ptr<Chunk>()> make)
    : end_(end), started_(first), reduced_(first), waiting_(bound), make_(std::move(make)) {
  lanes_.reserve(lanes.size());
  for (std::size_t i = 0; i < lanes.size(); ++i) lanes_.push_back({lanes[i], first, false, i * workers / lanes.size()});
  memory_.reserve(bound);
  free_.reserve(bound);
}

OrderedReduction::Task OrderedReduction::next(std::size_t worker) {
  std::unique_lock lock(mutex_);
  Task task;
  task.worker = worker;
  while (!abandoned_ && reduced_ < end_) {
    if (find_reduction(task, worker) || find_simulation(task, worker) || find_reduction(task)) return task;
    ++waiting_workers_;
    changed_.wait(lock);
    --waiting_workers_;
  }
  return task;
}

bool OrderedReduction::find_reduction(Task& task, std::size_t worker) {
  for (std::size_t i = 0; i < lanes_.size(); ++i)
    if (lanes_[i].worker == worker && try_reduction(task, i)) return true;
  return false;
}

bool OrderedReduction::find_reduction(Task& task) {
  for (std::size_t i = 0; i < lanes_.size(); ++i)
    if (try_reduction(task, i)) return true;
  return false;
}

bool OrderedReduction::try_reduction(Task& task, std::size_t lane) {
  Place& place = lanes_[lane];
  if (place.busy) return false;
  Chunk* chunk = waiting(place.next).chunk;
  if (!chunk || chunk->number != place.next) return false;
  place.busy = true;
  task.kind = Task::Kind::reduce;
  task.chunk = chunk;
  task.lane = lane;
  return true;
}

bool OrderedReduction::find_simulation(Task& task, std::size_t worker) {
  if (started_ >= end_) return false;
  if (free_.empty()) {
    if (memory_.size() == waiting_.size()) return false;
    memory_.push_back(make_());
    free_.emplace_back(memory_.back().get(), worker);
  }
  const auto own = std::ranges::find(free_, worker, &std::pair<Chunk*, std::size_t>::second);
  std::swap(own == free_.end() ? free_.back() : *own, free_.back());
  task.kind = Task::Kind::simulate;
  task.chunk = free_.back().first;
  free_.pop_back();
  task.chunk->start(started_++);
  return true;
}

void OrderedReduction::done(const Task& task) {
  bool anybody_waits = false;
  {
    const std::lock_guard lock(mutex_);
    anybody_waits = waiting_workers_ > 0;
    Waiting& place = waiting(task.chunk->number);
    if (task.kind == Task::Kind::simulate) {
      place = {task.chunk, lanes_.size(), task.worker};
    } else {
      lanes_[task.lane].busy = false;
      ++lanes_[task.lane].next;
      if (--place.lanes_left == 0) {
        free_.emplace_back(std::exchange(place.chunk, nullptr), place.worker);
        ++reduced_;
      }
    }
  }
  if (anybody_waits) changed_.notify_all();
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
