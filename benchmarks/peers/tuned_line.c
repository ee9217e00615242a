/* W1 by hand: five ends of work, the next arrival, and a ring of the times of joining. The limit.
 *
 * tuned_line CITIZENS SEED  prints the CPU seconds of the simulating and the means, as JSON.
 */
#include <stdio.h>
#include <stdlib.h>

#include "cpu.h"
#include "stream.h"

enum { POSTS = 5 };

static double *ring;
static long ring_room, first_waiting, number_waiting;

static void join(double now) {
  if (number_waiting == ring_room) {
    double *wider = malloc(2 * ring_room * sizeof *wider);
    for (long i = 0; i < number_waiting; i++) wider[i] = ring[(first_waiting + i) & (ring_room - 1)];
    free(ring);
    ring = wider;
    ring_room *= 2;
    first_waiting = 0;
  }
  ring[(first_waiting + number_waiting++) & (ring_room - 1)] = now;
}

static double next_in_line(void) {
  double joined = ring[first_waiting];
  first_waiting = (first_waiting + 1) & (ring_room - 1);
  number_waiting--;
  return joined;
}

static void line(long citizens) {
  const double between = 1 / 27.0, work = 4 / 24.0;
  double ends[POSTS], now, arrives = exponential(between), total = 0;
  long waited = 0, to_come = citizens, idle = POSTS;
  ring = malloc((ring_room = 1024) * sizeof *ring);
  for (int post = 0; post < POSTS; post++) ends[post] = INFINITY;
  while (to_come > 0 || idle < POSTS) {
    int post = 0;
    for (int other = 1; other < POSTS; other++)
      if (ends[other] < ends[post]) post = other;
    if (arrives <= ends[post]) {
      now = arrives;
      arrives = --to_come ? now + exponential(between) : INFINITY;
      if (!idle) {
        join(now);
        continue;
      }
      for (post = 0; ends[post] < INFINITY; post++) continue;
      idle--;
    } else {
      now = ends[post];
      if (!number_waiting) {
        ends[post] = INFINITY;
        idle++;
        continue;
      }
      total += now - next_in_line();
      waited++;
    }
    ends[post] = now + exponential(work);
  }
  free(ring);
  printf("\"mean_wait_days\": %.17g, \"waited\": %.17g", total / citizens, (double)waited / citizens);
}

int main(int count, char **words) {
  if (count != 3) return 2;
  seeded(strtoull(words[2], NULL, 10));
  printf("{\"means\": {");
  Cpu before = cpu();
  line(atol(words[1]));
  Cpu after = cpu();
  printf("}, \"user\": %.6f, \"system\": %.6f}\n", after.user - before.user, after.system - before.system);
  return 0;
}
