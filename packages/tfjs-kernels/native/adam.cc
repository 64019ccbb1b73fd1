// Adam's updates, in place. Their only output is an empty tensor.

#include <cmath>

#include "kernel.h"
#include "worker-threads.h"

namespace {

/// In the order in which the JavaScript side writes them.
struct Constants {
  float beta1, one_less_beta1, beta2, one_less_beta2, epsilon, step_size, correction;
};

void update(float* p, const float* g, float* m, float* v, int64_t size, const Constants& constants) {
  const auto [beta1, one_less_beta1, beta2, one_less_beta2, epsilon, step_size, correction] = constants;
  for (int64_t j = 0; j < size; j++) {
    const float mean = beta1 * m[j] + one_less_beta1 * g[j];
    const float square = beta2 * v[j] + one_less_beta2 * g[j] * g[j];
    m[j] = mean;
    v[j] = square;
    p[j] -= step_size * mean / (__builtin_sqrtf(square) / correction + epsilon);
  }
}

const Constants& constants_of(Call& call, int input) { return *reinterpret_cast<const Constants*>(call.floats(input)); }

void adam_step(Call& call) {
  float* p = call.in_place(0);
  const float* g = call.floats(1);
  float* m = call.in_place(2);
  float* v = call.in_place(3);
  const Constants& constants = constants_of(call, 4);
  for_ranges(call.size(0), 4 * call.size(0), [&](int64_t begin, int64_t end) {
    update(p + begin, g + begin, m + begin, v + begin, end - begin, constants);
  });
  call.output(0, {0});
}

/// Updates the rows `ids` (distinct) of p, m and v.
void adam_step_rows(Call& call) {
  float* p = call.in_place(0);
  const float* g = call.floats(1);
  float* m = call.in_place(2);
  float* v = call.in_place(3);
  const int32_t* ids = call.ints(4);
  const Constants& constants = constants_of(call, 5);
  const int64_t count = call.size(4), d = call.axis(0, 1);
  for_ranges(count, 4 * count * d, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
      const int64_t at = ids[i] * d;
      update(p + at, g + i * d, m + at, v + at, d, constants);
    }
  });
  call.output(0, {0});
}

/// A run of missed updates that are applied at once; see adam-segments.ts.
struct Segment {
  float weight, slope, spread, skew, decay_of_m, decay_of_v, decay_of_s, unused;
};

/// Elements per block: few enough that their state stays in registers and the loops below become vector instructions.
constexpr int64_t BLOCK = 32;

/// Applies the segments one after the other to `Size` elements.
template <int64_t Size>
void miss_block(float* p, float* m, float* v, const Segment* segments, int64_t count, float epsilon) {
  float position[Size], mean[Size], square[Size], root[Size];
  for (int64_t j = 0; j < Size; j++) {
    position[j] = p[j];
    mean[j] = m[j];
    square[j] = v[j];
    root[j] = __builtin_sqrtf(v[j]);
  }
  for (int64_t k = 0; k < count; k++) {
    const auto [weight, slope, spread, skew, decay_of_m, decay_of_v, decay_of_s, unused] = segments[k];
    for (int64_t j = 0; j < Size; j++) {
      const float inverse = 1 / (slope * root[j] + epsilon);
      const float x = root[j] * inverse;
      const float tail = x * x * (spread - x * skew);
      position[j] -= weight * mean[j] * inverse * (1 + tail);
      mean[j] *= decay_of_m;
      square[j] *= decay_of_v;
      root[j] *= decay_of_s;
    }
  }
  for (int64_t j = 0; j < Size; j++) {
    p[j] = position[j];
    m[j] = mean[j];
    v[j] = square[j];
  }
}

void miss(float* p, float* m, float* v, int64_t size, const Segment* segments, int64_t count, float epsilon) {
  int64_t j = 0;
  for (; j + BLOCK <= size; j += BLOCK) miss_block<BLOCK>(p + j, m + j, v + j, segments, count, epsilon);
  for (; j < size; j++) miss_block<1>(p + j, m + j, v + j, segments, count, epsilon);
}

void adam_missed_steps(Call& call) {
  float* p = call.in_place(0);
  float* m = call.in_place(1);
  float* v = call.in_place(2);
  const int32_t* ids = call.ints(3);
  const int32_t* groups = call.ints(4);
  const int32_t* offsets = call.ints(5);
  const Segment* segments = reinterpret_cast<const Segment*>(call.floats(6));
  const float epsilon = call.floats(7)[0];
  const int64_t count = call.size(3), d = call.axis(0, 1);
  for_ranges(count, 8 * count * d, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
      const int64_t at = ids[i] * d;
      const int32_t first = offsets[groups[i]];
      miss(p + at, m + at, v + at, d, segments + first, offsets[groups[i] + 1] - first, epsilon);
    }
  });
  call.output(0, {0});
}

const Declared<adam_step> declared_adam_step{
    {"BalancedRecAdamStep",
     {"parameter: float", "gradient: float", "first_moment: float", "second_moment: float", "constants: float"},
     {"nothing: float"}}};
const Declared<adam_step_rows> declared_adam_step_rows{
    {"BalancedRecAdamStepRows",
     {"parameter: float", "gradient: float", "first_moment: float", "second_moment: float", "ids: int32",
      "constants: float"},
     {"nothing: float"}}};
const Declared<adam_missed_steps> declared_adam_missed_steps{
    {"BalancedRecAdamMissedSteps",
     {"parameter: float", "first_moment: float", "second_moment: float", "ids: int32", "groups: int32",
      "offsets: int32", "segments: float", "epsilon: float"},
     {"nothing: float"}}};

}  // namespace
