/* Any pathway of stages, read as numbers: what a general engine written in C takes.
 *
 * Draws are keyed by (citizen, name of the draw, count), as in sim/engine/luck.py; laws are quantile functions, as in
 * sim/engine/quantiles.py; what befalls a citizen is kept citizen by citizen. The pathway comes on standard input, in
 * the order in which `read_pathway` takes it; pathway.py writes it.
 *
 * generic CITIZENS SEED < pathway  prints the CPU seconds of the simulating and the means, as JSON.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "cpu.h"
#include "laws.h"

/* -- the pathway --------------------------------------------------------------------------------------------------- */

enum { MOST_STAGES = 32, MOST_ROUTES = 8 };
enum { NOBODY = -1, DELAY = -1, LEAVE = -1 };

typedef struct {
  int team, is_help, routes; /* team DELAY: nobody works, the law is in days */
  Law takes, patience;
  uint64_t route_name;
  double share[MOST_ROUTES]; /* cumulative */
  int next[MOST_ROUTES];
} Stage;

typedef struct {
  int32_t first, last, idle;
} Team;

static Law between_arrivals;
static Stage stages[MOST_STAGES];
static Team teams[MOST_STAGES];

static void read_law(Law *law) {
  if (scanf("%d %d %lf %lf %" SCNu64, &law->kind, &law->table, &law->a, &law->b, &law->name) != 5) exit(3);
}

static void read_stage(Stage *stage) {
  if (scanf("%d %d %" SCNu64, &stage->team, &stage->is_help, &stage->route_name) != 3) exit(3);
  read_law(&stage->takes);
  read_law(&stage->patience);
  if (scanf("%d", &stage->routes) != 1 || stage->routes > MOST_ROUTES) exit(3);
  for (int i = 0; i < stage->routes; i++)
    if (scanf("%lf %d", &stage->share[i], &stage->next[i]) != 2) exit(3);
}

static void read_pathway(void) {
  int number_of_teams, number_of_stages, number_of_tables;
  read_law(&between_arrivals);
  if (scanf("%d %d %d", &number_of_teams, &number_of_stages, &number_of_tables) != 3) exit(3);
  if (number_of_teams > MOST_STAGES || number_of_stages > MOST_STAGES || number_of_tables > MOST_TABLES) exit(3);
  for (int i = 0; i < number_of_teams; i++) {
    teams[i].first = teams[i].last = NOBODY;
    if (scanf("%d", &teams[i].idle) != 1) exit(3);
  }
  for (int i = 0; i < number_of_stages; i++) read_stage(&stages[i]);
  for (int i = 0; i < number_of_tables; i++)
    for (int point = 0; point < POINTS; point++)
      if (scanf("%lf", &tables[i][point]) != 1) exit(3);
}

/* -- who is in the system, and what has befallen everybody --------------------------------------------------------- */

enum { WAITING, SEEN, AWAY };

typedef struct {
  uint64_t base;
  double joined;
  int32_t number, count; /* of the citizen; of stages joined so far */
  int32_t next, previous, place; /* neighbours in the line; place among what falls due */
  int16_t stage, doing;
} Citizen;

typedef struct {
  double arrived, wait_days, staff_hours, days_to_help; /* days_to_help negative: never */
  int32_t contacts, reentries, waits, gave_up;
} Fate;

typedef struct {
  double due;
  int64_t order; /* of scheduling: the earlier comes first at the same time */
  int32_t who;
} Event;

static Citizen *in_system;
static Fate *fates;
static Event *heap;
static int32_t size, used, room, first_free = NOBODY;
static int64_t scheduled;
static double now;

static inline int is_before(const Event *one, const Event *other) {
  return one->due < other->due || (one->due == other->due && one->order < other->order);
}

static inline void put(int32_t place, Event event) {
  heap[place] = event;
  in_system[event.who].place = place;
}

static void rise(int32_t place, Event event) {
  while (place > 0 && is_before(&event, &heap[(place - 1) >> 2])) {
    put(place, heap[(place - 1) >> 2]);
    place = (place - 1) >> 2;
  }
  put(place, event);
}

static void sink(int32_t place, Event event) {
  for (int32_t first; (first = 4 * place + 1) < size;) {
    int32_t end = first + 4 < size ? first + 4 : size, least = first;
    for (int32_t other = first + 1; other < end; other++)
      if (is_before(&heap[other], &heap[least])) least = other;
    if (!is_before(&heap[least], &event)) break;
    put(place, heap[least]);
    place = least;
  }
  put(place, event);
}

static void expect(int32_t who, double due) { /* the one event of somebody: new, or at another time */
  Event event = {due, scheduled++, who};
  int32_t place = in_system[who].place;
  if (place == NOBODY) rise(size++, event);
  else if (is_before(&heap[place], &event)) sink(place, event);
  else rise(place, event);
}

static void forget(int32_t who) { /* of what stands at the top */
  in_system[who].place = NOBODY;
  if (--size > 0) sink(0, heap[size]);
}

static int32_t slot(void) {
  int32_t who = first_free;
  if (who != NOBODY) {
    first_free = in_system[who].next;
    return who;
  }
  if (used == room) {
    room *= 2;
    in_system = realloc(in_system, room * sizeof *in_system);
    heap = realloc(heap, room * sizeof *heap);
  }
  return used++;
}

/* -- what happens -------------------------------------------------------------------------------------------------- */

static void start(int32_t who) {
  Citizen *citizen = &in_system[who];
  const Stage *stage = &stages[citizen->stage];
  Fate *fate = &fates[citizen->number];
  double hours = drawn(&stage->takes, citizen->base, citizen->count), waited = now - citizen->joined;
  fate->wait_days += waited;
  fate->waits += waited > 0;
  fate->staff_hours += hours;
  fate->contacts++;
  if (stage->is_help && fate->days_to_help < 0) fate->days_to_help = now - fate->arrived;
  citizen->doing = SEEN;
  expect(who, now + hours / 24);
}

static void leave_line(int32_t who) {
  Citizen *citizen = &in_system[who];
  Team *team = &teams[stages[citizen->stage].team];
  *(citizen->previous == NOBODY ? &team->first : &in_system[citizen->previous].next) = citizen->next;
  *(citizen->next == NOBODY ? &team->last : &in_system[citizen->next].previous) = citizen->previous;
}

static void wait_in_line(int32_t who, const Stage *stage) {
  Citizen *citizen = &in_system[who];
  Team *team = &teams[stage->team];
  citizen->doing = WAITING;
  citizen->next = NOBODY;
  citizen->previous = team->last;
  if (team->last == NOBODY)
    team->first = who;
  else
    in_system[team->last].next = who;
  team->last = who;
  if (stage->patience.kind != NEVER)
    expect(who, now + drawn(&stage->patience, citizen->base, citizen->count));
  else if (citizen->place != NOBODY)
    forget(who);
}

static void join(int32_t who, int number) {
  Citizen *citizen = &in_system[who];
  const Stage *stage = &stages[number];
  citizen->stage = number;
  citizen->count++;
  citizen->joined = now;
  if (stage->team == DELAY) {
    fates[citizen->number].reentries++;
    citizen->doing = AWAY;
    expect(who, now + drawn(&stage->takes, citizen->base, citizen->count));
  } else if (teams[stage->team].idle) {
    teams[stage->team].idle--;
    start(who);
  } else {
    wait_in_line(who, stage);
  }
}

static void gone(int32_t who) {
  forget(who);
  in_system[who].next = first_free;
  first_free = who;
}

static void onward(int32_t who) {
  const Stage *stage = &stages[in_system[who].stage];
  double u = uniform(in_system[who].base, stage->route_name, in_system[who].count);
  int route = 0;
  while (route < stage->routes - 1 && u >= stage->share[route]) route++;
  if (stage->next[route] == LEAVE) gone(who);
  else join(who, stage->next[route]);
}

static void happens(int32_t who) { /* the event at the top of the heap */
  Citizen *citizen = &in_system[who];
  Fate *fate = &fates[citizen->number];
  if (citizen->doing == WAITING) {
    fate->wait_days += now - citizen->joined;
    fate->gave_up = 1;
    leave_line(who);
    gone(who);
    return;
  }
  int team = citizen->doing == SEEN ? stages[citizen->stage].team : DELAY;
  onward(who);
  if (team == DELAY) return;
  int32_t next = teams[team].first; /* a post freed goes to the first in line, in the same instant */
  if (next == NOBODY) {
    teams[team].idle++;
  } else {
    leave_line(next);
    start(next);
  }
}

static void simulate(long citizens, uint64_t seed) {
  uint64_t replication = mixed(mixed(seed + GOLDEN) + GOLDEN);
  uint64_t base = mixed(mixed(replication) + GOLDEN);
  double arrives = drawn(&between_arrivals, base, 0);
  long number = 0;
  room = 1024;
  in_system = malloc(room * sizeof *in_system);
  heap = malloc(room * sizeof *heap);
  fates = malloc(citizens * sizeof *fates);
  while (number < citizens || size > 0) {
    if (size == 0 || arrives < heap[0].due) {
      int32_t who = slot();
      now = arrives;
      in_system[who] = (Citizen){.base = base, .number = number, .place = NOBODY};
      fates[number++] = (Fate){.arrived = now, .days_to_help = -1};
      base = mixed(mixed(replication + number * GOLDEN) + GOLDEN);
      arrives = number < citizens ? now + drawn(&between_arrivals, base, 0) : INFINITY;
      join(who, 0);
    } else {
      now = heap[0].due;
      happens(heap[0].who);
    }
  }
}

static void write_means(long citizens) {
  double n = citizens, wait = 0, waited = 0, hours = 0, to_help = 0;
  double contacts = 0, reentries = 0, gave_up = 0, helped = 0;
  for (long i = 0; i < citizens; i++) {
    const Fate *fate = &fates[i];
    wait += fate->wait_days, waited += fate->waits, hours += fate->staff_hours;
    contacts += fate->contacts, reentries += fate->reentries, gave_up += fate->gave_up;
    if (fate->days_to_help >= 0) helped++, to_help += fate->days_to_help;
  }
  printf("\"mean_wait_days\": %.17g, \"waited\": %.17g, ", wait / n, waited / n);
  printf("\"mean_contacts\": %.17g, \"mean_staff_hours\": %.17g, ", contacts / n, hours / n);
  printf("\"mean_reentries\": %.17g, \"gave_up\": %.17g, \"helped\": %.17g, ", reentries / n, gave_up / n, helped / n);
  printf("\"mean_days_to_help_if_helped\": %.17g", helped ? to_help / helped : 0.0);
}

int main(int count, char **words) {
  if (count != 3) return 2;
  long citizens = atol(words[1]);
  read_pathway();
  printf("{\"means\": {");
  Cpu before = cpu();
  simulate(citizens, strtoull(words[2], NULL, 10));
  write_means(citizens);
  Cpu after = cpu();
  printf("}, \"user\": %.6f, \"system\": %.6f}\n", after.user - before.user, after.system - before.system);
  return 0;
}
