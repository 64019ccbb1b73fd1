#include <node_api.h>

// Loading this file is enough: static objects register the operations with TensorFlow.
NAPI_MODULE_INIT() {
  (void)env;
  return exports;
}
