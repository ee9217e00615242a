/* CPU seconds of this process so far: in the program, and in the system on its behalf. */
#include <sys/resource.h>

typedef struct {
  double user, system;
} Cpu;

static Cpu cpu(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  struct timeval user = used.ru_utime, system = used.ru_stime;
  return (Cpu){user.tv_sec + user.tv_usec * 1e-6, system.tv_sec + system.tv_usec * 1e-6};
}
