// Activations, and sums over whole tensors.

#include <cmath>

#include "kernel.h"
#include "lanes.h"
#include "worker-threads.h"

namespace {

void leaky_rectify(Call& call) {
  const float* x = call.floats(0);
  const float slope = call.floats(1)[0];
  float* out = call.output(0, call.shape(0));
  for_ranges(call.size(0), call.size(0), [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) out[i] = x[i] > 0 ? x[i] : slope * x[i];
  });
}

/// leakyRelu(x + bias + addends); an empty addend counts as absent.
void bias_rectify(Call& call) {
  const float* x = call.floats(0);
  const float* bias = call.floats(1);
  const float* first = call.size(2) > 0 ? call.floats(2) : nullptr;
  const float* second = call.size(3) > 0 ? call.floats(3) : nullptr;
  const float slope = call.floats(4)[0];
  const int64_t n = call.axis(0, 0), d = call.axis(0, 1);
  float* out = call.output(0, {n, d});
  for_ranges(n, n * d, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
      float* to = out + i * d;
      for (int64_t j = 0; j < d; j++) to[j] = x[i * d + j] + bias[j];
      if (first != nullptr) add_scaled(to, 1, first + i * d, d);
      if (second != nullptr) add_scaled(to, 1, second + i * d, d);
      for (int64_t j = 0; j < d; j++) to[j] = to[j] > 0 ? to[j] : slope * to[j];
    }
  });
}

void leaky_rectify_grad(Call& call) {
  const float* x = call.floats(0);
  const float* dy = call.floats(1);
  const float slope = call.floats(2)[0];
  float* out = call.output(0, call.shape(0));
  for_ranges(call.size(0), call.size(0), [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) out[i] = x[i] > 0 ? dy[i] : slope * dy[i];
  });
}

void softplus(Call& call) {
  const float* x = call.floats(0);
  float* out = call.output(0, call.shape(0));
  for_ranges(call.size(0), 32 * call.size(0), [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) out[i] = std::fmax(x[i], 0.0f) + std::log1p(std::exp(-std::fabs(x[i])));
  });
}

void softplus_grad(Call& call) {
  const float* x = call.floats(0);
  const float* dy = call.floats(1);
  float* out = call.output(0, call.shape(0));
  for_ranges(call.size(0), 16 * call.size(0), [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) out[i] = dy[i] / (1 + std::exp(-x[i]));
  });
}

/// Sums in double precision, block by block in a fixed order, so the result does not depend on the number of threads.
void sum_of_squares(Call& call) {
  const float* x = call.floats(0);
  const int64_t size = call.size(0);
  constexpr int64_t block = 4096;
  const int64_t blocks = (size + block - 1) / block;
  std::vector<double> sums(blocks);
  for_ranges(blocks, size, [&](int64_t begin, int64_t end) {
    for (int64_t k = begin; k < end; k++) {
      const int64_t from = k * block;
      sums[k] = dot(x + from, x + from, std::min(block, size - from));
    }
  });
  double total = 0;
  for (double sum : sums) total += sum;
  call.output(0, {})[0] = static_cast<float>(total);
}

/// The columns are split between threads, so each sum is computed in order of the rows.
void column_sum(Call& call) {
  const float* x = call.floats(0);
  const int64_t n = call.axis(0, 0), d = call.axis(0, 1);
  float* out = call.output(0, {d});
  const int64_t blocks = (d + LANES - 1) / LANES;
  for_ranges(blocks, n * d, [&](int64_t first, int64_t last) {
    const int64_t begin = first * LANES, end = std::min(last * LANES, d);
    std::fill(out + begin, out + end, 0.0f);
    for (int64_t i = 0; i < n; i++) add_scaled(out + begin, 1, x + i * d + begin, end - begin);
  });
}

void copy(Call& call) {
  const float* x = call.floats(0);
  float* out = call.output(0, call.shape(0));
  for_ranges(call.size(0), call.size(0), [&](int64_t begin, int64_t end) { std::copy(x + begin, x + end, out + begin); });
}

const Declared<leaky_rectify> declared_leaky_rectify{
    {"BalancedRecLeakyRectify", {"x: float", "slope: float"}, {"out: float"}}};
const Declared<bias_rectify> declared_bias_rectify{
    {"BalancedRecBiasRectify",
     {"x: float", "bias: float", "first: float", "second: float", "slope: float"},
     {"out: float"}}};
const Declared<leaky_rectify_grad> declared_leaky_rectify_grad{
    {"BalancedRecLeakyRectifyGrad", {"x: float", "dy: float", "slope: float"}, {"out: float"}}};
const Declared<softplus> declared_softplus{{"BalancedRecStableSoftplus", {"x: float"}, {"out: float"}}};
const Declared<softplus_grad> declared_softplus_grad{
    {"BalancedRecStableSoftplusGrad", {"x: float", "dy: float"}, {"out: float"}}};
const Declared<sum_of_squares> declared_sum_of_squares{{"BalancedRecSumOfSquares", {"x: float"}, {"out: float"}}};
const Declared<column_sum> declared_column_sum{{"BalancedRecColumnSum", {"x: float"}, {"out: float"}}};
const Declared<copy> declared_copy{{"BalancedRecCopy", {"x: float"}, {"out: float"}}};

}  // namespace
