#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <vector>

/// The number of threads that share a kernel's work: TF_NUM_INTRAOP_THREADS if set, as for TensorFlow's own kernels, otherwise the
/// number of CPUs available to this process.
int thread_count();

/// Runs `work(part)` for part = 0..parts-1 on the worker threads and the calling thread, and waits for all of them.
void run_parts(int parts, const std::function<void(int)>& work);

/// The number of parts worth splitting `cost` elementary operations into: starting a thread costs about as much as one part.
inline int parts_for(int64_t cost) {
  return static_cast<int>(std::clamp<int64_t>(cost / 32768, 1, thread_count()));
}

/// Splits 0..count-1 into as many equal ranges as `cost` is worth and runs `work(begin, end)` on each.
template <typename Work>
void for_ranges(int64_t count, int64_t cost, const Work& work) {
  const int parts = static_cast<int>(std::min<int64_t>(parts_for(cost), std::max<int64_t>(count, 1)));
  if (parts == 1) return work(int64_t{0}, count);
  run_parts(parts, [&](int part) { work(count * part / parts, count * (part + 1) / parts); });
}

/// The same for the rows of a CSR pattern, with about the same number of entries in each range.
template <typename Work>
void for_row_ranges(const int32_t* offsets, int64_t rows, int64_t cost, const Work& work) {
  const int parts = static_cast<int>(std::min<int64_t>(parts_for(cost), std::max<int64_t>(rows, 1)));
  if (parts == 1) return work(int64_t{0}, rows);
  std::vector<int64_t> bounds(parts + 1, rows);
  bounds[0] = 0;
  for (int part = 1; part < parts; part++) {
    // Empty rows also have a cost, so each row counts as one extra entry.
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
