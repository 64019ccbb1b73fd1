#pragma once

#include <algorithm>

#include "lanes.h"
#include "worker-threads.h"

/// Zeros [rows, d], then calls `add(k, begin, end)` for each k in order, on columns begin to end. The columns are split between threads,
/// so each sum is computed in order of k.
template <typename Add>
void accumulate(float* out, int64_t rows, int64_t d, int64_t count, const Add& add) {
  const int64_t blocks = (d + LANES - 1) / LANES;
  for_ranges(blocks, (rows + 3 * count) * d, [&](int64_t first, int64_t last) {
    const int64_t begin = first * LANES, end = std::min(last * LANES, d);
    if (begin == 0 && end == d) std::fill(out, out + rows * d, 0.0f);
    else for (int64_t row = 0; row < rows; row++) std::fill(out + row * d + begin, out + row * d + end, 0.0f);
    for (int64_t k = 0; k < count; k++) add(k, begin, end);
  });
}
