#include <dlfcn.h>
#include <fcntl.h>
#include <node_api.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace {

/// Whether messages of the lowest level should be suppressed.
bool quiet() {
  const char* level = std::getenv("TF_CPP_MIN_LOG_LEVEL");
  return level != nullptr && std::atoi(level) > 0;
}

/// The library is found through this file's own run path.
bool load() { return dlopen("libtensorflow_framework.so.2", RTLD_LAZY | RTLD_LOCAL) != nullptr; }

bool load_quietly() {
  std::fflush(stderr);
  const int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
  const int before = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
  if (nothing < 0 || before < 0) return load();
  dup2(nothing, STDERR_FILENO);
  const bool loaded = load();
  std::fflush(stderr);
  dup2(before, STDERR_FILENO);
  close(before);
  close(nothing);
  return loaded;
}

}  // namespace

// Loading TensorFlow logs a line at the lowest level before TensorFlow reads TF_CPP_MIN_LOG_LEVEL. This addon is loaded before the
// binding, and loads the library that logs with stderr silenced.
NAPI_MODULE_INIT() {
  if (!(quiet() ? load_quietly() : load())) napi_throw_error(env, nullptr, dlerror());
  return exports;
}
