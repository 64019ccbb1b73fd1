// Selects each user's best items from a block of scores.

#include <cmath>
#include <limits>

#include "kernel.h"
#include "worker-threads.h"

namespace {

/// Selects the best items, best first; ties go to the lower item. Fills the rest with -1 and -Infinity. Returns whether no score is NaN.
bool select(const float* scores, int64_t items, const int32_t* excluded, int64_t excluded_count, int64_t k, char* is_excluded,
            int32_t* ids, float* best) {
  for (int64_t e = 0; e < excluded_count; e++) is_excluded[excluded[e]] = 1;
  int64_t count = 0;
  bool numbers = true;
  float worst = -std::numeric_limits<float>::infinity();
  for (int64_t item = 0; item < items; item++) {
    const float score = scores[item];
    numbers &= score == score;
    if (count == k && !(score > worst)) continue;
    if (is_excluded[item]) continue;
    int64_t slot = count < k ? count++ : k - 1;
    for (; slot > 0 && best[slot - 1] < score; slot--) {
      best[slot] = best[slot - 1];
      ids[slot] = ids[slot - 1];
    }
    if (k > 0) {
      best[slot] = score;
      ids[slot] = static_cast<int32_t>(item);
      worst = best[count - 1];
    }
  }
  for (int64_t slot = count; slot < k; slot++) {
    ids[slot] = -1;
    best[slot] = -std::numeric_limits<float>::infinity();
  }
  for (int64_t e = 0; e < excluded_count; e++) is_excluded[excluded[e]] = 0;
  return numbers;
}

/// scores [users, items]; offsets [users + 1] into excluded; k [1]. The third output says for each user whether no score is NaN.
void select_top_k(Call& call) {
  const float* scores = call.floats(0);
  const int32_t* offsets = call.ints(1);
  const int32_t* excluded = call.ints(2);
  const int64_t k = call.ints(3)[0];
  const int64_t users = call.axis(0, 0), items = call.axis(0, 1);
  int32_t* ids = call.int_output(0, {users, k});
  float* best = call.output(1, {users, k});
  int32_t* numbers = call.int_output(2, {users});
  for_ranges(users, users * items, [&](int64_t begin, int64_t end) {
    std::vector<char> is_excluded(items);
    for (int64_t user = begin; user < end; user++) {
      numbers[user] = select(scores + user * items, items, excluded + offsets[user], offsets[user + 1] - offsets[user], k,
                             is_excluded.data(), ids + user * k, best + user * k);
    }
  });
}

const Declared<select_top_k> declared_select_top_k{
    {"BalancedRecSelectTopK",
     {"scores: float", "offsets: int32", "excluded: int32", "k: int32"},
     {"ids: int32", "best: float", "numbers: int32"}}};

}  // namespace
