// Orders: what a route is to bring, reckoned on the inventory position of its destination.

#include <fmt/format.h>

#include "model/run.h"

namespace materiel::model {
namespace {

/// Routes that order from one another in a circle could do so without end at one instant. A site that many others order
/// from may order once for each of them.
constexpr std::int64_t kMostOrdersAtOnce = 100'000;

}  // namespace

void Run::begin_order(std::uint32_t index) {
  const OrderProgram& p = program_.orders[index];
  const std::string& owner = program_.routes[p.route].name;
  OrderState& s = state_.orders[index];
  s = {};
  state_.order_lines[index].clear();
  s.point = draw_units_or(p.point, 0, owner);
  s.up_to = draw_units_or(p.up_to, 0, owner);
  s.quantity = draw_units_or(p.quantity, 0, owner);
  set_slot(p.slot, 0);
}

/// How many units the rule orders now.
std::int64_t Run::wanted(std::uint32_t index) {
  const OrderProgram& p = program_.orders[index];
  const OrderState& s = state_.orders[index];
  std::uint64_t sum = 0;  // modulo 2^64: what many routes ordered and shipped cancels out
  for (const SignedCount& part : program_.positions[p.position])
    sum += static_cast<std::uint64_t>(part.sign) * static_cast<std::uint64_t>(settled_count(part.count));
  const auto position = static_cast<std::int64_t>(sum);
  if (!p.point.present()) return std::max<std::int64_t>(s.up_to - position, 0);
  if (position > s.point) return 0;
  if (p.up_to.present()) return std::max<std::int64_t>(s.up_to - position, 0);
  return ((s.point - position) / s.quantity + 1) * s.quantity;
}

void Run::order_event(std::uint32_t index) {
  const OrderProgram& p = program_.orders[index];
  const std::string& owner = program_.routes[p.route].name;
  OrderState& s = state_.orders[index];
  if (p.review.present()) {
    add_interval(s.review, s.review_carried, p.review, owner);
    set_slot(p.slot, s.review);
  }
  const std::int64_t units = wanted(index);
  if (units == 0) return;
  s.at_last = s.last == now_ ? s.at_last + 1 : 1;
  s.last = now_;
  if (s.at_last > kMostOrdersAtOnce) {
    fail(fmt::format("{}: {} orders at one instant: routes order from one another in a circle, and none has enough",
                     owner, kMostOrdersAtOnce));
    return;
  }
  count(p.orders, 1);
  count(p.ordered, units);
  tell(owner, "ordered", units, p.destination);
  state_.order_lines[index].push_order(now_, units);
  state_.routes[p.route].on_order += units;
  limit_route(p.route);
  reconsider_users(p.origin);
  if (program_.cells[p.origin].reviewed) wake_orders(p.origin);
  touch_route(p.route);
}

}  // namespace materiel::model
