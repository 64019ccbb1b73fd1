#include "worker-threads.h"

#include <sched.h>

#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <thread>

namespace {

int allowed_cpus() {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof(allowed), &allowed) == 0) return std::max(1, CPU_COUNT(&allowed));
  return std::max(1u, std::thread::hardware_concurrency());
}

/// Threads that sleep between kernels. They end with the process, because kernels may run until it exits.
class WorkerThreads {
 public:
  explicit WorkerThreads(int count) {
    for (int i = 0; i < count; i++) std::thread([this] { serve(); }).detach();
  }

  void run(int parts, const std::function<void(int)>& work) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      work_ = &work;
      next_ = 0;
      parts_ = parts;
      open_ = parts;
    }
    begin_.notify_all();
    take_parts();
    std::unique_lock<std::mutex> lock(mutex_);
    done_.wait(lock, [this] { return open_ == 0; });
    work_ = nullptr;
  }

 private:
  void serve() {
    for (;;) {
      {
        std::unique_lock<std::mutex> lock(mutex_);
        begin_.wait(lock, [this] { return work_ != nullptr && next_ < parts_; });
      }
      take_parts();
    }
  }

  void take_parts() {
    for (;;) {
      const std::function<void(int)>* work;
      int part;
      {
        std::lock_guard<std::mutex> lock(mutex_);
        if (work_ == nullptr || next_ >= parts_) return;
        work = work_;
        part = next_++;
      }
      (*work)(part);
      std::lock_guard<std::mutex> lock(mutex_);
      if (--open_ == 0) done_.notify_one();
    }
  }

  std::mutex mutex_;
  std::condition_variable begin_;
  std::condition_variable done_;
  const std::function<void(int)>* work_ = nullptr;
  int parts_ = 0;
  int next_ = 0;
  int open_ = 0;
};

}  // namespace

int thread_count() {
  static const int count = [] {
    const char* asked = std::getenv("TF_NUM_INTRAOP_THREADS");
    const int number = asked == nullptr ? 0 : std::atoi(asked);
    return number > 0 ? number : allowed_cpus();
  }();
  return count;
}

void run_parts(int parts, const std::function<void(int)>& work) {
  static WorkerThreads& workers = *new WorkerThreads(thread_count() - 1);
  // TensorFlow may run kernels of several contexts at the same time. Running them one after the other uses the same cores.
  static std::mutex& one_at_a_time = *new std::mutex();
  std::lock_guard<std::mutex> lock(one_at_a_time);
  workers.run(parts, work);
}
