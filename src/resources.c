#include "resources.h"
#include "sums.h"
#include "task.h"
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

static void set_tilt(struct resources_tilt *q, double P, double y)
{
    q->t = 2 / (1 + exp(-y));
    double fading = exp(-q->t * q->theta), lost = -P * expm1(-q->t * q->theta);
    q->odds = P / (1 - P) * fading;
    q->P = q->odds / (1 + q->odds);
    q->peak = -q->t * sums_softplus(-y) - (2 - q->t) * sums_softplus(y);
    q->log_factor = q->D * (lost < 0.5 ? log1p(-lost) : log(1 - P + P * fading))
                    + q->t * q->lambda + q->peak;
}

struct resources_tilt resources_find_tilt(double lambda, double theta, double D, double P)
{
    struct resources_tilt q = {.lambda = lambda, .theta = theta, .D = D};
    double low = -lambda, high = fmin(theta * D * P - lambda, 40);
    for (int i = 0; i < 40 && high - low > 1e-3; i++) {
        double y = (low + high) / 2;
        set_tilt(&q, P, y);
        if (theta * D * q.P > lambda + y)
            low = y;
        else
            high = y;
    }
    set_tilt(&q, P, (low + high) / 2);
    return q;
}

static double tilted_factor(const struct resources_tilt *q, double d) /* phi(d) */
{
    double v = q->theta * d - q->lambda;
    if (v > 300)
        return exp((q->t - 2) * v - q->peak);
    return exp(q->t * v - q->peak) / gsl_pow_2(1 + exp(v));
}

enum { COUNTS_MAX = 4000000 };

int resources_add_counts(const struct resources_tilt *q, double *total, double *sum)
{
    double mode = fmin(floor((q->D + 1) * q->P), q->D);
    int terms = 0;
    *total = *sum = 0;
    for (int up = 1; up >= 0; up--) {
        double p = 1, ratio = 1, d = mode;
        while (ratio > 0 && !(ratio < 1 && p <= 1e-17 * *sum * (1 - ratio))
               && terms++ < COUNTS_MAX) {
            if (up || d < mode) {
                *total += p;
                *sum += p * tilted_factor(q, d);
            }
            ratio = up    ? (q->D - d) / (d + 1) * q->odds
                    : d > 0 ? d / (q->D - d + 1) / q->odds
                            : 0;
            p *= ratio;
            d += up ? 1 : -1;
        }
    }
    return terms < COUNTS_MAX ? terms : 0;
}

enum { NODES_MAX = 24 };

struct gauss {
    int n;
    double x[NODES_MAX], vector[NODES_MAX][NODES_MAX]; /* [i][j]: component j of node i */
};

/* Nodes of the measure with x p_j = p_(j+1) + a[j] p_j + b[j] p_(j-1). */
static enum status find_nodes(int n, const double *a, const double *b, struct gauss *rule)
{
    gsl_eigen_symmv_workspace *w = gsl_eigen_symmv_alloc((size_t)n);
    double matrix[NODES_MAX * NODES_MAX] = {0}, vectors[NODES_MAX * NODES_MAX];
    if (!w)
        return STATUS_MEMORY;
    for (int j = 0; j < n; j++) {
        matrix[j * n + j] = a[j];
        if (j > 0)
            matrix[j * n + j - 1] = matrix[(j - 1) * n + j] = sqrt(b[j]);
    }
    gsl_matrix_view A = gsl_matrix_view_array(matrix, (size_t)n, (size_t)n);
    gsl_matrix_view V = gsl_matrix_view_array(vectors, (size_t)n, (size_t)n);
    gsl_vector_view x = gsl_vector_view_array(rule->x, (size_t)n);
    int status = gsl_eigen_symmv(&A.matrix, &x.vector, &V.matrix, w);
    gsl_eigen_symmv_free(w);
    rule->n = n;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            rule->vector[i][j] = vectors[j * n + i];
    return status == GSL_SUCCESS ? STATUS_OK : STATUS_CONVERGENCE;
}

double resources_gauss_bound(double spread, int n)
{
    double r = 2.6, bound = 1 / gsl_pow_2(cos(r / 2));
    for (int j = 1; j <= n; j++)
        bound *= j * gsl_pow_2(spread / r);
    return bound;
}

/* The least n whose error is below rounding; 0 if there is none. */
static int gauss_order(double spread)
{
    for (int n = 1; n <= NODES_MAX; n++)
        if (resources_gauss_bound(spread, n) < 1e-16)
            return n;
    return 0;
}

enum status resources_mean_by_gauss(const struct resources_tilt *q, int n, double *mean)
{
    struct gauss rule;
    double a[NODES_MAX] = {0}, b[NODES_MAX] = {0}, sigma = sqrt(q->D * q->P * (1 - q->P));
    enum status status;
    *mean = 0;
    for (int j = 0; j < n; j++) {
        a[j] = j * (1 - 2 * q->P) / sigma;
        b[j] = j * (1 - (j - 1) / q->D);
    }
    status = find_nodes(n, a, b, &rule);
    for (int i = 0; status == STATUS_OK && i < n; i++)
        *mean += gsl_pow_2(rule.vector[i][0])
                 * tilted_factor(q, q->D * q->P + sigma * rule.x[i]);
    return status;
}

/* 0 < P < 1, 0 < D < infinity, 0 <= theta < infinity */
static enum status tilted_mean(double lambda, double theta, double D, double P, double *mean,
                               double *abserr)
{
    struct resources_tilt q = resources_find_tilt(lambda, theta, D, P);
    double sigma = sqrt(D * q.P * (1 - q.P)), total = 1;
    int n = sigma > 8 ? gauss_order(sigma * theta) : 0, terms = n;
    enum status status = STATUS_OK;
    if (q.log_factor < -700) {
        *mean = *abserr = 0;
        return STATUS_OK;
    }
    if (n > 0 && n < 4 * sigma)
        status = resources_mean_by_gauss(&q, n, mean);
    else
        terms = resources_add_counts(&q, &total, mean);
    double parts = fabs(q.t * q.lambda) + fabs(q.log_factor) + 2;
    *mean = fmin(1, *mean * (exp(q.log_factor) / total));
    *abserr = *mean * (4e-16 * (terms + parts) + 2e-15);
    return terms > 0 ? status : STATUS_CONVERGENCE;
}

static bool is_whole(double x)
{
    return x >= 0 && (isinf(x) || (x <= 1e15 && floor(x) == x));
}

enum status resources_mean(struct resources_training with, double P, double *mean,
                           double *abserr)
{
    double lambda = log(with.c), rate = with.rate, D = with.D;
    *mean = *abserr = NAN;
    if (!(with.c > 0 && with.c <= 1e290) || !(rate >= 0) || !is_whole(D)
        || !(P >= 0 && P <= 1))
        return STATUS_RANGE;
    if (D == 0 || rate == 0 || P == 0)
        *mean = sums_step(lambda, 0);
    else if (isinf(D) || P == 1)
        *mean = sums_step(lambda, rate * P);
    else if (isinf(rate))
        *mean = sums_step(lambda, 0) * exp(D * log1p(-P));
    else
        return tilted_mean(lambda, rate / D, D, P, mean, abserr);
    *abserr = *mean * 4e-16 * (2 + fabs(log(*mean + 1e-300)));
    return STATUS_OK;
}

static double probability_of(const struct scaling *s, double A, double x)
{
    return fmin(1, A * pow(x, -(s->alpha + 1)));
}

enum status resources_fill_block(const struct scaling *s, double A,
                                 const struct resources_block *block,
                                 struct resources_node *node)
{
    double a[RESOURCES_NODES], b[RESOURCES_NODES], m = block->skills, m2 = m * m;
    struct gauss rule;
    if (m <= RESOURCES_NODES) {
        for (int i = 0; i < block->nodes; i++)
            node[i] = (struct resources_node){probability_of(s, A, block->first + i), 1, {0}};
        return STATUS_OK;
    }
    for (int j = 0; j < RESOURCES_NODES; j++) {
        a[j] = 0;
        b[j] = j * j * (1 - j * j / m2) / (4.0 * (4 * j * j - 1)); /* in units of m */
    }
    enum status status = find_nodes(RESOURCES_NODES, a, b, &rule);
    for (int i = 0; status == STATUS_OK && i < RESOURCES_NODES; i++) {
        const double *V = rule.vector[i], x = block->first + (m - 1) / 2 + m * rule.x[i];
        node[i] = (struct resources_node){probability_of(s, A, x), m * V[0] * V[0],
                                          {V[0] * V[RESOURCES_NODES - 2],
                                           V[0] * V[RESOURCES_NODES - 1]}};
    }
    return status;
}

static const double blocks_end = 0x1p50;

static double last_skill(const struct scaling *s)
{
    return s->skills > 0 ? s->skills : blocks_end;
}

/* The width of a block in ln k. */
static double block_width(const struct scaling *s)
{
    double chi = atan2(M_PI, log((s->target - s->initial) / s->initial));
    return fmin(0.7, 2 * chi / (1.25 * (s->alpha + 1)));
}

/* The block from skill first on, of models parameters[model], ... */
static struct resources_block next_block(const struct scaling *s, double width, double first,
                                         double end)
{
    double last = first + fmax(RESOURCES_NODES, floor(first * expm1(width))) - 1;
    last = fmin(fmin(last, end), last_skill(s));
    return (struct resources_block){.first = first, .skills = last - first + 1,
                                    .nodes = (int)fmin(last - first + 1, RESOURCES_NODES)};
}

static enum status append_block(struct resources_plan *plan, struct resources_block block,
                                double A)
{
    size_t blocks = (size_t)plan->blocks + 1, nodes = (size_t)(plan->nodes + block.nodes);
    if ((blocks & (blocks - 1)) == 0 || !plan->block) { /* room doubles at powers of two */
        void *block_room = realloc(plan->block, 2 * blocks * sizeof *plan->block);
        if (!block_room)
            return STATUS_MEMORY;
        plan->block = block_room;
        void *node_room = realloc(plan->node, 2 * blocks * RESOURCES_NODES * sizeof *plan->node);
        if (!node_room)
            return STATUS_MEMORY;
        plan->node = node_room;
    }
    block.node = plan->nodes;
    plan->block[plan->blocks] = block;
    plan->blocks = (int)blocks;
    plan->nodes = (int)nodes;
    return resources_fill_block(&plan->settings, A, &block, plan->node + block.node);
}

static enum status lay_blocks(struct resources_plan *plan, const double *parameters)
{
    const struct scaling *s = &plan->settings;
    double A = task_normaliser(s->alpha, s->skills), width = block_width(s), first = 1;
    enum status status = STATUS_OK;
    for (int i = 0; i <= plan->models && status == STATUS_OK; i++) {
        double end = i < plan->models ? parameters[i] : INFINITY;
        while (status == STATUS_OK && first <= fmin(end, last_skill(s))) {
            struct resources_block block = next_block(s, width, first, end);
            block.model = i;
            status = append_block(plan, block, A);
            first += block.skills;
        }
    }
    return status;
}

enum status resources_plan_create(struct resources_plan *plan, const struct scaling *s,
                                  const double *parameters, int models)
{
    *plan = (struct resources_plan){.settings = *s, .models = models};
    if (scaling_check(s) || models < 1)
        return STATUS_RANGE;
    for (int i = 0; i < models; i++)
        if (!is_whole(parameters[i]) || (i && !(parameters[i] >= parameters[i - 1])))
            return STATUS_RANGE;
    enum status status = lay_blocks(plan, parameters);
    if (status)
        resources_plan_destroy(plan);
    if (status || s->skills > 0)
        return status;
    double A = task_normaliser(s->alpha, 0), K = blocks_end + 0.5, alpha = s->alpha;
    while (plan->unlimited < models && isfinite(parameters[plan->unlimited]))
        plan->unlimited++;
    plan->beyond = A * pow(K, -alpha) / alpha;
    plan->beyond_squared = A * A * pow(K, -2 * alpha - 1) / (2 * alpha + 1);
    return STATUS_OK;
}

void resources_plan_destroy(struct resources_plan *plan)
{
    free(plan->block);
    free(plan->node);
    *plan = (struct resources_plan){0};
}

/* A sum over skills in progress. */
struct tally {
    struct resources_training with;
    double sum, abserr; /* of P Psi over one block */
    double least;       /* least Psi so far: a bound on all that follows */
};

static enum status add_skill(struct tally *t, const struct resources_node *node, double *f)
{
    double mean, abserr;
    enum status status = resources_mean(t->with, node->P, &mean, &abserr);
    *f = node->P * mean;
    t->sum += node->weight * *f;
    t->abserr += node->weight * node->P * abserr;
    t->least = fmin(t->least, mean);
    return status;
}

/* Sum of P Psi over a block by its nodes; then t->abserr has the estimate too. */
static enum status add_block(struct tally *t, const struct resources_plan *plan,
                             const struct resources_block *block)
{
    double last[2] = {0}, f;
    enum status status = STATUS_OK;
    t->sum = t->abserr = 0;
    for (int i = 0; status == STATUS_OK && i < block->nodes; i++) {
        const struct resources_node *node = plan->node + block->node + i;
        status = add_skill(t, node, &f);
        last[0] += node->last[0] * f;
        last[1] += node->last[1] * f;
    }
    if (t->sum > 0) /* no squares of what may be tiny */
        t->abserr += t->sum * gsl_pow_2((fabs(last[0]) + fabs(last[1])) / t->sum
                                        * block->skills);
    return status;
}

static enum status add_block_skill_by_skill(struct tally *t,
                                            const struct resources_plan *plan,
                                            const struct resources_block *block)
{
    const struct scaling *s = &plan->settings;
    double A = task_normaliser(s->alpha, s->skills), f;
    enum status status = STATUS_OK;
    t->sum = t->abserr = 0;
    for (double i = block->skills - 1; status == STATUS_OK && i >= 0; i--) {
        double P = probability_of(s, A, block->first + i);
        struct resources_node node = {P, 1, {0}};
        status = add_skill(t, &node, &f);
        if (t->least <= 1e-18 * t->sum)
            break;
    }
    return status;
}

enum { ADDED_MAX = 100000 };

static double weight_of(const struct resources_plan *plan, const struct resources_block *block)
{
    double sum = 0;
    for (int i = block->nodes - 1; i >= 0; i--)
        sum += plan->node[block->node + i].weight * plan->node[block->node + i].P;
    return sum;
}

/* As add_block, or skill by skill where the nodes are too coarse for the sum so far. */
static enum status add_carefully(struct tally *t, const struct resources_plan *plan,
                                 const struct resources_block *block, double sum)
{
    double least = t->least;
    enum status status = add_block(t, plan, block);
    if (status || t->abserr <= 1e-11 * (sum + t->sum) || block->skills > ADDED_MAX)
        return status;
    t->least = least;
    return add_block_skill_by_skill(t, plan, block);
}

/* Sum of P Psi beyond the blocks, as the block of a tally. */
static void add_beyond(struct tally *t, const struct resources_plan *plan)
{
    double c = t->with.c, rate = t->with.rate, D = t->with.D, lambda = log(c);
    double start = sums_step(lambda, 0), slope = 0, scale = fmin(rate, D);
    if (rate > 0 && D > 0 && isfinite(D))
        slope = D * (sums_step(lambda, rate / D) - start);
    else if (rate > 0 && D > 0 && isfinite(rate))
        slope = -2 * rate * start / (1 + c);
    t->sum = isinf(scale) ? 0 : start * plan->beyond + slope * plan->beyond_squared;
    double ratio = plan->beyond > 0 ? scale * plan->beyond_squared / plan->beyond : 0;
    t->abserr = isinf(scale) ? 0 : plan->beyond * fmin(1, 4 * ratio * ratio);
    t->sum = fmax(t->sum, 0);
}

/* Sums over the part of one model: skills that it knows and its predecessor does
   not.  Part number models is of skills that no model knows. */
struct part {
    double learned, weight, abserr;
};

static enum status add_parts(const struct resources_plan *plan, struct tally *t,
                             struct part *part)
{
    const struct resources_plan *p = plan;
    enum status status = STATUS_OK;
    double sum = 0;
    bool negligible = false;
    for (int b = p->blocks - 1; status == STATUS_OK && b >= 0; b--) {
        struct part *of = &part[p->block[b].model];
        double weight = weight_of(p, &p->block[b]);
        of->weight += weight;
        if (of == &part[p->models])
            sum += weight;
        else if (!negligible) {
            status = add_carefully(t, p, &p->block[b], sum);
            sum += t->sum;
            of->learned += t->sum;
            of->abserr += t->abserr;
            negligible = t->least <= 1e-18 * sum;
        }
    }
    return status;
}

/* part[0 .. models + 1]; the last is what lies beyond all blocks. */
static void accumulate(const struct resources_plan *plan, const struct part *part,
                       double *loss, double *abserr)
{
    double half = gsl_pow_2(plan->settings.target) / 2, unknown = 0, known = 0, error = 0;
    const struct part *beyond = &part[plan->models + 1];
    for (int i = plan->models - 1; i >= 0; i--) {
        unknown += part[i + 1].weight;
        loss[i] = unknown;
    }
    for (int i = 0; i < plan->models; i++) {
        known += part[i].learned;
        error += part[i].abserr;
        loss[i] += known + (i >= plan->unlimited ? beyond->learned : beyond->weight);
        loss[i] *= half;
        abserr[i] = half * (error + beyond->abserr) + 4e-15 * loss[i];
    }
}

static bool in_range(const struct scaling *s, double time, double samples)
{
    double rate = time > 0 ? 2 * s->rate * s->target * time : 0;
    return time >= 0 && (isinf(time) || isfinite(rate)) && is_whole(samples);
}

enum status resources_plan_losses(const struct resources_plan *plan, double time,
                                  double samples, double *loss, double *abserr)
{
    const struct scaling *s = &plan->settings;
    struct part *part = calloc((size_t)plan->models + 2, sizeof *part);
    struct tally t = {.with = {(s->target - s->initial) / s->initial,
                               time > 0 ? 2 * s->rate * s->target * time : 0, samples},
                      .least = INFINITY};
    enum status status = part ? STATUS_OK : STATUS_MEMORY;
    if (status == STATUS_OK && !in_range(s, time, samples))
        status = STATUS_RANGE;
    if (status == STATUS_OK) {
        add_beyond(&t, plan);
        part[plan->models + 1] = (struct part){t.sum, plan->beyond, t.abserr};
        status = add_parts(plan, &t, part);
    }
    if (status == STATUS_OK)
        accumulate(plan, part, loss, abserr);
    for (int i = 0; status != STATUS_OK && i < plan->models; i++)
        loss[i] = abserr[i] = NAN;
    free(part);
    return status;
}

enum status resources_loss(const struct scaling *s, const struct resources *resources,
                           double *loss, double *abserr)
{
    struct resources_plan plan;
    enum status status = resources_plan_create(&plan, s, &resources->parameters, 1);
    *loss = *abserr = NAN;
    if (status == STATUS_OK) {
        status = resources_plan_losses(&plan, resources->time, resources->samples, loss, abserr);
        resources_plan_destroy(&plan);
    }
    return status;
}

/* sum_d w(theta d) Gamma(s + d, x)/d! */
static double sum_over_counts(double s, double lambda, double theta, double x)
{
    double first = fmax(0, floor(x - 20 * sqrt(x))), sum = 0, gamma = 0;
    double last = isinf(theta) ? 0 : (fmax(lambda, 0) + 20) / theta + first + 1;
    double power = x > 0 ? exp((s + first) * log(x) - x - gsl_sf_lngamma(first + 1)) : 0;
    gsl_sf_result start;
    if (first == 0) {
        int status = gsl_sf_gamma_inc_e(s, x, &start);
        gamma = status == GSL_SUCCESS ? start.val : status == GSL_EUNDRFLW ? 0 : NAN;
    }
    for (long i = 0; first + i <= last; i++) { /* gamma, power: divided by d! */
        double d = first + i;
        double term = gamma * (d > 0 ? sums_step(lambda, theta * d) : sums_step(lambda, 0));
        sum += term;
        gamma = ((s + d) * gamma + power) / (d + 1);
        power *= x / (d + 1);
    }
    return sum;
}

/* The law without S^2/2; y = N^(alpha+1). */
static double joint(const struct scaling *settings, double T, double D, double y)
{
    double beta = settings->alpha + 1, s = settings->alpha / beta;
    double lambda = log((settings->target - settings->initial) / settings->initial);
    double A = task_normaliser(settings->alpha, settings->skills), P = A / y;
    double rate = 2 * settings->rate * settings->target * T, unit = pow(A, 1 / beta) / beta;
    if (isinf(D) || rate < 1e-4 * D) {
        double b = rate * P;
        if (isinf(rate))
            return unit * pow(P, s) / s;
        double known = b > 0 ? pow(b, s) * -expm1(-2 * sums_softplus(b - lambda)) / s : 0;
        return unit * pow(rate, -s) * (known + 2 / s * sums_step_integral(s, lambda, b));
    }
    double x = D * P;
    return unit * pow(D, -s) * (sum_over_counts(s, lambda, rate / D, x) + pow(x, s) / s);
}

double resources_law(const struct scaling *s, const struct resources *r)
{
    if (scaling_check(s) || !(r->time >= 0) || !(r->samples >= 0) || !(r->parameters >= 0))
        return NAN;
    if (r->time == 0 || r->samples == 0 || r->parameters == 0)
        return INFINITY;
    return gsl_pow_2(s->target) / 2
           * joint(s, r->time, r->samples, pow(r->parameters, s->alpha + 1));
}

/* The sum of f(P, params) over the skills of the first model, but for what lies beyond all
   blocks. */
static double sum_over_skills(const struct resources_plan *plan,
                              double (*f)(double P, const void *params),
                              const void *params)
{
    double sum = 0;
    for (int b = plan->blocks - 1; b >= 0; b--)
        for (int i = 0; plan->block[b].model == 0 && i < plan->block[b].nodes; i++) {
            const struct resources_node *node = plan->node + plan->block[b].node + i;
            sum += node->weight * f(node->P, params);
        }
    return sum;
}

/* w''(u) = 2 w (1 - F) (2 - 3F), as a function of v = u - ln c */
static double step_curvature(double v)
{
    double F = exp(-sums_softplus(v));
    return 2 * F * F * exp(-sums_softplus(-v)) * (2 - 3 * F);
}

struct scattered {
    double rate, lambda;
};

static double scatter_of_skill(double P, const void *params)
{
    const struct scattered *x = params;
    return gsl_pow_2(x->rate * P) * (1 - P) * step_curvature(x->rate * P - x->lambda);
}

double resources_scatter(const struct scaling *s, double time, double parameters)
{
    struct resources_plan plan;
    if (!(time >= 0) || isinf(time) || resources_plan_create(&plan, s, &parameters, 1))
        return NAN;
    struct scattered x = {2 * s->rate * s->target * time,
                          log((s->target - s->initial) / s->initial)};
    double sum = sum_over_skills(&plan, scatter_of_skill, &x);
    if (plan.unlimited == 0)
        sum += gsl_pow_2(x.rate) * plan.beyond_squared * step_curvature(-x.lambda);
    resources_plan_destroy(&plan);
    return gsl_pow_2(s->target) / 4 * sum;
}

double resources_noise(const struct scaling *settings, double time)
{
    if (scaling_check(settings) || !(time >= 0) || isinf(time))
        return NAN;
    double s = settings->alpha / (settings->alpha + 1);
    double lambda = log((settings->target - settings->initial) / settings->initial);
    double J = 2 / s * sums_step_integral(s, lambda, 0);
    double slope = 2 * sums_step_integral(s - 1, lambda, 0);
    return settings->rate * settings->target * time * s * slope / J - s * (s + 1) / 2;
}

struct need {
    const struct scaling *settings;
    enum resource scarce, other;
    double kappa, law;
};

/* The law with a unit of the scarce resource and q of the other. */
static double law_at(const struct need *n, double q)
{
    double x[] = {INFINITY, INFINITY, INFINITY};
    x[n->other] = q;
    x[n->scarce == RESOURCE_COMPUTE ? RESOURCE_TIME : n->scarce] = 1;
    if (n->scarce == RESOURCE_COMPUTE)
        x[RESOURCE_PARAMETERS] = 1 / n->kappa;
    return joint(n->settings, x[RESOURCE_TIME], x[RESOURCE_DATA], x[RESOURCE_PARAMETERS]);
}

double resources_need(const struct scaling *settings, enum resource scarce,
                      enum resource other, double tolerance)
{
    struct need n = {.settings = settings, .scarce = scarce, .other = other};
    if (scaling_check(settings) || scarce == other || other > RESOURCE_PARAMETERS
        || scarce > RESOURCE_COMPUTE || !(tolerance > 0)
        || (scarce == RESOURCE_COMPUTE && other != RESOURCE_DATA))
        return NAN;
    n.kappa = scarce == RESOURCE_COMPUTE ? scaling_kappa(settings) : 0;
    n.law = law_at(&n, INFINITY) * (1 + tolerance);
    double high = 1e12, low;
    for (low = high / 1.5; low > 1e-12 && law_at(&n, low) <= n.law; low /= 1.5)
        high = low;
    for (int i = 0; i < 50; i++) {
        double middle = sqrt(low * high);
        *(law_at(&n, middle) <= n.law ? &high : &low) = middle;
    }
    return low > 1e-12 ? high : NAN;
}

static double root(double P, const void *params)
{
    (void)params;
    return sqrt(P);
}

static double square(double P, const void *params)
{
    (void)params;
    return P * P;
}

/* Over the first N skills; NAN out of range. */
static double sum_over_model(const struct scaling *s, double N,
                             double (*f)(double P, const void *params))
{
    struct resources_plan plan;
    if (!(N >= 1) || (isinf(N) && s->skills == 0) || resources_plan_create(&plan, s, &N, 1))
        return NAN;
    double sum = sum_over_skills(&plan, f, NULL);
    resources_plan_destroy(&plan);
    return sum;
}

struct resources_bound resources_large_data_bound(const struct scaling *s,
                                                  const struct resources *r)
{
    double S2 = gsl_pow_2(s->target), D = r->samples, N = r->parameters;
    if (!(r->time >= 0) || !(D > 0))
        return (struct resources_bound){NAN, NAN};
    return (struct resources_bound){
        .counts = exp2(s->alpha) * S2 / sqrt(D) * sum_over_model(s, N, root),
        .curvature = gsl_pow_2(2 * S2 * s->rate * r->time) / D * sum_over_model(s, N, square)};
}

double resources_late_bound(const struct scaling *s, const struct resources *r)
{
    double S = s->target, D = r->samples;
    if (!(r->time >= 0) || !(D > 0) || isinf(D))
        return NAN;
    return gsl_pow_2(S * S / s->initial) / 2 * D * exp(-4 * s->rate * S * r->time / D)
           * sum_over_model(s, r->parameters, square);
}

struct resources resources_border(const struct scaling *s, enum resources_condition line,
                                  double x, double q)
{
    double beta = s->alpha + 1, T = x, D = x, N = x;
    switch (line) {
    case CONDITION_TIME:
        N = ceil(pow(q * T, 1 / beta));
        D = q * fmax(N * T * T, T * T * T);
        break;
    case CONDITION_DATA:
        N = pow(q * D, 1 / beta);
        T = q * D * log(D);
        break;
    case CONDITION_PARAMETERS_TIME:
        T = q * pow(N, beta);
        D = q * T * T * T;
        break;
    case CONDITION_PARAMETERS_DATA:
        D = ceil(q * pow(N, beta));
        T = q * D * log(D);
        break;
    default:
        N = pow(T / scaling_kappa(s), 1 / beta);
        D = q * T * T * T;
    }
    return (struct resources){T, ceil(D), ceil(N)};
}

struct choice {
    const struct scaling *settings;
    double samples, compute;
    struct resources best;
    double loss; /* least so far */
    enum status status;
};

static double try_size(struct choice *c, double N)
{
    struct resources r = {c->compute / N, c->samples, N};
    double loss, abserr;
    enum status status = resources_loss(c->settings, &r, &loss, &abserr);
    if (status)
        c->status = status;
    else if (loss < c->loss) {
        c->loss = loss;
        c->best = r;
    }
    return status ? INFINITY : loss;
}

static void refine_size(struct choice *c, double low, double high)
{
    const double golden = (sqrt(5) - 1) / 2;
    double left = round(high * pow(low / high, golden));
    double right = round(low * pow(high / low, golden));
    double at_left = try_size(c, left), at_right = try_size(c, right);
    while (high - low > fmax(2, 0.01 * low) && left < right) {
        if (at_left <= at_right) {
            high = right;
            right = left;
            at_right = at_left;
            left = round(high * pow(low / high, golden));
            at_left = try_size(c, left);
        } else {
            low = left;
            left = right;
            at_left = at_right;
            right = round(low * pow(high / low, golden));
            at_right = try_size(c, right);
        }
    }
    for (double N = low; high - low <= 8 && N <= high; N++)
        try_size(c, N);
}

enum status resources_frontier(const struct scaling *s, double samples, double compute,
                               struct resources *best, double *loss)
{
    struct choice c = {.settings = s, .samples = samples, .compute = compute,
                       .loss = INFINITY, .best.parameters = 1};
    *best = (struct resources){NAN, NAN, NAN};
    *loss = NAN;
    double most = s->skills > 0 ? s->skills : blocks_end / 2;
    if (scaling_check(s) || !(compute > 0) || isinf(compute))
        return STATUS_RANGE;
    for (double N = 1; N < fmin(most, 128 * c.best.parameters) && !c.status; N *= 2)
        try_size(&c, N);
    try_size(&c, most);
    double N = c.best.parameters;
    if (!c.status)
        refine_size(&c, fmax(1, floor(N / 2)), fmin(2 * N, most));
    if (!c.status) {
        *best = c.best;
        *loss = c.loss;
    }
    return c.status;
}

/* (1 - R/S)^2 after steps with a share of the batch. */
static double descend(const struct scaling *s, long steps, double share)
{
    double a = sqrt(s->initial), S = s->target;
    for (long step = 0; step < steps && share > 0; step++) {
        double next = a + s->rate * share * a * (S - a * a);
        if (next == a)
            break;
        a = next;
    }
    return gsl_pow_2(1 - a * a / S);
}

/* Moments of table[d], d ~ Bin(D, P), outwards from the mode; about a centre. */
static struct resources_moments moments_of_table(const double *table, int D, double P,
                                                 double centre)
{
    int mode = (int)fmin(floor((D + 1.0) * P), D);
    struct resources_moments sum = {0};
    double total = 0;
    for (int up = 1; up >= 0; up--) {
        double p = 1;
        for (int d = mode; d >= 0 && d <= D && p > 1e-20; d += up ? 1 : -1) {
            double weight = up || d < mode ? p : 0, distance = fabs(table[d] - centre);
            total += weight;
            sum.mean += weight * table[d];
            sum.variance += weight * distance * distance;
            sum.third += weight * gsl_pow_3(distance);
            p *= up ? (D - d) / (d + 1.0) * P / (1 - P) : d / (D - d + 1.0) * (1 - P) / P;
        }
    }
    return (struct resources_moments){sum.mean / total, sum.variance / total,
                                      sum.third / total};
}

static void add_moments(const struct scaling *s, const double *table, int D, int k,
                        struct resources_moments *loss)
{
    double P = task_probability(s->alpha, s->skills, k), unit = gsl_pow_2(s->target) / 2 * P;
    struct resources_moments m = {.mean = table[D]};
    if (P < 1) {
        m = moments_of_table(table, D, P, 0);
        m = moments_of_table(table, D, P, m.mean);
    }
    loss->mean += unit * m.mean;
    loss->variance += unit * unit * m.variance;
    loss->third += gsl_pow_3(unit) * m.third;
}

enum status resources_descent(const struct scaling *s, long steps, int samples,
                              double parameters, struct resources_moments *loss)
{
    if (scaling_check(s) || s->skills < 1 || steps < 0 || samples < 1 || samples > 1000000
        || !is_whole(parameters))
        return STATUS_RANGE;
    double *table = malloc(sizeof(double) * ((size_t)samples + 1));
    if (!table)
        return STATUS_MEMORY;
    for (int d = 0; d <= samples; d++)
        table[d] = descend(s, steps, (double)d / samples);
    *loss = (struct resources_moments){0};
    for (int k = s->skills; k >= 1; k--)
        if (k <= parameters)
            add_moments(s, table, samples, k, loss);
        else
            loss->mean += gsl_pow_2(s->target) / 2 * task_probability(s->alpha, s->skills, k);
    free(table);
    return STATUS_OK;
}
