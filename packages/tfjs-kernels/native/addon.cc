#include <node_api.h>

// Loading this file is all there is to it: static objects declare the operations to TensorFlow.
NAPI_MODULE_INIT() {
  (void)env;
  return exports;
}
