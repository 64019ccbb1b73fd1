#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tensorflow/c/kernels.h"

/// What a kernel is called with. All tensors are on the CPU and whole; the JavaScript side has checked shapes and ids.
class Call {
 public:
  explicit Call(TF_OpKernelContext* context) : context_(context), status_(TF_NewStatus()) {}
  ~Call();
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  const float* floats(int input) { return static_cast<const float*>(data(input)); }
  const int32_t* ints(int input) { return static_cast<const int32_t*>(data(input)); }
  /// An input's memory to write into. The JavaScript side passes only tensors that nobody else holds.
  float* in_place(int input) { return static_cast<float*>(data(input)); }

  /// The size of an input's axis; an axis that it does not have has size 1.
  int64_t axis(int input, int axis);
  int64_t size(int input);
  std::vector<int64_t> shape(int input);

  /// Makes the call an error of the operation, which tfjs-node throws.
  void fail(const std::string& message);

  /// New tensors with undefined content.
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

/// An operation of TensorFlow's with its kernel for the CPU. Inputs and outputs are written as TensorFlow does: "dense: float".
struct Operation {
  const char* name;
  std::vector<const char*> inputs;
  std::vector<const char*> outputs;
};

void declare(const Operation& operation, void (*compute)(void*, TF_OpKernelContext*));

/// Declares an operation when the addon is loaded: `const Declared<compute> declared{{"Name", {"x: float"}, {"y: float"}}};`
template <void (*compute)(Call&)>
struct Declared {
  explicit Declared(const Operation& operation) {
    declare(operation, [](void*, TF_OpKernelContext* context) {
      Call call(context);
      compute(call);
    });
  }
};
