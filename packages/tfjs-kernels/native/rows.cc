// Operations on the rows of [n, d] matrices.

#include <cmath>
#include <cstring>

#include "accumulate.h"
#include "kernel.h"
#include "lanes.h"
#include "worker-threads.h"

namespace {

/// The conversion to unsigned puts negative ids out of range too.
bool is_row(int32_t id, int64_t rows) { return static_cast<uint32_t>(id) < rows; }

void gather_rows(Call& call) {
  const float* table = call.floats(0);
  const int32_t* ids = call.ints(1);
  const int64_t count = call.size(1);
  const int64_t rows = call.axis(0, 0), d = call.axis(0, 1);
  for (int64_t i = 0; i < count; i++) {
    if (is_row(ids[i], rows)) continue;
    return call.fail("gatherRows: ids[" + std::to_string(i) + "] is " + std::to_string(ids[i]) +
                     ", and the table has " + std::to_string(rows) + " rows");
  }
  float* out = call.output(0, {count, d});
  for_ranges(count, count * d, [&](int64_t begin, int64_t end) {
    if (d == 1) {
      for (int64_t i = begin; i < end; i++) out[i] = table[ids[i]];
      return;
    }
    for (int64_t i = begin; i < end; i++) std::memcpy(out + i * d, table + ids[i] * d, d * sizeof(float));
  });
}

/// Ids outside the table are dropped.
void scatter_add_rows(Call& call) {
  const float* updates = call.floats(0);
  const int32_t* ids = call.ints(1);
  const int64_t rows = call.ints(2)[0], d = call.axis(0, 1);
  float* out = call.output(0, {rows, d});
  accumulate(out, rows, d, call.size(1), [&](int64_t i, int64_t begin, int64_t end) {
    if (is_row(ids[i], rows)) add_scaled(out + ids[i] * d + begin, 1, updates + i * d + begin, end - begin);
  });
}

void normalize_rows(Call& call) {
  const float* x = call.floats(0);
  const float epsilon = call.floats(1)[0];
  const int64_t n = call.axis(0, 0), d = call.axis(0, 1);
  float* out = call.output(0, {n, d});
  for_ranges(n, 2 * n * d, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
      const float* from = x + i * d;
      const float length = std::max(std::sqrt(dot(from, from, d)), epsilon);
      for (int64_t j = 0; j < d; j++) out[i * d + j] = from[j] / length;
    }
  });
}

void normalize_rows_grad(Call& call) {
  const float* x = call.floats(0);
  const float* dy = call.floats(1);
  const float epsilon = call.floats(2)[0];
  const int64_t n = call.axis(0, 0), d = call.axis(0, 1);
  float* out = call.output(0, {n, d});
  for_ranges(n, 3 * n * d, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
      const float* row = x + i * d;
      const float* down = dy + i * d;
      const float square = dot(row, row, d);
      const float norm = std::sqrt(square);
      const float along = norm > epsilon ? dot(row, down, d) / square : 0;
      const float length = std::max(norm, epsilon);
      for (int64_t j = 0; j < d; j++) out[i * d + j] = (down[j] - row[j] * along) / length;
    }
  });
}

void row_dot(Call& call) {
  const float* a = call.floats(0);
  const float* b = call.floats(1);
  const int64_t n = call.axis(0, 0), d = call.axis(0, 1);
  float* out = call.output(0, {n});
  for_ranges(n, n * d, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) out[i] = dot(a + i * d, b + i * d, d);
  });
}

void scale_rows(Call& call) {
  const float* x = call.floats(0);
  const float* weights = call.floats(1);
  const int64_t n = call.axis(0, 0), d = call.axis(0, 1);
  float* out = call.output(0, {n, d});
  for_ranges(n, n * d, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++)
      for (int64_t j = 0; j < d; j++) out[i * d + j] = weights[i] * x[i * d + j];
  });
}

const Declared<gather_rows> declared_gather_rows{
    {"BalancedRecGatherRows", {"table: float", "ids: int32"}, {"out: float"}}};
const Declared<scatter_add_rows> declared_scatter_add_rows{
    {"BalancedRecScatterAddRows", {"updates: float", "ids: int32", "rows: int32"}, {"out: float"}}};
const Declared<normalize_rows> declared_normalize_rows{
    {"BalancedRecNormalizeRows", {"x: float", "epsilon: float"}, {"out: float"}}};
const Declared<normalize_rows_grad> declared_normalize_rows_grad{
    {"BalancedRecNormalizeRowsGrad", {"x: float", "dy: float", "epsilon: float"}, {"out: float"}}};
const Declared<row_dot> declared_row_dot{{"BalancedRecRowDot", {"a: float", "b: float"}, {"out: float"}}};
const Declared<scale_rows> declared_scale_rows{
    {"BalancedRecScaleRows", {"x: float", "weights: float"}, {"out: float"}}};

}  // namespace
