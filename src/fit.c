#include "fit.h"
#include "emergence.h"
#include <gsl/gsl_math.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

double fit_value(enum fit_curve curve, const struct fit_system *system, double constant,
                 double resource)
{
    struct skill skill = system->skill;
    double S = skill.target;
    switch (curve) {
    case FIT_TIME:
    case FIT_TIME_AND_START:
        return emergence_extended_time(skill, constant, resource) / S;
    case FIT_STRENGTH_BY_LOSS:
        return emergence_extended_data(skill, constant, resource) / S;
    case FIT_STRENGTH_BY_CORRELATION:
        return emergence_extended_data_correlation(skill, constant, resource) / S;
    case FIT_LOSS_BY_LOSS:
        return emergence_extended_loss(skill, constant, resource) / (S * S / 2);
    case FIT_LOSS_BY_CORRELATION:
        return gsl_pow_2(1 - emergence_extended_data_correlation(skill, constant, resource) / S);
    case FIT_PARAMETERS:
        return emergence_extended_parameters(S, system->k, constant, resource) / S;
    }
    return NAN;
}

/* (eq:fit-slope-data) */
static double slope_in_data(enum fit_curve curve, double x)
{
    if (!(x < 1))
        return isnan(x) ? NAN : 0;
    switch (curve) {
    case FIT_STRENGTH_BY_LOSS:
        return -x / (2 * sqrt(1 - x));
    case FIT_STRENGTH_BY_CORRELATION:
        return -x;
    case FIT_LOSS_BY_LOSS:
        return x;
    default:
        return 2 * x * (1 - x);
    }
}

/* (eq:fit-slope-time) */
double fit_slope_start(const struct fit_system *system, double kappa, double T)
{
    double rho = fit_value(FIT_TIME, system, kappa, T);
    return rho * (1 - rho);
}

double fit_slope(enum fit_curve curve, const struct fit_system *system, double constant,
                 double resource)
{
    const struct skill *skill = &system->skill;
    double rho = fit_value(curve, system, constant, resource);
    switch (curve) {
    case FIT_TIME:
    case FIT_TIME_AND_START:
        return -4 * skill->rate * skill->probability * skill->target * resource / constant * rho
               * (1 - rho);
    case FIT_PARAMETERS:
        return isnan(rho) || (rho > 0 && rho < 1) ? -(rho + system->k - 1) : 0;
    default:
        return slope_in_data(
            curve, fit_value(FIT_STRENGTH_BY_CORRELATION, system, constant, resource));
    }
}

void fit_take_average(const struct fit_data *data, const int *times,
                      struct fit_average *average)
{
    int n = 0;
    for (int j = 0; j < data->points; j++) {
        double sum = 0, weight = 0;
        for (int r = 0; r < data->repeats; r++) {
            double y = data->value[(size_t)r * (size_t)data->points + (size_t)j];
            if (times[r] > 0 && isfinite(y)) {
                sum += times[r] * y;
                weight += times[r];
            }
        }
        average->resource[n] = data->resource[j];
        average->value[n] = sum / weight;
        average->weight[n] = weight;
        n += weight > 0;
    }
    average->points = n;
}

/* A sample of repeats, and its average. */
struct sample {
    int repeats, count;  /* all, and those that have any value */
    int *usable, *times; /* [repeats]: 1 for those, else 0; how often each was drawn */
    struct fit_average average;
};

static enum status sample_create(struct sample *sample, int skills, const struct fit_data *data)
{
    size_t points = 1, repeats = (size_t)data->repeats;
    for (int i = 0; i < skills; i++)
        points = GSL_MAX(points, (size_t)data[i].points);
    double *memory = malloc(sizeof(double) * 3 * points);
    int *times = calloc(2 * repeats, sizeof(int));
    *sample = (struct sample){.repeats = data->repeats, .usable = times,
                              .average = {.resource = memory}};
    if (!times || !memory)
        return STATUS_MEMORY;
    sample->times = times + repeats;
    sample->average.value = memory + points;
    sample->average.weight = memory + 2 * points;
    return STATUS_OK;
}

static void sample_destroy(struct sample *sample)
{
    free(sample->usable);
    free(sample->average.resource);
}

/* Returns how many values are left out. */
static int find_usable(struct sample *sample, int skills, const struct fit_data *data)
{
    int left_out = 0;
    for (int r = 0; r < sample->repeats; r++) {
        for (int i = 0; i < skills; i++)
            for (int j = 0; j < data[i].points; j++) {
                size_t at = (size_t)r * (size_t)data[i].points + (size_t)j;
                if (isfinite(data[i].value[at]))
                    sample->usable[r] = 1;
                else
                    left_out++;
            }
        sample->count += sample->usable[r];
    }
    return left_out;
}

/* As many as are usable, from those. */
static void draw_repeats(struct sample *sample, struct stream *stream)
{
    for (int r = 0; r < sample->repeats; r++)
        sample->times[r] = 0;
    for (int i = 0; i < sample->count; i++) {
        int r = 0, left = (int)stream_below(stream, (uint64_t)sample->count);
        while (r + 1 < sample->repeats && (!sample->usable[r] || left-- > 0))
            r++;
        sample->times[r]++;
    }
}

double fit_cost(const struct fit_problem *problem, double constant)
{
    const struct fit_average *average = problem->average;
    double sum = 0;
    for (int j = 0; j < average->points; j++) {
        double f = fit_value(problem->curve, &problem->system, constant, average->resource[j]);
        sum += average->weight[j] * gsl_pow_2(average->value[j] - f);
    }
    return sum;
}

/* dE / d ln theta. */
static double cost_slope(const struct fit_problem *problem, double constant)
{
    const struct fit_average *average = problem->average;
    double sum = 0;
    for (int j = 0; j < average->points; j++) {
        double x = average->resource[j];
        double f = fit_value(problem->curve, &problem->system, constant, x);
        double slope = fit_slope(problem->curve, &problem->system, constant, x);
        sum -= 2 * average->weight[j] * (average->value[j] - f) * slope;
    }
    return sum;
}

static double total_weight(const struct fit_average *average)
{
    double sum = 0;
    for (int j = 0; j < average->points; j++)
        sum += average->weight[j];
    return sum;
}

double fit_spread_about(const struct fit_data *data, const struct fit_average *average)
{
    double sum = 0;
    for (int i = 0, j = 0; i < average->points; i++, j++) {
        while (data->resource[j] != average->resource[i])
            j++;
        for (int r = 0; r < data->repeats; r++) {
            double y = data->value[(size_t)r * (size_t)data->points + (size_t)j];
            if (isfinite(y))
                sum += gsl_pow_2(y - average->value[i]);
        }
    }
    return sum;
}

double fit_knot(const struct fit_problem *problem, double resource)
{
    const struct skill *skill = &problem->system.skill;
    switch (problem->curve) {
    case FIT_TIME:
    case FIT_TIME_AND_START:
        return 4 * skill->rate * skill->probability * skill->target * resource
               / log(skill->target / skill->initial);
    case FIT_PARAMETERS:
        return resource;
    default:
        return resource * skill->probability;
    }
}

/* The minimum between two knots low < high, or the lower end.  At a knot the slope jumps down
   (eq:fit-kink), so that each piece has a minimum of its own. */
static double minimum_between(const struct fit_problem *problem, double low, double high)
{
    low *= 1 + 1e-9;
    high *= 1 - 1e-9;
    if (cost_slope(problem, low) >= 0)
        return low;
    if (cost_slope(problem, high) <= 0)
        return high;
    for (int i = 0; i < 20; i++) {
        double middle = sqrt(low) * sqrt(high);
        if (cost_slope(problem, middle) < 0)
            low = middle;
        else
            high = middle;
    }
    return sqrt(low) * sqrt(high);
}

static int first_positive(const struct fit_average *average)
{
    return average->points > 0 && average->resource[0] == 0;
}

/* The minimum over all pieces; needs a point with a resource > 0. */
static double global_minimum(const struct fit_problem *problem)
{
    const struct fit_average *average = problem->average;
    double best = NAN, least = INFINITY, low = 0;
    for (int j = first_positive(average); j <= average->points; j++) {
        bool beyond = j == average->points;
        double high = beyond ? low * 1e6 : fit_knot(problem, average->resource[j]);
        double here = minimum_between(problem, low > 0 ? low : high / 64, high);
        double E = fit_cost(problem, here);
        if (E < least) {
            least = E;
            best = here;
        }
        low = high;
    }
    return best;
}

/* x[0] = ln theta, x[1] = phi. */
static double set_variables(struct fit_problem *problem, const gsl_vector *x)
{
    struct skill *skill = &problem->system.skill;
    if (x->size == 2)
        skill->initial = skill->target / (1 + exp(-gsl_vector_get(x, 1)));
    return exp(gsl_vector_get(x, 0));
}

static int deviations(const gsl_vector *x, void *parameters, gsl_vector *f)
{
    struct fit_problem problem = *(struct fit_problem *)parameters;
    const struct fit_average *average = problem.average;
    double constant = set_variables(&problem, x);
    for (int j = 0; j < average->points; j++) {
        double value = fit_value(problem.curve, &problem.system, constant, average->resource[j]);
        gsl_vector_set(f, (size_t)j, value - average->value[j]);
    }
    return GSL_SUCCESS;
}

static int jacobian(const gsl_vector *x, void *parameters, gsl_matrix *J)
{
    struct fit_problem problem = *(struct fit_problem *)parameters;
    double constant = set_variables(&problem, x);
    for (size_t j = 0; j < J->size1; j++) {
        double T = problem.average->resource[j];
        gsl_matrix_set(J, j, 0, fit_slope(problem.curve, &problem.system, constant, T));
        if (J->size2 == 2)
            gsl_matrix_set(J, j, 1, fit_slope_start(&problem.system, constant, T));
    }
    return GSL_SUCCESS;
}

/* Lower E from x on.  GSL_ENOPROG says that no step lowers it any more. */
static enum status iterate(struct fit_problem *problem, gsl_vector *x)
{
    const struct fit_average *average = problem->average;
    size_t n = (size_t)average->points;
    gsl_multifit_nlinear_parameters options = gsl_multifit_nlinear_default_parameters();
    gsl_multifit_nlinear_fdf fdf = {.f = deviations, .df = jacobian, .n = n, .p = x->size,
                                    .params = problem};
    gsl_multifit_nlinear_workspace *workspace =
        gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &options, n, x->size);
    if (!workspace)
        return STATUS_MEMORY;
    gsl_vector_const_view weight = gsl_vector_const_view_array(average->weight, n);
    int info, status = gsl_multifit_nlinear_winit(x, &weight.vector, &fdf, workspace);
    if (status == GSL_SUCCESS)
        status = gsl_multifit_nlinear_driver(200, 1e-11, 1e-14, 0, NULL, NULL, &info,
                                             workspace);
    if (status == GSL_SUCCESS || status == GSL_ENOPROG)
        gsl_vector_memcpy(x, gsl_multifit_nlinear_position(workspace));
    gsl_multifit_nlinear_free(workspace);
    return status == GSL_SUCCESS || status == GSL_ENOPROG ? STATUS_OK : STATUS_CONVERGENCE;
}

/* From the basin to the minimum; R(0) moves along if it is fitted. */
static enum status polish(struct fit_problem *problem, double *constant)
{
    bool two = problem->curve == FIT_TIME_AND_START;
    const struct skill *skill = &problem->system.skill;
    double x[2] = {log(*constant), log(skill->initial / (skill->target - skill->initial))};
    gsl_vector_view view = gsl_vector_view_array(x, two ? 2 : 1);
    enum status status = iterate(problem, &view.vector);
    if (status == STATUS_OK)
        *constant = set_variables(problem, &view.vector);
    return status == STATUS_CONVERGENCE && !two ? STATUS_OK : status;
}

static double progress(const struct fit_problem *problem, double constant, double resource)
{
    double start = fit_value(problem->curve, &problem->system, constant, 0);
    double end = fit_value(problem->curve, &problem->system, constant, INFINITY);
    double here = fit_value(problem->curve, &problem->system, constant, resource);
    return (here - start) / (end - start);
}

/* Is the constant fixed by the data?  If not, say how. */
static enum status judge(const struct fit_problem *problem, double *constant)
{
    const struct fit_average *average = problem->average;
    double last = average->resource[average->points - 1];
    if (progress(problem, *constant, last) < 0.5)
        *constant = INFINITY;
    else if (progress(problem, *constant, average->resource[first_positive(average)]) > 0.95)
        *constant = 0;
    else
        return STATUS_OK;
    return STATUS_CONVERGENCE;
}

/* Do two points lie on the rise? */
static bool shows_its_shape(const struct fit_problem *problem, double constant)
{
    int points = 0;
    for (int j = 0; j < problem->average->points; j++) {
        double p = progress(problem, constant, problem->average->resource[j]);
        points += p > 0.02 && p < 0.98;
    }
    return points >= 2;
}

struct solution {
    double constant, initial, cost;
};

static enum status solve_from(struct fit_problem *problem, double *constant)
{
    *constant = global_minimum(problem);
    enum status status = judge(problem, constant);
    if (status != STATUS_OK)
        return status;
    status = polish(problem, constant);
    if (status == STATUS_OK && problem->curve == FIT_TIME_AND_START
        && !shows_its_shape(problem, *constant))
        status = STATUS_CONVERGENCE;
    if (status == STATUS_OK)
        return judge(problem, constant);
    *constant = NAN;
    return status;
}

static enum status solve(const struct fit_problem *given, struct solution *solution)
{
    struct fit_problem problem = *given;
    struct skill *skill = &problem.system.skill;
    int constants = problem.curve == FIT_TIME_AND_START ? 2 : 1;
    *solution = (struct solution){NAN, NAN, NAN};
    if (problem.average->points - first_positive(problem.average) <= constants)
        return STATUS_RANGE;
    enum status status = solve_from(&problem, &solution->constant);
    double other = solution->constant;
    for (int l = 4; status == STATUS_CONVERGENCE && constants == 2 && l <= 32; l *= 2) {
        skill->initial = skill->target * exp(-l);
        status = solve_from(&problem, &other);
    }
    if (status == STATUS_OK)
        *solution = (struct solution){other, skill->initial, fit_cost(&problem, other)};
    return status;
}

static bool data_in_range(const struct fit_data *data)
{
    if (data->repeats < 1 || data->points < 1 || !(data->resource[0] >= 0)
        || !isfinite(data->resource[data->points - 1]))
        return false;
    for (int j = 1; j < data->points; j++)
        if (!(data->resource[j] > data->resource[j - 1]))
            return false;
    return true;
}

static bool curve_in_range(enum fit_curve curve, const struct fit_system *system)
{
    struct fit_problem problem = {curve, *system, NULL};
    double knot = fit_knot(&problem, 1);
    return knot > 0 && isfinite(knot) && !isnan(fit_value(curve, system, 1, 1));
}

/* Units are fitted to the first skill only. */
static bool can_be_fitted(enum fit_curve curve, const struct fit_system *system)
{
    return curve != FIT_PARAMETERS || system->k == 1;
}

static bool constant_in_range(double constant)
{
    return constant > 0 && isfinite(constant);
}

/* Is the curve at the resource on the side of the level on which it ends? */
static bool has_reached(const struct fit_problem *problem, double constant, double level,
                        double resource)
{
    double end = fit_value(problem->curve, &problem->system, constant, INFINITY);
    double here = fit_value(problem->curve, &problem->system, constant, resource);
    return (here - level) * (end - level) >= 0;
}

static double bisect_passage(const struct fit_problem *problem, double constant, double level)
{
    double low = 0, high = 1;
    while (!has_reached(problem, constant, level, high))
        if ((high *= 2) > 1e300)
            return INFINITY;
    for (int i = 0; i < 100; i++) {
        double middle = (low + high) / 2;
        if (has_reached(problem, constant, level, middle))
            high = middle;
        else
            low = middle;
    }
    return has_reached(problem, constant, level, 0) ? 0 : high;
}

/* Losses count as 1 - loss. */
static bool falls(enum fit_curve curve)
{
    return curve == FIT_LOSS_BY_LOSS || curve == FIT_LOSS_BY_CORRELATION;
}

static double find_passage(const struct fit_data *data, int repeat, bool is_loss, double level,
                           int *beyond)
{
    const double *value = data->value + (size_t)repeat * (size_t)data->points;
    double x = NAN, y = NAN;
    *beyond = 0;
    for (int j = 0; j < data->points; j++) {
        double before = x, below = y;
        if (!isfinite(value[j]))
            continue;
        x = data->resource[j];
        y = is_loss ? 1 - value[j] : value[j];
        if (y >= level && isnan(below))
            *beyond = -1;
        if (y >= level)
            return isnan(below) ? x : before + (x - before) * (level - below) / (y - below);
    }
    *beyond = 1;
    return x;
}

void fit_passages(const struct fit_data *data, double level, double *resource, int *beyond)
{
    for (int r = 0; r < data->repeats; r++)
        resource[r] = find_passage(data, r, false, level, &beyond[r]);
}

static enum status condense_emergence(enum fit_curve curve, const struct fit_data *data,
                                      struct spread *emergence)
{
    size_t repeats = (size_t)data->repeats;
    double *resource = malloc(sizeof(double) * repeats);
    int *beyond = malloc(sizeof(int) * repeats);
    enum status status = resource && beyond ? STATUS_OK : STATUS_MEMORY;
    for (int r = 0; status == STATUS_OK && r < data->repeats; r++)
        resource[r] = find_passage(data, r, falls(curve), 0.5, &beyond[r]);
    if (status == STATUS_OK)
        *emergence = statistics_condense_logs(data->repeats, resource, beyond);
    free(resource);
    free(beyond);
    return status;
}

struct repeats {
    double *constant, *initial; /* NaN: nothing is known */
    int *beyond;                /* as in statistics_condense */
    int fitted, above, below;   /* how many are fixed, and bounded to either side */
    int enough;                 /* how many have enough points */
};

static enum status repeats_create(struct repeats *all, int count)
{
    double *memory = malloc(sizeof(double) * 2 * (size_t)count);
    *all = (struct repeats){.constant = memory, .beyond = calloc((size_t)count, sizeof(int))};
    if (!memory || !all->beyond)
        return STATUS_MEMORY;
    all->initial = memory + count;
    return STATUS_OK;
}

static void repeats_destroy(struct repeats *all)
{
    free(all->constant);
    free(all->beyond);
}

/* The constant of the curve that is half way at the resource. */
static double constant_at(const struct fit_problem *problem, double resource)
{
    double start = fit_value(problem->curve, &problem->system, 1, 0);
    double end = fit_value(problem->curve, &problem->system, 1, INFINITY);
    return resource / bisect_passage(problem, 1, (start + end) / 2);
}

static enum status fit_repeat(const struct fit_problem *problem, const struct fit_data *data,
                              int r, struct sample *sample, struct repeats *all)
{
    struct fit_average *average = &sample->average;
    struct solution solution;
    for (int i = 0; i < sample->repeats; i++)
        sample->times[i] = i == r;
    fit_take_average(data, sample->times, average);
    enum status status = solve(problem, &solution);
    all->constant[r] = status == STATUS_OK ? solution.constant : NAN;
    all->initial[r] = solution.initial;
    all->enough += status != STATUS_RANGE;
    all->fitted += status == STATUS_OK;
    if (status == STATUS_CONVERGENCE && !isnan(solution.constant)) {
        bool late = solution.constant > 0;
        int at = late ? average->points - 1 : first_positive(average);
        all->constant[r] = constant_at(problem, average->resource[at]);
        all->beyond[r] = late ? 1 : -1;
        all->above += late;
        all->below += !late;
    }
    return status;
}

static enum status condense_fits(const struct fit_problem *problem, struct sample *sample,
                                 const struct repeats *all, struct fit *fit)
{
    int known = all->fitted + all->above + all->below;
    fit->constant = statistics_condense_logs(sample->repeats, all->constant, all->beyond);
    fit->initial = statistics_condense_logs(sample->repeats, all->initial, NULL);
    if (problem->curve != FIT_TIME_AND_START)
        fit->initial = statistics_exactly(problem->system.skill.initial);
    fit->constant.count = sample->count;
    fit->unresolved = sample->count - all->fitted;
    if (known < sample->count && sample->count >= STATISTICS_FEWEST) {
        fit->constant.low = 0;
        fit->constant.high = INFINITY;
    }
    if (all->fitted > 0)
        return STATUS_OK;
    fit->constant.mean = known == 0 || known < sample->count ? NAN
                         : all->below == 0                   ? INFINITY
                         : all->above == 0                   ? 0
                                                             : NAN;
    return all->enough > 0 ? STATUS_CONVERGENCE : STATUS_RANGE;
}

static enum status fit_repeats(struct fit_problem *problem, const struct fit_data *data,
                               struct sample *sample, struct fit *fit)
{
    struct repeats all;
    struct fit_average *average = &sample->average;
    enum status status = repeats_create(&all, data->repeats);
    fit->left_out = find_usable(sample, 1, data);
    for (int r = 0; status != STATUS_MEMORY && r < data->repeats; r++)
        status = fit_repeat(problem, data, r, sample, &all);
    if (status != STATUS_MEMORY)
        status = condense_fits(problem, sample, &all, fit);
    repeats_destroy(&all);
    if (status != STATUS_OK)
        return status;
    problem->system.skill.initial = fit->initial.mean;
    fit_take_average(data, sample->usable, average);
    fit->residual = sqrt(fit_cost(problem, fit->constant.mean) / total_weight(average));
    fit->scatter = sqrt(fit_spread_about(data, average) / total_weight(average));
    return STATUS_OK;
}

enum status fit_constant(enum fit_curve curve, const struct fit_system *system,
                         const struct fit_data *data, struct fit *fit)
{
    struct sample sample;
    struct fit_problem problem = {curve, *system, &sample.average};
    *fit = (struct fit){statistics_nothing, statistics_nothing, statistics_nothing, NAN, NAN,
                        0, 0};
    if (!data_in_range(data) || !curve_in_range(curve, system)
        || !can_be_fitted(curve, system))
        return STATUS_RANGE;
    enum status status = sample_create(&sample, 1, data);
    if (status == STATUS_OK)
        status = condense_emergence(curve, data, &fit->emergence);
    if (status == STATUS_OK)
        status = fit_repeats(&problem, data, &sample, fit);
    sample_destroy(&sample);
    return status;
}

/* Where the curve passes a level; values of the average are replaced by those of the curve. */
static double read_passage(const struct fit_problem *problem, double constant, double level,
                           struct fit_average *average)
{
    int beyond;
    struct fit_data data = {1, average->points, average->resource, average->value};
    for (int j = 0; j < average->points; j++)
        average->value[j] = fit_value(problem->curve, &problem->system, constant,
                                      average->resource[j]);
    double read = find_passage(&data, 0, falls(problem->curve), level, &beyond);
    if (beyond == 0)
        return read;
    return bisect_passage(problem, constant, falls(problem->curve) ? 1 - level : level);
}

static enum status predict(const struct fit_problem *problem, const struct fit_data *data,
                           struct sample *sample, struct fit_prediction *prediction)
{
    struct fit_average *average = &sample->average;
    double constant = prediction->constant.mean;
    prediction->left_out = find_usable(sample, 1, data);
    fit_take_average(data, sample->usable, average);
    if (average->points == 0)
        return STATUS_RANGE;
    prediction->residual = sqrt(fit_cost(problem, constant) / total_weight(average));
    prediction->predicted = read_passage(problem, constant, 0.5, average);
    struct spread predicted =
        statistics_scale(&prediction->constant, prediction->predicted / constant);
    enum status status = condense_emergence(problem->curve, data, &prediction->emergence);
    if (status == STATUS_OK)
        prediction->ratio = statistics_quotient(&prediction->emergence, &predicted);
    return status;
}

enum status fit_predict(enum fit_curve curve, const struct fit_system *system,
                        const struct fit_data *data, struct fit_prediction *prediction)
{
    struct sample sample;
    struct fit_problem problem = {curve, *system, &sample.average};
    *prediction = (struct fit_prediction){prediction->constant, NAN, statistics_nothing, NAN,
                                          statistics_nothing, 0};
    if (!data_in_range(data) || !curve_in_range(curve, system)
        || !constant_in_range(prediction->constant.mean))
        return STATUS_RANGE;
    enum status status = sample_create(&sample, 1, data);
    if (status == STATUS_OK)
        status = predict(&problem, data, &sample, prediction);
    sample_destroy(&sample);
    return status;
}

/* Measured over the curve's; beyond as in statistics_condense. */
static double rise_of_repeat(const struct fit_problem *problem, const struct fit_data *data,
                             int r, const double level[2], int *beyond)
{
    int low, half, high;
    bool is_loss = falls(problem->curve);
    double unit = bisect_passage(problem, 1, 0.5);
    double middle = find_passage(data, r, is_loss, 0.5, &half);
    double from = find_passage(data, r, is_loss, level[0], &low);
    double to = find_passage(data, r, is_loss, level[1], &high);
    struct fit_average average = *problem->average;
    *beyond = low != 0 || half != 0 || high != 0; /* the rise is longer than what is seen */
    if (isnan(middle) || half != 0)
        return isnan(middle) ? NAN : 0;
    double constant = middle / unit;
    double start = read_passage(problem, constant, level[0], &average);
    return (to - from) / (read_passage(problem, constant, level[1], &average) - start);
}

enum status fit_shape(enum fit_curve curve, const struct fit_system *system,
                      const struct fit_data *data, const double level[2], struct spread *ratio)
{
    size_t repeats = (size_t)data->repeats, points = (size_t)data->points;
    struct fit_average average = {.points = data->points};
    struct fit_problem problem = {curve, *system, &average};
    *ratio = statistics_nothing;
    if (!data_in_range(data) || !curve_in_range(curve, system)
        || !(0 < level[0] && level[0] < level[1] && level[1] < 1))
        return STATUS_RANGE;
    double *value = malloc(sizeof(double) * (repeats + 2 * points));
    int *beyond = malloc(sizeof(int) * repeats);
    enum status status = value && beyond ? STATUS_OK : STATUS_MEMORY;
    if (status == STATUS_OK) {
        average.value = value + repeats;
        average.resource = average.value + points;
        memcpy(average.resource, data->resource, sizeof(double) * points);
        for (int r = 0; r < data->repeats; r++)
            value[r] = rise_of_repeat(&problem, data, r, level, &beyond[r]);
        *ratio = statistics_condense_logs(data->repeats, value, beyond);
    }
    free(value);
    free(beyond);
    return status;
}

void fit_widths(const struct fit_data *data, double level, double *best,
                struct spread *learned)
{
    for (int j = 0; j < data->points; j++) {
        int count = 0;
        best[j] = NAN;
        for (int r = 0; r < data->repeats; r++) {
            double y = data->value[(size_t)r * (size_t)data->points + (size_t)j];
            count += y >= level;
            best[j] = isfinite(y) ? fmax(best[j], y) : best[j];
        }
        learned[j] = statistics_share(count, data->repeats);
    }
}

/* What stays the same from resample to resample. */
struct contestants {
    const enum fit_curve *curve;
    const double *fixed; /* or NULL */
    int skills;
    const struct fit_system *system;
    const struct fit_data *data;
    struct fit_average *average;
};

/* Root mean square difference of curve i over all skills, with the constant it had. */
static enum status miss_by(const struct contestants *all, int i, const int *times,
                           double *constant, double *residual)
{
    double sum = 0, weight = 0;
    *constant = all->fixed ? all->fixed[i] : NAN;
    for (int k = 0; k < all->skills; k++) {
        struct fit_problem problem = {all->curve[i], all->system[k], all->average};
        struct solution solution;
        fit_take_average(&all->data[k], times, all->average);
        if (!all->fixed) {
            enum status status = solve(&problem, &solution);
            *constant = solution.constant;
            problem.system.skill.initial = solution.initial;
            if (status != STATUS_OK)
                return status;
        }
        sum += fit_cost(&problem, *constant);
        weight += total_weight(all->average);
    }
    *residual = sqrt(sum / weight);
    return STATUS_OK;
}

/* A curve that cannot be fitted to a resample has lost it. */
static enum status hold(const struct contestants *all, const int *times, double residual[2])
{
    for (int i = 0; i < 2; i++) {
        double constant;
        residual[i] = INFINITY;
        if (miss_by(all, i, times, &constant, &residual[i]) == STATUS_MEMORY)
            return STATUS_MEMORY;
    }
    return STATUS_OK;
}

static enum status repeat_contest(const struct contestants *all, struct sample *sample,
                                  int resamples, struct stream *stream,
                                  struct fit_contest *contest)
{
    int won = 0;
    for (int i = 0; i < resamples; i++) {
        double residual[2];
        draw_repeats(sample, stream);
        if (hold(all, sample->times, residual) == STATUS_MEMORY)
            return STATUS_MEMORY;
        won += residual[contest->better] < residual[1 - contest->better];
    }
    contest->probability = (double)won / resamples;
    return STATUS_OK;
}

static bool contest_in_range(const struct contestants *all, int resamples)
{
    if (resamples < 0 || all->skills < 1 || (!all->fixed && all->skills > 1))
        return false;
    for (int k = 0; k < all->skills; k++)
        for (int i = 0; i < 2; i++)
            if (all->data[k].repeats != all->data[0].repeats
                || !data_in_range(&all->data[k])
                || !curve_in_range(all->curve[i], &all->system[k])
                || !(all->fixed ? constant_in_range(all->fixed[i])
                                : can_be_fitted(all->curve[i], &all->system[k])))
                return false;
    return true;
}

static enum status compete(const struct contestants *all, struct sample *sample,
                           int resamples, struct stream *stream, struct fit_contest *contest)
{
    enum status status = STATUS_OK;
    find_usable(sample, all->skills, all->data);
    contest->count = sample->count;
    if (contest->count == 0)
        return STATUS_RANGE;
    for (int i = 0; status == STATUS_OK && i < 2; i++)
        status = miss_by(all, i, sample->usable, &contest->constant[i], &contest->residual[i]);
    contest->better = contest->residual[1] < contest->residual[0];
    if (status != STATUS_OK || contest->count < STATISTICS_FEWEST || resamples == 0)
        return status;
    return repeat_contest(all, sample, resamples, stream, contest);
}

enum status fit_compare(int skills, const struct fit_system *system,
                        const struct fit_data *data, int resamples, struct stream *stream,
                        struct fit_contest *contest)
{
    struct sample sample;
    const struct fit_contest given = *contest;
    bool fixed = !isnan(given.constant[0]) || !isnan(given.constant[1]);
    struct contestants all = {given.curve, fixed ? given.constant : NULL, skills, system, data,
                              &sample.average};
    *contest = (struct fit_contest){{given.curve[0], given.curve[1]}, {NAN, NAN}, 0, {NAN, NAN},
                                    0, NAN};
    if (!contest_in_range(&all, resamples))
        return STATUS_RANGE;
    enum status status = sample_create(&sample, skills, data);
    if (status == STATUS_OK)
        status = compete(&all, &sample, resamples, stream, contest);
    sample_destroy(&sample);
    return status;
}

const char *fit_verdict(const struct fit_contest *contest, const char *const name[2])
{
    if (isnan(contest->probability))
        return "too few repeats";
    if (!(contest->residual[contest->better] <= 0.1))
        return "neither";
    return contest->probability >= 0.95 ? name[contest->better] : "undecided";
}
