/* Draws keyed by (citizen, name, count) and laws as quantile functions, as in sim/engine/luck.py and quantiles.py. */
#include <math.h>
#include <stdint.h>

static const uint64_t GOLDEN = 0x9E3779B97F4A7C15u;

static inline uint64_t mixed(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

static inline double uniform(uint64_t base, uint64_t name, uint64_t count) { /* 0 < u < 1 */
  return ((double)(mixed(base + name + count * GOLDEN) >> 12) + 0.5) * 0x1p-52;
}

enum { NEVER, EXPONENTIAL, LOGNORMAL, TABLE };
enum { POINTS = 4097, MOST_TABLES = 16 };
static const double REACH = 8.3;

typedef struct {
  int kind, table;
  double a, b;
  uint64_t name;
} Law;

static double tables[MOST_TABLES][POINTS];

static double ratio(double r, const double *top, const double *bottom) {
  double above = top[7], below = bottom[7];
  for (int power = 6; power >= 0; power--) {
    above = above * r + top[power];
    below = below * r + bottom[power];
  }
  return above / below;
}

/* Algorithm AS 241, PPND16: Wichura, M. J. (1988), Applied Statistics 37(3), 477-484. */
static double normal_score(double u) {
  static const double centre_top[] = {
      3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
      4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3};
  static const double centre_bottom[] = {
      1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
      2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3};
  static const double middle_top[] = {
      1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
      1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4};
  static const double middle_bottom[] = {
      1.0, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
      1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9};
  static const double tail_top[] = {
      6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 2.96560571828504891230e-1,
      2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7};
  static const double tail_bottom[] = {
      1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
      7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15};
  double q = u - 0.5;
  if (fabs(q) <= 0.425) return q * ratio(0.180625 - q * q, centre_top, centre_bottom);
  double r = sqrt(-log(q < 0 ? u : 1 - u));
  double score = r <= 5 ? ratio(r - 1.6, middle_top, middle_bottom) : ratio(r - 5, tail_top, tail_bottom);
  return q < 0 ? -score : score;
}

static double drawn(const Law *law, uint64_t base, uint64_t count) {
  double u = uniform(base, law->name, count);
  if (law->kind == EXPONENTIAL) return -law->a * log(1 - u);
  if (law->kind == LOGNORMAL) return exp(law->a + law->b * normal_score(u));
  const double *table = tables[law->table];
  double place = (normal_score(u) + REACH) * ((POINTS - 1) / (2 * REACH));
  int below = place < 0 ? 0 : place > POINTS - 2 ? POINTS - 2 : (int)place;
  return law->a * exp(table[below] + (table[below + 1] - table[below]) * (place - below));
}
