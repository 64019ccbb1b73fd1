// Products and softmax over the entries of a CSR pattern: rowOffsets [rows + 1], columnIndices [entries].

#include <cmath>

#include "kernel.h"
#include "lanes.h"
#include "worker-threads.h"

namespace {

/// out[r] = sum over the entries e of row r of values[e] dense[column of e], `Width` registers of columns at a time.
template <int Width>
void multiply_columns(const int32_t* offsets, const int32_t* columns, const float* values, const float* dense, float* out,
                      int64_t d, int64_t at, int64_t begin, int64_t end) {
  for (int64_t row = begin; row < end; row++) {
    Lanes sums[Width] = {};
    for (int32_t e = offsets[row]; e < offsets[row + 1]; e++) {
      const float* from = dense + columns[e] * d + at;
      const float value = values[e];
      for (int w = 0; w < Width; w++) sums[w] += value * load(from + w * LANES);
    }
    for (int w = 0; w < Width; w++) store(out + row * d + at + w * LANES, sums[w]);
  }
}

void multiply_rows(const int32_t* offsets, const int32_t* columns, const float* values, const float* dense, float* out,
                   int64_t d, int64_t begin, int64_t end) {
  int64_t at = 0;
  for (; at + 8 * LANES <= d; at += 8 * LANES)
    multiply_columns<8>(offsets, columns, values, dense, out, d, at, begin, end);
  for (; at + 4 * LANES <= d; at += 4 * LANES)
    multiply_columns<4>(offsets, columns, values, dense, out, d, at, begin, end);
  for (; at + LANES <= d; at += LANES) multiply_columns<1>(offsets, columns, values, dense, out, d, at, begin, end);
  for (; at < d; at++) {
    for (int64_t row = begin; row < end; row++) {
      float sum = 0;
      for (int32_t e = offsets[row]; e < offsets[row + 1]; e++) sum += values[e] * dense[columns[e] * d + at];
      out[row * d + at] = sum;
    }
  }
}

void csr_mat_mul(Call& call) {
  const int32_t* offsets = call.ints(0);
  const int32_t* columns = call.ints(1);
  const float* values = call.floats(2);
  const float* dense = call.floats(3);
  const int64_t rows = call.size(0) - 1;
  const int64_t d = call.axis(3, 1);
  float* out = call.output(0, {rows, d});
  for_row_ranges(offsets, rows, (call.size(1) + rows) * d, [&](int64_t begin, int64_t end) {
    multiply_rows(offsets, columns, values, dense, out, d, begin, end);
  });
}

void sampled_mat_mul(Call& call) {
  const int32_t* offsets = call.ints(0);
  const int32_t* columns = call.ints(1);
  const float* a = call.floats(2);
  const float* b = call.floats(3);
  const int64_t d = call.axis(2, 1);
  float* out = call.output(0, {call.size(1)});
  for_row_ranges(offsets, call.size(0) - 1, call.size(1) * d, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++)
      for (int32_t e = offsets[row]; e < offsets[row + 1]; e++) out[e] = dot(a + row * d, b + columns[e] * d, d);
  });
}

void segment_softmax(Call& call) {
  const int32_t* offsets = call.ints(0);
  const float* x = call.floats(1);
  float* out = call.output(0, call.shape(1));
  for_row_ranges(offsets, call.size(0) - 1, 16 * call.size(1), [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) {
      float top = -INFINITY;
      for (int32_t e = offsets[row]; e < offsets[row + 1]; e++) top = std::fmax(top, x[e]);
      float sum = 0;
      for (int32_t e = offsets[row]; e < offsets[row + 1]; e++) sum += out[e] = std::exp(x[e] - top);
      for (int32_t e = offsets[row]; e < offsets[row + 1]; e++) out[e] /= sum;
    }
  });
}

void segment_softmax_grad(Call& call) {
  const int32_t* offsets = call.ints(0);
  const float* y = call.floats(1);
  const float* dy = call.floats(2);
  float* out = call.output(0, call.shape(1));
  for_row_ranges(offsets, call.size(0) - 1, 4 * call.size(1), [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) {
      float sum = 0;
      for (int32_t e = offsets[row]; e < offsets[row + 1]; e++) sum += y[e] * dy[e];
      for (int32_t e = offsets[row]; e < offsets[row + 1]; e++) out[e] = y[e] * (dy[e] - sum);
    }
  });
}

/// The sum over each row's entries of x [entries] or [entries, d].
void segment_sum(Call& call) {
  const int32_t* offsets = call.ints(0);
  const float* x = call.floats(1);
  const int64_t d = call.axis(1, 1);
  std::vector<int64_t> shape = call.shape(1);
  shape[0] = call.size(0) - 1;
  float* out = call.output(0, shape);
  for_row_ranges(offsets, shape[0], call.size(1), [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) {
      float* sum = out + row * d;
      std::fill(sum, sum + d, 0.0f);
      for (int32_t e = offsets[row]; e < offsets[row + 1]; e++) add_scaled(sum, 1, x + e * d, d);
    }
  });
}

const Declared<csr_mat_mul> declared_csr_mat_mul{
    {"BalancedRecCsrMatMul", {"offsets: int32", "columns: int32", "values: float", "dense: float"}, {"out: float"}}};
const Declared<sampled_mat_mul> declared_sampled_mat_mul{
    {"BalancedRecSampledMatMul", {"offsets: int32", "columns: int32", "a: float", "b: float"}, {"out: float"}}};
const Declared<segment_softmax> declared_segment_softmax{
    {"BalancedRecSegmentSoftmax", {"offsets: int32", "x: float"}, {"out: float"}}};
const Declared<segment_softmax_grad> declared_segment_softmax_grad{
    {"BalancedRecSegmentSoftmaxGrad", {"offsets: int32", "y: float", "dy: float"}, {"out: float"}}};
const Declared<segment_sum> declared_segment_sum{
    {"BalancedRecSegmentSum", {"offsets: int32", "x: float"}, {"out: float"}}};

}  // namespace
