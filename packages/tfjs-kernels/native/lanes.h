#pragma once

#include <cstdint>
#include <cstring>

/// Sixteen floats: one AVX-512 register or two AVX2 registers. The compiler splits it as needed.
typedef float Lanes __attribute__((vector_size(64)));
constexpr int64_t LANES = 16;

inline Lanes load(const float* from) {
  Lanes lanes;
  std::memcpy(&lanes, from, sizeof lanes);
  return lanes;
}

inline void store(float* to, const Lanes& lanes) { std::memcpy(to, &lanes, sizeof lanes); }

inline float sum_of(const Lanes& lanes) {
  typedef float Eight __attribute__((vector_size(32)));
  typedef float Four __attribute__((vector_size(16)));
  Eight low, high;
  std::memcpy(&low, &lanes, sizeof low);
  std::memcpy(&high, reinterpret_cast<const char*>(&lanes) + sizeof low, sizeof high);
  const Eight eight = low + high;
  Four left, right;
  std::memcpy(&left, &eight, sizeof left);
  std::memcpy(&right, reinterpret_cast<const char*>(&eight) + sizeof left, sizeof right);
  const Four four = left + right;
  return (four[0] + four[1]) + (four[2] + four[3]);
}

inline float dot(const float* a, const float* b, int64_t size) {
  Lanes first{}, second{};
  int64_t j = 0;
  for (; j + 2 * LANES <= size; j += 2 * LANES) {
    first += load(a + j) * load(b + j);
    second += load(a + j + LANES) * load(b + j + LANES);
  }
  for (; j + LANES <= size; j += LANES) first += load(a + j) * load(b + j);
  float sum = sum_of(first + second);
  for (; j < size; j++) sum += a[j] * b[j];
  return sum;
}

/// to += weight * from
inline void add_scaled(float* to, float weight, const float* from, int64_t size) {
  int64_t j = 0;
  for (; j + LANES <= size; j += LANES) store(to + j, load(to + j) + weight * load(from + j));
  for (; j < size; j++) to[j] += weight * from[j];
}
