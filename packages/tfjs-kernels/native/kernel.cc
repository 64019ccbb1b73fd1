#include "kernel.h"

#include "tensorflow/c/ops.h"
#include "tensorflow/c/tf_tensor.h"

namespace {

void no_shape(TF_ShapeInferenceContext* context, TF_Status* status) {
  TF_ShapeInferenceContextSetUnknownShape(context, status);
}

void* nothing(TF_OpKernelConstruction*) { return nullptr; }

void keep_nothing(void*) {}

}  // namespace

Call::~Call() {
  for (TF_Tensor* tensor : inputs_) if (tensor != nullptr) TF_DeleteTensor(tensor);
  for (TF_Tensor* tensor : outputs_) TF_DeleteTensor(tensor);
  TF_DeleteStatus(status_);
}

TF_Tensor* Call::tensor(int input) {
  if (inputs_.empty()) inputs_.resize(TF_NumInputs(context_), nullptr);
  TF_Tensor*& tensor = inputs_.at(input);
  if (tensor == nullptr) TF_GetInput(context_, input, &tensor, status_);
  return tensor;
}

void* Call::data(int input) { return TF_TensorData(tensor(input)); }

int64_t Call::axis(int input, int axis) {
  return axis < TF_NumDims(tensor(input)) ? TF_Dim(tensor(input), axis) : 1;
}

int64_t Call::size(int input) { return TF_TensorElementCount(tensor(input)); }

std::vector<int64_t> Call::shape(int input) {
  std::vector<int64_t> shape(TF_NumDims(tensor(input)));
  for (size_t axis = 0; axis < shape.size(); axis++) shape[axis] = TF_Dim(tensor(input), static_cast<int>(axis));
  return shape;
}

void Call::fail(const std::string& message) {
  TF_SetStatus(status_, TF_INVALID_ARGUMENT, message.c_str());
  TF_OpKernelContext_Failure(context_, status_);
}

void* Call::allocate(int index, const std::vector<int64_t>& shape, TF_DataType type) {
  size_t bytes = TF_DataTypeSize(type);
  for (int64_t axis : shape) bytes *= axis;
  TF_Tensor* tensor =
      TF_AllocateOutput(context_, index, type, shape.data(), static_cast<int>(shape.size()), bytes, status_);
  outputs_.push_back(tensor);
  return TF_TensorData(tensor);
}

void declare(const Operation& operation, void (*compute)(void*, TF_OpKernelContext*)) {
  TF_OpDefinitionBuilder* definition = TF_NewOpDefinitionBuilder(operation.name);
  for (const char* input : operation.inputs) TF_OpDefinitionBuilderAddInput(definition, input);
  for (const char* output : operation.outputs) TF_OpDefinitionBuilderAddOutput(definition, output);
  // Some operations write in place and all run eagerly, so TensorFlow must not fold or merge them.
  TF_OpDefinitionBuilderSetIsStateful(definition, true);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(definition, no_shape);
  TF_Status* status = TF_NewStatus();
  TF_RegisterOpDefinition(definition, status);
  TF_KernelBuilder* builder = TF_NewKernelBuilder(operation.name, "CPU", nothing, compute, keep_nothing);
  if (TF_GetCode(status) == TF_OK) TF_RegisterKernelBuilder(operation.name, builder, status);
  TF_DeleteStatus(status);
}
