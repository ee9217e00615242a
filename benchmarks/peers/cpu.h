/* CPU seconds of this process so far: in the program, and in the system on its behalf. */
#include <sys/resource.h>

typedef struct {
  double user, system;
} Cpu;

static Cpu cpu(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  Cpu seconds = {used.ru_utime.tv_sec + used.ru_utime.tv_usec * 1e-6, used.ru_stime.tv_sec + used.ru_stime.tv_usec * 1e-6};
  return seconds;
}
