#include <node_api.h>

#include <cstdlib>

#include "absl/base/log_severity.h"
#include "absl/log/globals.h"

// TensorFlow reads TF_CPP_MIN_LOG_LEVEL only after its library is loaded, but loading already logs. This file links to the library's
// logging part and is loaded before the rest.
NAPI_MODULE_INIT() {
  (void)env;
  if (const char* level = std::getenv("TF_CPP_MIN_LOG_LEVEL"))
    absl::SetMinLogLevel(static_cast<absl::LogSeverityAtLeast>(std::atoi(level)));
  return exports;
}
