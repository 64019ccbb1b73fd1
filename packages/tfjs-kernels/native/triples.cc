// Margins and squares of the rows in a batch, without copying the rows.

#include "accumulate.h"
#include "kernel.h"
#include "lanes.h"
#include "worker-threads.h"

namespace {

/// out[k] = <users[u[k]], items[p[k]] - items[n[k]]>
void triple_margins(Call& call) {
  const float* users = call.floats(0);
  const float* items = call.floats(1);
  const int32_t *u = call.ints(2), *p = call.ints(3), *n = call.ints(4);
  const int64_t count = call.size(2), d = call.axis(0, 1);
  float* out = call.output(0, {count});
  for_ranges(count, 3 * count * d, [&](int64_t begin, int64_t end) {
    for (int64_t k = begin; k < end; k++) {
      const float *user = users + u[k] * d, *positive = items + p[k] * d, *negative = items + n[k] * d;
      Lanes sums{};
      int64_t j = 0;
      for (; j + LANES <= d; j += LANES) sums += load(user + j) * (load(positive + j) - load(negative + j));
      float sum = sum_of(sums);
      for (; j < d; j++) sum += user[j] * (positive[j] - negative[j]);
      out[k] = sum;
    }
  });
}

void triple_margins_users_grad(Call& call) {
  const float* items = call.floats(0);
  const float* dy = call.floats(1);
  const int32_t *u = call.ints(2), *p = call.ints(3), *n = call.ints(4);
  const int64_t rows = call.ints(5)[0], d = call.axis(0, 1);
  float* out = call.output(0, {rows, d});
  accumulate(out, rows, d, call.size(1), [&](int64_t k, int64_t begin, int64_t end) {
    float* to = out + u[k] * d;
    const float *positive = items + p[k] * d, *negative = items + n[k] * d;
    int64_t j = begin;
    for (; j + LANES <= end; j += LANES)
      store(to + j, load(to + j) + dy[k] * (load(positive + j) - load(negative + j)));
    for (; j < end; j++) to[j] += dy[k] * (positive[j] - negative[j]);
  });
}

void triple_margins_items_grad(Call& call) {
  const float* users = call.floats(0);
  const float* dy = call.floats(1);
  const int32_t *u = call.ints(2), *p = call.ints(3), *n = call.ints(4);
  const int64_t rows = call.ints(5)[0], d = call.axis(0, 1);
  float* out = call.output(0, {rows, d});
  accumulate(out, rows, d, call.size(1), [&](int64_t k, int64_t begin, int64_t end) {
    const float* user = users + u[k] * d + begin;
    add_scaled(out + p[k] * d + begin, dy[k], user, end - begin);
    add_scaled(out + n[k] * d + begin, -dy[k], user, end - begin);
  });
}

void squares_of_rows(Call& call) {
  const float* table = call.floats(0);
  const int32_t* ids = call.ints(1);
  const int64_t count = call.size(1), d = call.axis(0, 1);
  double sum = 0;
  for (int64_t k = 0; k < count; k++) sum += dot(table + ids[k] * d, table + ids[k] * d, d);
  call.output(0, {})[0] = static_cast<float>(sum);
}

void squares_of_rows_grad(Call& call) {
  const float* table = call.floats(0);
  const float factor = 2 * call.floats(1)[0];
  const int32_t* ids = call.ints(2);
  const int64_t rows = call.axis(0, 0), d = call.axis(0, 1);
  float* out = call.output(0, {rows, d});
  accumulate(out, rows, d, call.size(2), [&](int64_t k, int64_t begin, int64_t end) {
    add_scaled(out + ids[k] * d + begin, factor, table + ids[k] * d + begin, end - begin);
  });
}

const Declared<triple_margins> declared_triple_margins{
    {"BalancedRecTripleMargins",
     {"users: float", "items: float", "u: int32", "p: int32", "n: int32"},
     {"out: float"}}};
const Declared<triple_margins_users_grad> declared_triple_margins_users_grad{
    {"BalancedRecTripleMarginsUsersGrad",
     {"items: float", "dy: float", "u: int32", "p: int32", "n: int32", "rows: int32"},
     {"out: float"}}};
const Declared<triple_margins_items_grad> declared_triple_margins_items_grad{
    {"BalancedRecTripleMarginsItemsGrad",
     {"users: float", "dy: float", "u: int32", "p: int32", "n: int32", "rows: int32"},
     {"out: float"}}};
const Declared<squares_of_rows> declared_squares_of_rows{
    {"BalancedRecSquaresOfRows", {"table: float", "ids: int32"}, {"out: float"}}};
const Declared<squares_of_rows_grad> declared_squares_of_rows_grad{
    {"BalancedRecSquaresOfRowsGrad", {"table: float", "dy: float", "ids: int32"}, {"out: float"}}};

}  // namespace
