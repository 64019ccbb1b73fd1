#include <node_api.h>

#include <cstdlib>

#include "absl/base/log_severity.h"
#include "absl/log/globals.h"

// TensorFlow heeds TF_CPP_MIN_LOG_LEVEL only once its library is loaded, and loading it already logs. This file links to the part of the
// library that logs, and is loaded before the rest.
NAPI_MODULE_INIT() {
  (void)env;
  if (const char* level = std::getenv("TF_CPP_MIN_LOG_LEVEL"))
    absl::SetMinLogLevel(static_cast<absl::LogSeverityAtLeast>(std::atoi(level)));
  return exports;
}
