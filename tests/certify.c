/* The constants of the laws, and the errors of the laws, enclosed by ball arithmetic (Arb).

     certify constants      write tests/reference/certified.tsv
     certify errors         write data/errors.tsv
     certify compare A B    TAP: do the balls of two such tables overlap, row by row?

   Every number is a ball, a midpoint and a radius, that contains the true value: Arb bounds the
   rounding, and what is cut off (ends of integrals, tails of series) is added as a radius that
   is derived where it is added.  Nothing here is shared with src/.  The settings are decimal
   fractions, so that they are exact. */
#include <acb.h>
#include <acb_calc.h>
#include <acb_hypgeom.h>
#include <arb.h>
#include <arb_hypgeom.h>
#include <arb_poly.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS = 30, PREC = 192, PREC_ERRORS = 384 };

/* ---- settings: alpha, S, R(0); eta = 1, infinitely many skills */

struct settings {
    const char *alpha, *target, *initial;
};

struct model {
    slong prec;
    arb_t alpha, beta, s, S, R0, c, logc, A; /* beta = alpha + 1, s = alpha/beta, A = 1/zeta */
};

static void set_decimal(arb_t x, const char *text, slong prec)
{
    if (arb_set_str(x, text, prec)) {
        fprintf(stderr, "certify: '%s' is no number\n", text);
        exit(2);
    }
}

static void model_init(struct model *m, const struct settings *set, slong prec)
{
    arb_ptr all[] = {m->alpha, m->beta, m->s, m->S, m->R0, m->c, m->logc, m->A};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        arb_init(all[i]);
    m->prec = prec;
    set_decimal(m->alpha, set->alpha, prec);
    set_decimal(m->S, set->target, prec);
    set_decimal(m->R0, set->initial, prec);
    arb_add_si(m->beta, m->alpha, 1, prec);
    arb_div(m->s, m->alpha, m->beta, prec);
    arb_div(m->c, m->S, m->R0, prec);
    arb_sub_si(m->c, m->c, 1, prec);
    arb_log(m->logc, m->c, prec);
    arb_zeta(m->A, m->beta, prec);
    arb_inv(m->A, m->A, prec);
}

static void model_clear(struct model *m)
{
    arb_ptr all[] = {m->alpha, m->beta, m->s, m->S, m->R0, m->c, m->logc, m->A};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        arb_clear(all[i]);
}

/* ---- J by polylogarithms: Gamma(s) [Li_(s-1)(-c) - Li_s(-c)] */

static void integral_by_polylogarithms(arb_t J, const struct model *m)
{
    acb_t z, order, low, high;
    acb_init(z), acb_init(order), acb_init(low), acb_init(high);
    arb_neg(acb_realref(z), m->c);
    arb_set(acb_realref(order), m->s);
    acb_polylog(high, order, z, m->prec);
    acb_sub_si(order, order, 1, m->prec);
    acb_polylog(low, order, z, m->prec);
    acb_sub(low, low, high, m->prec);
    arb_gamma(J, m->s, m->prec);
    arb_mul(J, J, acb_realref(low), m->prec);
    acb_clear(z), acb_clear(order), acb_clear(low), acb_clear(high);
}

/* ---- int_b^inf u^(s-1) w(u) du by rigorous quadrature, w(u) = (1 + e^u/c)^-2 */

/* e^(s t) w(e^t); a ball around a pole has no inverse, and the integrator cuts it up. */
static int step_integrand(acb_ptr result, const acb_t t, void *params, slong order, slong prec)
{
    const struct model *m = params;
    acb_t w;
    (void)order;
    acb_init(w);
    acb_exp(w, t, prec);
    acb_exp(w, w, prec);
    acb_div_arb(w, w, m->c, prec);
    acb_add_si(w, w, 1, prec);
    acb_inv(w, w, prec);
    acb_mul(w, w, w, prec);
    acb_mul_arb(result, t, m->s, prec);
    acb_exp(result, result, prec);
    acb_mul(result, result, w, prec);
    acb_clear(w);
    return 0;
}

static void integrate(arb_t result, const arb_t from, const arb_t to, const struct model *m)
{
    acb_t a, b, sum;
    mag_t tolerance;
    acb_init(a), acb_init(b), acb_init(sum), mag_init(tolerance);
    arb_set(acb_realref(a), from);
    arb_set(acb_realref(b), to);
    mag_set_ui_2exp_si(tolerance, 1, -m->prec);
    acb_calc_integrate(sum, step_integrand, (void *)m, a, b, m->prec, tolerance, NULL, m->prec);
    arb_set(result, acb_realref(sum));
    acb_clear(a), acb_clear(b), acb_clear(sum), mag_clear(tolerance);
}

/* w(u) */
static void step(arb_t w, const arb_t u, const struct model *m)
{
    arb_exp(w, u, m->prec);
    arb_div(w, w, m->c, m->prec);
    arb_add_si(w, w, 1, m->prec);
    arb_inv(w, w, m->prec);
    arb_mul(w, w, w, m->prec);
}

/* Add 0 <= x <= bound to a ball. */
static void add_between_0_and(arb_t x, const arb_t bound, slong prec)
{
    arb_t half;
    mag_t radius;
    arb_init(half), mag_init(radius);
    arb_mul_2exp_si(half, bound, -1);
    arb_add(x, x, half, prec);
    arb_get_mag(radius, half);
    arb_add_error_mag(x, radius);
    arb_clear(half), mag_clear(radius);
}

/* From b = e^from: up to U = max(ln c, 1) + 70 by quadrature.  Beyond, w < c^2 e^(-2u) and
   u^(s-1) < 1, so that the rest lies between 0 and c^2 e^(-2U)/2. */
static void integral_from(arb_t result, const arb_t from, const struct model *m)
{
    arb_t U, rest;
    arb_init(U), arb_init(rest);
    arb_one(U);
    arb_max(U, U, m->logc, m->prec);
    arb_add_si(U, U, 70, m->prec);
    arb_sub(rest, m->logc, U, m->prec);
    arb_mul_2exp_si(rest, rest, 1);
    arb_exp(rest, rest, m->prec);
    arb_mul_2exp_si(rest, rest, -1);
    arb_log(U, U, m->prec);
    integrate(result, from, U, m);
    add_between_0_and(result, rest, m->prec);
    arb_clear(U), arb_clear(rest);
}

/* Below u = d = e^-90, w falls from w(0) to w(d), so that the head lies between w(d) d^s/s and
   w(0) d^s/s. */
static void integral_by_quadrature(arb_t J, const struct model *m)
{
    arb_t from, d, head, width;
    arb_init(from), arb_init(d), arb_init(head), arb_init(width);
    arb_set_si(from, -90);
    integral_from(J, from, m);
    arb_exp(d, from, m->prec);
    step(head, d, m);
    arb_zero(width);
    step(width, width, m);
    arb_sub(width, width, head, m->prec);
    arb_mul(from, from, m->s, m->prec);
    arb_exp(from, from, m->prec);
    arb_div(from, from, m->s, m->prec);
    arb_addmul(J, head, from, m->prec);
    arb_mul(width, width, from, m->prec);
    add_between_0_and(J, width, m->prec);
    arb_clear(from), arb_clear(d), arb_clear(head), arb_clear(width);
}

/* ---- the constants of the laws, without S^2/2 */

/* A^(1/beta)/beta */
static void density(arb_t x, const struct model *m)
{
    arb_inv(x, m->beta, m->prec);
    arb_pow(x, m->A, x, m->prec);
    arb_div(x, x, m->beta, m->prec);
}

static void time_constant(arb_t K, const arb_t J, const struct model *m)
{
    arb_t factor;
    arb_init(factor);
    arb_mul_2exp_si(factor, m->S, 1);
    arb_pow(factor, factor, m->s, m->prec);
    density(K, m);
    arb_mul(K, K, J, m->prec);
    arb_div(K, K, factor, m->prec);
    arb_clear(factor);
}

static void data_constant(arb_t K, const struct model *m)
{
    arb_t factor;
    arb_init(factor);
    density(K, m);
    arb_gamma(factor, m->s, m->prec);
    arb_mul(K, K, factor, m->prec);
    arb_div(factor, m->R0, m->S, m->prec);
    arb_sub_si(factor, factor, 1, m->prec);
    arb_mul(K, K, factor, m->prec);
    arb_mul(K, K, factor, m->prec);
    arb_clear(factor);
}

/* ---- the optimum of compute: the zero of Q(b) = alpha + 1 - (alpha + 2) w(b) - s H(b), with
   H(b) = b^-s int_b^inf u^(s-1) w(u) du.  Q rises with b, so two signs enclose its only zero. */

/* Q at b = e^y, and its derivative with respect to y:
   dQ/dy = (alpha + 2) 2 b w (1 - F) + s (s H + w) > 0, F^2 = w. */
static void stationarity(arb_t Q, arb_t slope, const arb_t y, const struct model *m)
{
    slong prec = m->prec;
    arb_t b, w, H, t;
    arb_init(b), arb_init(w), arb_init(H), arb_init(t);
    arb_exp(b, y, prec);
    step(w, b, m);
    integral_from(H, y, m);
    arb_mul(t, y, m->s, prec);
    arb_exp(t, t, prec);
    arb_div(H, H, t, prec);
    arb_mul(H, H, m->s, prec); /* now s H */
    arb_add_si(t, m->beta, 1, prec);
    arb_mul(t, t, w, prec);
    arb_sub(Q, m->beta, t, prec);
    arb_sub(Q, Q, H, prec);
    arb_mul(t, t, b, prec);
    arb_mul_2exp_si(t, t, 1);
    arb_sqrt(b, w, prec);
    arb_neg(b, b);
    arb_add_si(b, b, 1, prec);
    arb_mul(slope, t, b, prec);
    arb_add(H, H, w, prec);
    arb_addmul(slope, m->s, H, prec);
    arb_clear(b), arb_clear(w), arb_clear(H), arb_clear(t);
}

/* Newton's method from a bracket, on midpoints; then y +- 2^-120 has to show both signs. */
static void enclose_optimum(arb_t y, const struct model *m)
{
    double low = -12, high = 6;
    arb_t Q, slope, side;
    mag_t radius;
    arb_init(Q), arb_init(slope), arb_init(side), mag_init(radius);
    for (int i = 0; i < 12; i++) {
        arb_set_d(y, (low + high) / 2);
        stationarity(Q, slope, y, m);
        *(arb_is_negative(Q) ? &low : &high) = (low + high) / 2;
    }
    for (int i = 0; i < 7; i++) {
        stationarity(Q, slope, y, m);
        arb_div(Q, Q, slope, m->prec);
        arb_sub(y, y, Q, m->prec);
        arb_get_mid_arb(y, y);
    }
    mag_set_ui_2exp_si(radius, 1, -120);
    bool certain = true;
    for (int sign = -1; sign <= 1; sign += 2) {
        arb_set_si(side, sign);
        arb_mul_2exp_si(side, side, -120);
        arb_add(side, side, y, m->prec);
        stationarity(Q, slope, side, m);
        certain = certain && (sign < 0 ? arb_is_negative(Q) : arb_is_positive(Q));
    }
    if (!certain) {
        fputs("certify: the optimum of compute was not enclosed\n", stderr);
        exit(1);
    }
    arb_add_error_mag(y, radius);
    arb_clear(Q), arb_clear(slope), arb_clear(side), mag_clear(radius);
}

/* kappa* = b/(2 S A) and the constant kappa*^(alpha/(alpha+2)) A (alpha+2)/alpha (1 - w(b)) */
static void compute_constants(arb_t kappa, arb_t constant, const struct model *m)
{
    slong prec = m->prec;
    arb_t y, b, w, t;
    arb_init(y), arb_init(b), arb_init(w), arb_init(t);
    enclose_optimum(y, m);
    arb_exp(b, y, prec);
    step(w, b, m);
    arb_div(kappa, b, m->A, prec);
    arb_div(kappa, kappa, m->S, prec);
    arb_mul_2exp_si(kappa, kappa, -1);
    arb_add_si(t, m->beta, 1, prec);
    arb_div(t, m->alpha, t, prec);
    arb_pow(constant, kappa, t, prec);
    arb_mul(constant, constant, m->A, prec);
    arb_div(constant, constant, t, prec);
    arb_neg(w, w);
    arb_add_si(w, w, 1, prec);
    arb_mul(constant, constant, w, prec);
    arb_clear(y), arb_clear(b), arb_clear(w), arb_clear(t);
}

/* ---- tables */

/* Print a ball as two columns, midpoint and radius, in decimal and still an enclosure. */
static void print_ball(const arb_t x, slong digits)
{
    char *text = arb_get_str(x, digits, 0), *middle = text + (text[0] == '[');
    char *radius = strstr(text, " +/- ");
    if (!radius) {
        printf("\t%s\t0\n", middle);
    } else {
        radius[strlen(radius) - 1] = '\0';
        *radius = '\0';
        printf("\t%s\t%s\n", middle, radius + 5);
    }
    flint_free(text);
}

static void print_constant(const char *name, const struct settings *set, const arb_t x)
{
    if (arb_rel_accuracy_bits(x) < 3.33 * DIGITS) {
        fprintf(stderr, "certify: %s at alpha = %s is not known to %d digits\n", name, set->alpha,
                DIGITS);
        exit(1);
    }
    printf("%s\t%s\t%s\t%s", name, set->alpha, set->target, set->initial);
    print_ball(x, DIGITS);
}

static void print_zetas(const struct settings *set, const struct model *m)
{
    static const char *const name[] = {"zeta-8", "zeta-239", "zeta-100001"};
    static const slong start[] = {8, 239, 100001};
    arb_t x, a;
    arb_init(x), arb_init(a);
    arb_zeta(x, m->beta, m->prec);
    print_constant("zeta-1", set, x);
    for (int i = 0; i < 3; i++) {
        arb_set_si(a, start[i]);
        arb_hurwitz_zeta(x, m->beta, a, m->prec);
        print_constant(name[i], set, x);
    }
    arb_clear(x), arb_clear(a);
}

static void print_constants_of(const struct settings *set)
{
    struct model m;
    arb_t x, y;
    arb_init(x), arb_init(y);
    model_init(&m, set, PREC);
    integral_by_polylogarithms(x, &m);
    print_constant("J-polylogarithms", set, x);
    integral_by_quadrature(y, &m);
    print_constant("J-quadrature", set, y);
    if (!arb_overlaps(x, y)) {
        fprintf(stderr, "certify: the two values of J at alpha = %s differ\n", set->alpha);
        exit(1);
    }
    print_zetas(set, &m);
    time_constant(y, x, &m);
    print_constant("time", set, y);
    data_constant(y, &m);
    print_constant("data", set, y);
    arb_div(y, m.A, m.alpha, m.prec);
    print_constant("parameters", set, y);
    compute_constants(x, y, &m);
    print_constant("kappa", set, x);
    print_constant("compute", set, y);
    model_clear(&m);
    arb_clear(x), arb_clear(y);
}

static const struct settings constants_of[] = {
    {"0.3", "1", "0.01"}, {"0.6", "1", "0.01"}, {"0.9", "1", "0.01"},
    {"0.3", "5", "0.01"}, {"0.6", "5", "0.01"}, {"0.9", "5", "0.01"},
    {"2.385", "2.385", "0.385"}, {"0.05", "3.1385", "0.00002385"}};

static void print_constants(void)
{
    puts("# Constants of the laws as balls: value +- radius contains the true number.\n"
         "# Made by make certify from tests/certify.c; eta = 1, infinitely many skills; time,\n"
         "# data, parameters and compute in units of S^2/2; zeta-a is zeta(alpha + 1, a).\n"
         "quantity\talpha\ttarget\tinitial\tvalue\tradius");
    for (size_t i = 0; i < sizeof constants_of / sizeof constants_of[0]; i++)
        print_constants_of(&constants_of[i]);
}

/* ---- the errors of the laws, S = 1, R(0) = 0.01 */

enum { TERMS_MAX = 80 };

/* Sum over k > K of P phi(P), given the coefficients of phi(P) = sum_j a_j P^j, by Hurwitz zeta
   functions: sum_j a_j A^(j+1) zeta((j+1) beta, K+1). */
static void add_rare_skills(arb_t sum, arb_srcptr a, slong terms, slong K, const struct model *m)
{
    slong prec = m->prec;
    arb_t start, exponent, power, z;
    arb_init(start), arb_init(exponent), arb_init(power), arb_init(z);
    arb_set_si(start, K + 1);
    arb_one(power);
    for (slong j = 0; j < terms; j++) {
        arb_mul(power, power, m->A, prec);
        arb_mul_si(exponent, m->beta, j + 1, prec);
        arb_hurwitz_zeta(z, exponent, start, prec);
        arb_mul(z, z, power, prec);
        arb_addmul(sum, z, a + j, prec);
    }
    arb_clear(start), arb_clear(exponent), arb_clear(power), arb_clear(z);
}

/* P(k) */
static void probability(arb_t P, slong k, const struct model *m)
{
    arb_set_si(P, k);
    arb_pow(P, P, m->beta, m->prec);
    arb_div(P, m->A, P, m->prec);
}

/* A skill from which rate * P(k) < 1/8. */
static slong rare_from(double rate, const struct model *m)
{
    double A = arf_get_d(arb_midref(m->A), ARF_RND_UP);
    double beta = arf_get_d(arb_midref(m->beta), ARF_RND_NEAR);
    return 8 + (slong)pow(8.0 * rate * A, 1 / beta);
}

/* Coefficients of w(rate P) in P.  They are those of w(u) = sum a_j u^j times rate^j.  On the
   disc |u| <= 2 the modulus of 1 + e^u/c is at least sin 2 (its argument is at most 2), so by
   Cauchy |a_j| <= 2^-j/sin^2 2 < 1.21 2^-j.  What terms leave out is therefore less than
   1.21 (1/16)^terms/(1 - 1/16) < 2^(1 - 4 terms) times the weight of the rare skills, < 1. */
static void expand_step(arb_ptr a, slong terms, const arb_t rate, const struct model *m)
{
    slong prec = m->prec;
    arb_poly_t series, u;
    arb_t power;
    arb_poly_init(series), arb_poly_init(u), arb_init(power);
    arb_poly_set_coeff_si(u, 1, 1);
    arb_poly_exp_series(series, u, terms, prec);
    arb_poly_scalar_div(series, series, m->c, prec);
    arb_poly_add_si(series, series, 1, prec);
    arb_poly_mullow(series, series, series, terms, prec);
    arb_poly_inv_series(series, series, terms, prec);
    arb_one(power);
    for (slong j = 0; j < terms; j++) {
        arb_poly_get_coeff_arb(a + j, series, j);
        arb_mul(a + j, a + j, power, prec);
        arb_mul(power, power, rate, prec);
    }
    arb_poly_clear(series), arb_poly_clear(u), arb_clear(power);
}

/* Coefficients of (1 - P)^D in P: binomial(D, j) (-1)^j, at most D^j/j!; those left out add up to
   less than sum (1/8)^j/j! < 2^(1 - 4 terms) as well. */
static void expand_power(arb_ptr a, slong terms, slong D, slong prec)
{
    arb_one(a);
    for (slong j = 1; j < terms; j++) {
        arb_mul_si(a + j, a + j - 1, -(D - j + 1), prec);
        arb_div_si(a + j, a + j, j, prec);
    }
}

/* sum_k P phi(P) with phi the step w(2 T P), or (1 - P)^D if D >= 0 */
static void exact_sum(arb_t sum, const arb_t T, slong D, const struct model *m)
{
    slong prec = m->prec, terms = TERMS_MAX;
    arb_ptr a = _arb_vec_init(terms);
    arb_t rate, P, phi;
    mag_t rest;
    arb_init(rate), arb_init(P), arb_init(phi), mag_init(rest);
    arb_mul_2exp_si(rate, T, 1);
    slong K = rare_from(D < 0 ? arf_get_d(arb_midref(rate), ARF_RND_UP) : (double)D, m);
    if (D < 0)
        expand_step(a, terms, rate, m);
    else
        expand_power(a, terms, D, prec);
    arb_zero(sum);
    add_rare_skills(sum, a, terms, K, m);
    mag_set_ui_2exp_si(rest, 1, 1 - 4 * terms);
    arb_add_error_mag(sum, rest);
    for (slong k = K; k >= 1; k--) {
        probability(P, k, m);
        if (D < 0) {
            arb_mul(phi, rate, P, prec);
            step(phi, phi, m);
        } else {
            arb_sub_si(phi, P, 1, prec);
            arb_neg(phi, phi);
            arb_pow_ui(phi, phi, (ulong)D, prec);
        }
        arb_addmul(sum, P, phi, prec);
    }
    _arb_vec_clear(a, terms);
    arb_clear(rate), arb_clear(P), arb_clear(phi), mag_clear(rest);
}

/* One row: (exact - law)/law, both without their common factor. */
static void print_error(const char *law, const struct settings *set, const char *x, arb_t exact,
                        const arb_t value, slong prec)
{
    arb_sub(exact, exact, value, prec);
    arb_div(exact, exact, value, prec);
    if (arb_rel_accuracy_bits(exact) < 20) {
        fprintf(stderr, "certify: the error of the %s law at %s, alpha = %s is not resolved\n",
                law, x, set->alpha);
        exit(1);
    }
    printf("%s\t%s\t%s", law, set->alpha, x);
    print_ball(exact, 8);
}

static void print_time_error(const struct settings *set, const struct model *m, const char *x)
{
    arb_t T, exact, law, power, J;
    arb_init(T), arb_init(exact), arb_init(law), arb_init(power), arb_init(J);
    set_decimal(T, x, m->prec);
    integral_by_polylogarithms(J, m);
    time_constant(law, J, m);
    arb_pow(power, T, m->s, m->prec);
    arb_div(law, law, power, m->prec);
    exact_sum(exact, T, -1, m);
    print_error("time", set, x, exact, law, m->prec);
    arb_clear(T), arb_clear(exact), arb_clear(law), arb_clear(power), arb_clear(J);
}

/* The power law in D, and the Beta function that it approximates. */
static void print_data_errors(const struct settings *set, const struct model *m, const char *x)
{
    slong prec = m->prec, D = atol(x);
    arb_t T, exact, law, t;
    arb_init(T), arb_init(exact), arb_init(law), arb_init(t);
    for (int beta = 0; beta < 2; beta++) {
        exact_sum(exact, T, D, m);
        arb_gamma(law, m->s, prec);
        if (beta) {
            arb_set_si(t, D + 1);
            arb_gamma(t, t, prec);
            arb_mul(law, law, t, prec);
            arb_set_si(t, D + 1);
            arb_add(t, t, m->s, prec);
            arb_gamma(t, t, prec);
        } else {
            arb_set_si(t, D);
            arb_pow(t, t, m->s, prec);
        }
        arb_div(law, law, t, prec);
        density(t, m);
        arb_mul(law, law, t, prec);
        print_error(beta ? "beta" : "data", set, x, exact, law, prec);
    }
    arb_clear(T), arb_clear(exact), arb_clear(law), arb_clear(t);
}

static void print_parameter_error(const struct settings *set, const struct model *m,
                                  const char *x)
{
    slong prec = m->prec, N = atol(x);
    arb_t exact, law, t;
    arb_init(exact), arb_init(law), arb_init(t);
    arb_set_si(t, N + 1);
    arb_hurwitz_zeta(exact, m->beta, t, prec);
    arb_set_si(t, N);
    arb_pow(t, t, m->alpha, prec);
    arb_mul(law, t, m->alpha, prec);
    arb_inv(law, law, prec);
    print_error("parameters", set, x, exact, law, prec);
    arb_clear(exact), arb_clear(law), arb_clear(t);
}

/* Eight points a decade, rounded to three digits, or to an integer. */
static bool grid_point(char text[32], int i, bool integer)
{
    char before[32];
    const char *format = integer ? "%.0f" : "%.3g";
    snprintf(before, sizeof before, format, pow(10, (i - 1) / 8.0));
    snprintf(text, 32, format, pow(10, i / 8.0));
    if (!integer) /* without an exponent */
        snprintf(text, 32, "%g", strtod(text, NULL));
    return !integer || i == 0 || strcmp(text, before) != 0;
}

static void print_errors_of(const struct settings *set)
{
    struct model m;
    char x[32];
    model_init(&m, set, PREC_ERRORS);
    for (int i = -8; i <= 32; i++) {
        grid_point(x, i, false);
        print_time_error(set, &m, x);
    }
    for (int i = 0; i <= 32; i++)
        if (grid_point(x, i, true))
            print_data_errors(set, &m, x);
    for (int i = 0; i <= 32; i++)
        if (grid_point(x, i, true))
            print_parameter_error(set, &m, x);
    model_clear(&m);
}

static void print_errors(void)
{
    puts("# Errors of the laws as balls: error +- radius contains (exact - law)/law.\n"
         "# Made by make certify from tests/certify.c; S = 1, R(0) = 0.01, eta = 1, infinitely\n"
         "# many skills; x is T, D, D or N; beta is the data law with Euler's Beta function.\n"
         "law\talpha\tx\terror\tradius");
    for (int i = 0; i < 3; i++)
        print_errors_of(&constants_of[i]);
}

/* ---- comparison of two tables */

/* The next row that is no comment: what comes before the last two columns, and the ball. */
static bool read_row(FILE *file, char key[256], arb_t x)
{
    char line[512];
    while (fgets(line, sizeof line, file)) {
        char *radius = strrchr(line, '\t');
        if (line[0] == '#' || !radius || strstr(line, "radius"))
            continue;
        *radius = '\0';
        char *value = strrchr(line, '\t'), ball[512];
        if (!value)
            continue;
        *value = '\0';
        radius[1 + strcspn(radius + 1, "\n")] = '\0';
        snprintf(ball, sizeof ball, "[%s +/- %s]", value + 1, radius + 1);
        snprintf(key, 256, "%.255s", line);
        for (char *tab = key; (tab = strchr(tab, '\t'));)
            *tab = ' ';
        return !arb_set_str(x, ball, PREC_ERRORS);
    }
    return false;
}

static int compare(const char *first, const char *second)
{
    FILE *a = fopen(first, "r"), *b = fopen(second, "r");
    char key_a[256], key_b[256];
    int rows = 0, bad = 0;
    arb_t x, y;
    arb_init(x), arb_init(y);
    while (a && b) {
        bool more_a = read_row(a, key_a, x), more_b = read_row(b, key_b, y);
        if (!more_a && !more_b)
            break;
        bool good = more_a && more_b && !strcmp(key_a, key_b) && arb_overlaps(x, y);
        printf("%s %d - certified: %s\n", good ? "ok" : "not ok", ++rows, more_a ? key_a : key_b);
        bad += !good;
        if (more_a != more_b)
            break;
    }
    if (a)
        fclose(a);
    if (b)
        fclose(b);
    arb_clear(x), arb_clear(y);
    return rows == 0 || bad > 0;
}

int main(int argc, char **argv)
{
    int failed = 2;
    if (argc == 2 && !strcmp(argv[1], "constants"))
        failed = (print_constants(), 0);
    else if (argc == 2 && !strcmp(argv[1], "errors"))
        failed = (print_errors(), 0);
    else if (argc == 4 && !strcmp(argv[1], "compare"))
        failed = compare(argv[2], argv[3]);
    else
        fputs("usage: certify constants | errors | compare FILE FILE\n", stderr);
    flint_cleanup();
    return fflush(stdout) ? 1 : failed;
}
