/* Luck as one stream of numbers, and the laws of W1 and W2 drawn from it: xoshiro256+ (Blackman and Vigna 2018). */
#include <math.h>
#include <stdint.h>

static uint64_t state[4];

static void seeded(uint64_t seed) {
  for (int i = 0; i < 4; i++) {
    uint64_t x = (seed += 0x9E3779B97F4A7C15u);
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    state[i] = x ^ (x >> 31);
  }
}

static inline double uniform(void) { /* 0 < u < 1 */
  uint64_t sum = state[0] + state[3], moved = state[1] << 17;
  state[2] ^= state[0];
  state[3] ^= state[1];
  state[1] ^= state[2];
  state[0] ^= state[3];
  state[2] ^= moved;
  state[3] = (state[3] << 45) | (state[3] >> 19);
  return ((double)(sum >> 12) + 0.5) * 0x1p-52;
}

static inline double exponential(double mean) { return -mean * log(uniform()); }

static double spare;
static int has_spare;

static inline double normal(void) { /* Marsaglia's polar method: two at a time */
  if (has_spare) {
    has_spare = 0;
    return spare;
  }
  double x, y, square;
  do {
    x = 2 * uniform() - 1;
    y = 2 * uniform() - 1;
    square = x * x + y * y;
  } while (square >= 1);
  double scale = sqrt(-2 * log(square) / square);
  spare = y * scale;
  has_spare = 1;
  return x * scale;
}

static inline double gamma_law(double shape, double scale) { /* Marsaglia and Tsang 2000; shape at least 1 */
  double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
  for (;;) {
    double x = normal(), v = 1 + c * x;
    if (v <= 0) continue;
    v = v * v * v;
    double u = uniform();
    if (u < 1 - 0.0331 * x * x * x * x || log(u) < 0.5 * x * x + d * (1 - v + log(v))) return d * v * scale;
  }
}
