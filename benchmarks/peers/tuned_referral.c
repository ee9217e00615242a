/* W2 by hand: every number and step of the pathway is written into the program, and nothing is general. The limit.
 *
 * A heap of four branches in which everyone knows their place, waiting lines linked through the slots of those in the
 * system, slots used again. Giving up is an event like any other.
 *
 * tuned_referral CITIZENS SEED  prints the CPU seconds of the simulating and the means, as JSON.
 */
#include <stdio.h>
#include <stdlib.h>

#include "cpu.h"
#include "stream.h"

/* -- who is in the system, what falls due, the four lines ---------------------------------------------------------- */

enum { CONTACT, ASSESSMENT, ELSEWHERE, HELP, TEAMS };
enum { WAITING, SEEN, AWAY };

typedef struct {
  double arrived, joined;
  int32_t next, previous, place; /* neighbours in the line, or -1; place in the heap, or -1 */
  uint8_t team, doing, was_helped;
} Citizen;

typedef struct {
  double due;
  int32_t who;
} Event;

typedef struct {
  int32_t first, last, idle;
} Team;

static Citizen *in_system;
static Event *heap;
static int32_t size, used, room, first_free;
static Team teams[TEAMS];
static double now, waits, staff_hours, days_to_help;
static long contacts, reentries, gave_up, helped;

static inline void put(int32_t place, Event event) {
  heap[place] = event;
  in_system[event.who].place = place;
}

static void rise(int32_t place, Event event) {
  while (place > 0) {
    int32_t above = (place - 1) >> 2;
    if (heap[above].due <= event.due) break;
    put(place, heap[above]);
    place = above;
  }
  put(place, event);
}

static void sink(int32_t place, Event event) {
  for (int32_t first; (first = 4 * place + 1) < size;) {
    int32_t end = first + 4 < size ? first + 4 : size, least = first;
    for (int32_t other = first + 1; other < end; other++)
      if (heap[other].due < heap[least].due) least = other;
    if (heap[least].due >= event.due) break;
    put(place, heap[least]);
    place = least;
  }
  put(place, event);
}

static void expect(int32_t who, double due) { /* the one event of somebody: new, or at another time */
  Event event = {due, who};
  int32_t place = in_system[who].place;
  if (place < 0)
    rise(size++, event);
  else if (heap[place].due < due)
    sink(place, event);
  else
    rise(place, event);
}

static void forget(int32_t who) { /* of what stands at the top: it has come, and nothing follows it yet */
  in_system[who].place = -1;
  if (--size > 0) sink(0, heap[size]);
}

static int32_t slot(void) {
  int32_t who = first_free;
  if (who >= 0) {
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

static void gone(int32_t who) {
  forget(who);
  in_system[who].next = first_free;
  first_free = who;
}

/* -- the pathway --------------------------------------------------------------------------------------------------- */

static double assessment_middle, assessment_spread, elsewhere_middle, elsewhere_spread;

static void lognormal_of(double mean, double sd, double *middle, double *spread) {
  double variance = log1p(sd * sd / (mean * mean));
  *middle = log(mean) - variance / 2;
  *spread = sqrt(variance);
}

static inline double hours_of(int team) {
  switch (team) {
    case CONTACT: return exponential(0.65);
    case ASSESSMENT: return exp(assessment_middle + assessment_spread * normal());
    case ELSEWHERE: return exp(elsewhere_middle + elsewhere_spread * normal());
    default: return gamma_law(14.0 * 14.0 / 36.0, 36.0 / 14.0);
  }
}

static void start(int32_t who) {
  Citizen *citizen = &in_system[who];
  double hours = hours_of(citizen->team);
  waits += now - citizen->joined;
  staff_hours += hours;
  contacts++;
  if (citizen->team == HELP && !citizen->was_helped) {
    citizen->was_helped = 1;
    helped++;
    days_to_help += now - citizen->arrived;
  }
  citizen->doing = SEEN;
  expect(who, now + hours / 24);
}

static void join_team(int32_t who, int number) {
  Citizen *citizen = &in_system[who];
  Team *team = &teams[number];
  citizen->team = number;
  citizen->joined = now;
  if (team->idle) {
    team->idle--;
    start(who);
    return;
  }
  citizen->doing = WAITING;
  citizen->next = -1;
  citizen->previous = team->last;
  if (team->last < 0)
    team->first = who;
  else
    in_system[team->last].next = who;
  team->last = who;
  if (number == ASSESSMENT)
    expect(who, now + exponential(2.0));
  else if (citizen->place >= 0)
    forget(who);
}

static void leave_line(int32_t who) {
  Citizen *citizen = &in_system[who];
  Team *team = &teams[citizen->team];
  if (citizen->previous < 0)
    team->first = citizen->next;
  else
    in_system[citizen->previous].next = citizen->next;
  if (citizen->next < 0)
    team->last = citizen->previous;
  else
    in_system[citizen->next].previous = citizen->previous;
}

static void away(int32_t who, double mean_days) {
  reentries++;
  in_system[who].doing = AWAY;
  expect(who, now + exponential(mean_days));
}

static void onward(int32_t who) { /* work is done; what now? */
  double u = uniform();
  switch (in_system[who].team) {
    case CONTACT:
      if (u < 0.175) away(who, 14);
      else if (u < 0.35) gone(who);
      else join_team(who, ASSESSMENT);
      return;
    case ASSESSMENT:
      if (u < 0.30) gone(who);
      else join_team(who, u < 0.58 ? ELSEWHERE : HELP);
      return;
    case ELSEWHERE: join_team(who, HELP); return;
    default:
      if (u < 0.20) away(who, 30);
      else gone(who);
  }
}

static void happens(int32_t who) { /* the event at the top of the heap */
  int team = in_system[who].team;
  switch (in_system[who].doing) {
    case SEEN: {
      onward(who); /* a post freed goes to the first in line, in the same instant */
      int32_t next = teams[team].first;
      if (next < 0) {
        teams[team].idle++;
      } else {
        leave_line(next);
        start(next);
      }
      return;
    }
    case AWAY: join_team(who, CONTACT); return;
    default:
      waits += now - in_system[who].joined;
      gave_up++;
      leave_line(who);
      gone(who);
  }
}

static void referral(long citizens) {
  static const int posts[TEAMS] = {2, 9, 3, 19};
  double arrives = exponential(1 / 48.0);
  long to_come = citizens;
  room = 1024, first_free = -1;
  in_system = malloc(room * sizeof *in_system);
  heap = malloc(room * sizeof *heap);
  for (int i = 0; i < TEAMS; i++) teams[i] = (Team){-1, -1, posts[i]};
  lognormal_of(4.5, 3.0, &assessment_middle, &assessment_spread);
  lognormal_of(5.5, 3.0, &elsewhere_middle, &elsewhere_spread);
  while (to_come > 0 || size > 0) {
    if (size == 0 || arrives < heap[0].due) {
      now = arrives;
      arrives = --to_come ? now + exponential(1 / 48.0) : INFINITY;
      int32_t who = slot();
      in_system[who] = (Citizen){.arrived = now, .place = -1};
      join_team(who, CONTACT);
    } else {
      now = heap[0].due;
      happens(heap[0].who);
    }
  }
  free(in_system);
  free(heap);
  double n = citizens;
  printf("\"mean_wait_days\": %.17g, \"mean_contacts\": %.17g, ", waits / n, contacts / n);
  printf("\"mean_staff_hours\": %.17g, ", staff_hours / n);
  printf("\"mean_reentries\": %.17g, \"gave_up\": %.17g, \"helped\": %.17g, ", reentries / n, gave_up / n, helped / n);
  printf("\"mean_days_to_help_if_helped\": %.17g", days_to_help / helped);
}

int main(int count, char **words) {
  if (count != 3) return 2;
  seeded(strtoull(words[2], NULL, 10));
  printf("{\"means\": {");
  Cpu before = cpu();
  referral(atol(words[1]));
  Cpu after = cpu();
  printf("}, \"user\": %.6f, \"system\": %.6f}\n", after.user - before.user, after.system - before.system);
  return 0;
}
