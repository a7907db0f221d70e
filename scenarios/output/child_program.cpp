#include "scenarios/output/child_program.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX has it in no header

namespace amaneku::scenarios {
namespace {

constexpr int kNoSuchProgram = 127;

/// Where a child's streams go.
class Streams {
 public:
  explicit Streams(bool silent) {
    posix_spawn_file_actions_init(&actions_);
    if (!silent) return;
    for (const int stream : {STDOUT_FILENO, STDERR_FILENO})
      posix_spawn_file_actions_addopen(&actions_, stream, "/dev/null", O_WRONLY, 0);
  }
  ~Streams() { posix_spawn_file_actions_destroy(&actions_); }
  Streams(const Streams&) = delete;
  Streams& operator=(const Streams&) = delete;
  [[nodiscard]] const posix_spawn_file_actions_t* actions() const noexcept { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

}  // namespace

ChildEnd run_program(std::vector<std::string> arguments, bool silent) {
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  const Streams streams(silent);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, pointers[0], streams.actions(), nullptr, pointers.data(), environ);
  if (failed == ENOENT) return ChildEnd::missing;
  if (failed != 0) return ChildEnd::failed;
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return ChildEnd::failed;
  }
  if (!WIFEXITED(status)) return ChildEnd::failed;
  if (WEXITSTATUS(status) == kNoSuchProgram) return ChildEnd::missing;
  return WEXITSTATUS(status) == 0 ? ChildEnd::done : ChildEnd::failed;
}

}  // namespace amaneku::scenarios
