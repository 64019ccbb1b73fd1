#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tensorflow/c/kernels.h"

/// The arguments of a kernel call. All tensors are dense and on the CPU; the JavaScript side has checked shapes and ids.
class Call {
 public:
  explicit Call(TF_OpKernelContext* context) : context_(context), status_(TF_NewStatus()) {}
  ~Call();
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  const float* floats(int input) { return static_cast<const float*>(data(input)); }
  const int32_t* ints(int input) { return static_cast<const int32_t*>(data(input)); }
  /// An input's memory, for writing in place. The JavaScript side passes only tensors whose memory is not shared.
  float* in_place(int input) { return static_cast<float*>(data(input)); }

  /// The size of an input's axis; 1 if the axis does not exist.
  int64_t axis(int input, int axis);
  int64_t size(int input);
  std::vector<int64_t> shape(int input);

  /// Makes the operation fail; tfjs-node throws the error.
  void fail(const std::string& message);

  /// A new tensor with undefined content.
  float* output(int index, const std::vector<int64_t>& shape) {
    return static_cast<float*>(allocate(index, shape, TF_FLOAT));
  }
  int32_t* int_output(int index, const std::vector<int64_t>& shape) {
    return static_cast<int32_t*>(allocate(index, shape, TF_INT32));
  }

 private:
  TF_Tensor* tensor(int input);
  void* data(int input);
  void* allocate(int index, const std::vector<int64_t>& shape, TF_DataType type);

  TF_OpKernelContext* context_;
  TF_Status* status_;
  std::vector<TF_Tensor*> inputs_;
  std::vector<TF_Tensor*> outputs_;
};

/// A TensorFlow operation with its CPU kernel. Inputs and outputs use TensorFlow's notation: "dense: float".
struct Operation {
  const char* name;
  std::vector<const char*> inputs;
  std::vector<const char*> outputs;
};

void declare(const Operation& operation, void (*compute)(void*, TF_OpKernelContext*));

/// Registers an operation when the addon is loaded: `const Declared<compute> declared{{"Name", {"x: float"}, {"y: float"}}};`
template <void (*compute)(Call&)>
struct Declared {
  explicit Declared(const Operation& operation) {
    declare(operation, [](void*, TF_OpKernelContext* context) {
      Call call(context);
      compute(call);
    });
  }
};
