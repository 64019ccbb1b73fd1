#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <vector>

/// How many threads share a kernel's work: the CPUs this process may use, or TF_NUM_INTRAOP_THREADS where that is set, as for
/// TensorFlow's own kernels.
int thread_count();

/// Runs `work(part)` for part = 0..parts-1 on the worker threads, the caller among them, and waits for all.
void run_parts(int parts, const std::function<void(int)>& work);

/// How many parts `cost` elementary operations are worth: starting a thread costs about as much as this many.
inline int parts_for(int64_t cost) {
  return static_cast<int>(std::clamp<int64_t>(cost / 32768, 1, thread_count()));
}

/// Splits 0..count-1 into equal ranges, as many as `cost` is worth, and runs `work(begin, end)` on each.
template <typename Work>
void for_ranges(int64_t count, int64_t cost, const Work& work) {
  const int parts = static_cast<int>(std::min<int64_t>(parts_for(cost), std::max<int64_t>(count, 1)));
  if (parts == 1) return work(int64_t{0}, count);
  run_parts(parts, [&](int part) { work(count * part / parts, count * (part + 1) / parts); });
}

/// The same for the rows of a CSR pattern, with about as many entries in each range.
template <typename Work>
void for_row_ranges(const int32_t* offsets, int64_t rows, int64_t cost, const Work& work) {
  const int parts = static_cast<int>(std::min<int64_t>(parts_for(cost), std::max<int64_t>(rows, 1)));
  if (parts == 1) return work(int64_t{0}, rows);
  std::vector<int64_t> bounds(parts + 1, rows);
  bounds[0] = 0;
  for (int part = 1; part < parts; part++) {
    // Rows without entries cost too, so a row counts as one entry more than it has.
    const int64_t target = (offsets[rows] + rows) * part / parts;
    int64_t low = bounds[part - 1], high = rows;
    while (low < high) {
      const int64_t middle = (low + high) / 2;
      if (offsets[middle] + middle < target) low = middle + 1;
      else high = middle;
    }
    bounds[part] = low;
  }
  run_parts(parts, [&](int part) { work(bounds[part], bounds[part + 1]); });
}
