#include "fit.h"
#include "emergence.h"
#include <gsl/gsl_math.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

double fit_value(enum fit_curve curve, const struct fit_system *system, double constant,
                 double resource)
{
    double S = system->target;
    struct skill skill = {S, system->initial, system->rate, system->probability};
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
        return emergence_extended_parameters(S, system->skill, constant, resource) / S;
    }
    return NAN;
}

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

double fit_slope_start(const struct fit_system *system, double kappa, double T)
{
    double rho = fit_value(FIT_TIME, system, kappa, T);
    return rho * (1 - rho);
}

double fit_slope(enum fit_curve curve, const struct fit_system *system, double constant,
                 double resource)
{
    double S = system->target, P = system->probability;
    double rho = fit_value(curve, system, constant, resource);
    switch (curve) {
    case FIT_TIME:
    case FIT_TIME_AND_START:
        return -4 * system->rate * P * S * resource / constant * rho * (1 - rho);
    case FIT_PARAMETERS:
        return isnan(rho) || (rho > 0 && rho < 1) ? -(rho + system->skill - 1) : 0;
    default:
        return slope_in_data(
            curve, fit_value(FIT_STRENGTH_BY_CORRELATION, system, constant, resource));
    }
}

static enum status average_create(struct fit_average *average, int points)
{
    average->points = 0;
    average->resource = malloc(sizeof(double) * 3 * (size_t)points);
    if (!average->resource)
        return STATUS_MEMORY;
    average->value = average->resource + points;
    average->weight = average->value + points;
    return STATUS_OK;
}

static void average_destroy(struct fit_average *average)
{
    free(average->resource);
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

/* times[r] = 1 for a repeat with any value, else 0; returns how many have. */
static int find_usable(int skills, const struct fit_data *data, int *times, int *left_out)
{
    int usable = 0;
    *left_out = 0;
    for (int r = 0; r < data->repeats; r++) {
        times[r] = 0;
        for (int i = 0; i < skills; i++)
            for (int j = 0; j < data[i].points; j++) {
                size_t at = (size_t)r * (size_t)data[i].points + (size_t)j;
                if (isfinite(data[i].value[at]))
                    times[r] = 1;
                else
                    ++*left_out;
            }
        usable += times[r];
    }
    return usable;
}

/* Draw as many repeats as are usable, from those, with replacement. */
static void draw_repeats(int repeats, const int *usable, int count, int *times,
                         struct stream *stream)
{
    for (int r = 0; r < repeats; r++)
        times[r] = 0;
    for (int i = 0; i < count; i++) {
        int r = 0, left = (int)stream_below(stream, (uint64_t)count);
        while (r + 1 < repeats && (!usable[r] || left-- > 0))
            r++;
        times[r]++;
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
        double T = average->resource[j];
        double f = fit_value(problem->curve, &problem->system, constant, T);
        double slope = fit_slope(problem->curve, &problem->system, constant, T);
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
    const struct fit_system *system = &problem->system;
    switch (problem->curve) {
    case FIT_TIME:
    case FIT_TIME_AND_START:
        return 4 * system->rate * system->probability * system->target * resource
               / log(system->target / system->initial);
    case FIT_PARAMETERS:
        return resource;
    default:
        return resource * system->probability;
    }
}

/* The minimum between two knots low < high, or the lower end. */
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
        double value = fit_cost(problem, here);
        if (value < least) {
            least = value;
            best = here;
        }
        low = high;
    }
    return best;
}

/* x[0] = ln theta, x[1] = phi. */
static double set_variables(struct fit_problem *problem, const gsl_vector *x)
{
    if (x->size == 2)
        problem->system.initial = problem->system.target / (1 + exp(-gsl_vector_get(x, 1)));
    return exp(gsl_vector_get(x, 0));
}

static int deviations(const gsl_vector *x, void *parameters, gsl_vector *f)
{
    struct fit_problem problem = *(struct fit_problem *)parameters;
    const struct fit_average *average = problem.average;
    double constant = set_variables(&problem, x);
    for (int j = 0; j < average->points; j++) {
        double T = average->resource[j];
        gsl_vector_set(f, (size_t)j,
                       fit_value(problem.curve, &problem.system, constant, T)
                           - average->value[j]);
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
    const struct fit_system *system = &problem->system;
    double x[2] = {log(*constant), log(system->initial / (system->target - system->initial))};
    gsl_vector_view view = gsl_vector_view_array(x, two ? 2 : 1);
    enum status status = iterate(problem, &view.vector);
    if (status == STATUS_OK)
        *constant = set_variables(problem, &view.vector);
    return status == STATUS_CONVERGENCE && !two ? STATUS_OK : status;
}

struct solution {
    double constant, initial, cost;
};

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

static enum status solve(enum fit_curve curve, const struct fit_system *system,
                         const struct fit_average *average, struct solution *solution)
{
    struct fit_problem problem = {curve, *system, average};
    int constants = curve == FIT_TIME_AND_START ? 2 : 1;
    *solution = (struct solution){NAN, NAN, NAN};
    if (average->points - first_positive(average) <= constants)
        return STATUS_RANGE;
    enum status status = solve_from(&problem, &solution->constant);
    double other = solution->constant;
    for (int l = 4; status == STATUS_CONVERGENCE && constants == 2 && l <= 32; l *= 2) {
        problem.system.initial = system->target * exp(-l);
        status = solve_from(&problem, &other);
    }
    if (status == STATUS_OK)
        *solution = (struct solution){other, problem.system.initial, fit_cost(&problem, other)};
    return status;
}

/* Interval and sd of a spread from the fits to resamples; sorts them.  Returns how many
   are no finite positive number. */
static int spread_of_resamples(int resamples, double *value, struct spread *spread)
{
    int kept = 0, finite = 0;
    for (int i = 0; i < resamples; i++) {
        finite += isfinite(value[i]) && value[i] > 0;
        if (!isnan(value[i]))
            value[kept++] = value[i];
    }
    if (kept > 1 && resamples - kept <= resamples / 40) {
        size_t rank = (size_t)(0.025 * kept);
        gsl_sort(value, 1, (size_t)kept);
        spread->low = value[rank];
        spread->high = value[(size_t)kept - 1 - rank];
        if (finite == resamples)
            spread->sd = sqrt(spread->count) * gsl_stats_sd(value, 1, (size_t)kept);
    }
    return resamples - finite;
}

enum { FEWEST_REPEATS = 8 };

static enum status bootstrap(enum fit_curve curve, const struct fit_system *system,
                             const struct fit_data *data, const int *usable, int resamples,
                             struct stream *stream, struct fit_average *average, struct fit *fit)
{
    double *constant = malloc(sizeof(double) * 2 * (size_t)resamples);
    int *times = malloc(sizeof(int) * (size_t)data->repeats);
    enum status status = constant && times ? STATUS_OK : STATUS_MEMORY;
    double *initial = constant + (constant ? resamples : 0);
    struct fit_system near = *system;
    near.initial = fit->initial.mean;
    for (int i = 0; status == STATUS_OK && i < resamples; i++) {
        struct solution solution;
        draw_repeats(data->repeats, usable, fit->constant.count, times, stream);
        fit_take_average(data, times, average);
        if (solve(curve, &near, average, &solution) == STATUS_MEMORY)
            status = STATUS_MEMORY;
        constant[i] = solution.constant;
        initial[i] = solution.initial;
    }
    if (status == STATUS_OK) {
        fit->unresolved = spread_of_resamples(resamples, constant, &fit->constant);
        if (curve == FIT_TIME_AND_START)
            spread_of_resamples(resamples, initial, &fit->initial);
    }
    free(times);
    free(constant);
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

static bool fit_in_range(enum fit_curve curve, const struct fit_system *system,
                         const struct fit_data *data, int resamples)
{
    return data_in_range(data) && resamples >= 0 && curve_in_range(curve, system)
           && (curve != FIT_PARAMETERS || system->skill == 1);
}

static struct fit nothing_fitted(void)
{
    struct spread none = {0, NAN, NAN, NAN, NAN};
    return (struct fit){none, none, NAN, NAN, 0, 0};
}

static enum status fit_average(enum fit_curve curve, const struct fit_system *system,
                               const struct fit_data *data, int *times,
                               struct fit_average *average, struct fit *fit)
{
    struct solution solution;
    int count = find_usable(1, data, times, &fit->left_out);
    fit_take_average(data, times, average);
    enum status status = solve(curve, system, average, &solution);
    fit->constant.count = fit->initial.count = count;
    fit->constant.mean = solution.constant;
    fit->initial.mean = solution.initial;
    fit->residual = sqrt(solution.cost / total_weight(average));
    fit->scatter = sqrt(fit_spread_about(data, average) / total_weight(average));
    return status;
}

enum status fit_constant(enum fit_curve curve, const struct fit_system *system,
                         const struct fit_data *data, int resamples, struct stream *stream,
                         struct fit *fit)
{
    *fit = nothing_fitted();
    if (!fit_in_range(curve, system, data, resamples))
        return STATUS_RANGE;
    struct fit_average average;
    enum status status = average_create(&average, data->points);
    int *usable = calloc((size_t)data->repeats, sizeof(int));
    if (!usable)
        status = STATUS_MEMORY;
    if (status == STATUS_OK)
        status = fit_average(curve, system, data, usable, &average, fit);
    if (status == STATUS_OK && fit->constant.count >= FEWEST_REPEATS && resamples > 0)
        status = bootstrap(curve, system, data, usable, resamples, stream, &average, fit);
    free(usable);
    average_destroy(&average);
    return status;
}

/* Fit repeat r by itself; what it does not fix becomes NaN.  Returns its cost. */
static double fit_repeat(enum fit_curve curve, const struct fit_system *system,
                         const struct fit_data *data, int r, struct fit_average *average,
                         double *constant, double *initial)
{
    struct solution solution;
    struct fit_data one = {1, data->points, data->resource,
                           data->value + (size_t)r * (size_t)data->points};
    fit_take_average(&one, (const int[]){1}, average);
    bool fixed = solve(curve, system, average, &solution) == STATUS_OK;
    *constant = fixed ? solution.constant : NAN;
    *initial = fixed ? solution.initial : NAN;
    return fixed ? solution.cost : 0;
}

static enum status fit_repeats(enum fit_curve curve, const struct fit_system *system,
                               const struct fit_data *data, int resamples,
                               struct stream *stream, struct fit_average *average,
                               double *constant, struct fit *fit)
{
    double sum = 0, weight = 0, *initial = constant + data->repeats;
    for (int r = 0; r < data->repeats; r++) {
        sum += fit_repeat(curve, system, data, r, average, &constant[r], &initial[r]);
        fit->left_out += data->points - average->points;
        fit->unresolved += isnan(constant[r]);
        weight += isnan(constant[r]) ? 0 : average->points;
    }
    fit->residual = sqrt(sum / weight);
    enum status status =
        calibration_condense(data->repeats, constant, resamples, stream, &fit->constant);
    if (status == STATUS_OK)
        status = calibration_condense(data->repeats, initial, resamples, stream, &fit->initial);
    return status == STATUS_OK && fit->constant.count == 0 ? STATUS_CONVERGENCE : status;
}

enum status fit_each(enum fit_curve curve, const struct fit_system *system,
                     const struct fit_data *data, int resamples, struct stream *stream,
                     struct fit *fit)
{
    *fit = nothing_fitted();
    if (!fit_in_range(curve, system, data, resamples) || resamples < 1)
        return STATUS_RANGE;
    struct fit_average average;
    enum status status = average_create(&average, data->points);
    double *constant = malloc(sizeof(double) * 2 * (size_t)data->repeats);
    if (!constant)
        status = STATUS_MEMORY;
    if (status == STATUS_OK)
        status = fit_repeats(curve, system, data, resamples, stream, &average, constant, fit);
    free(constant);
    average_destroy(&average);
    return status;
}

/* The resource at which values pass 1/2, strengths upwards and losses downwards; 0 if they
   have by the first point, INFINITY if they never do.  Values of losses are replaced. */
static double pass_half(enum fit_curve curve, int n, const double *resource, double *value)
{
    bool falls = curve == FIT_LOSS_BY_LOSS || curve == FIT_LOSS_BY_CORRELATION;
    for (int j = 0; falls && j < n; j++)
        value[j] = 1 - value[j];
    if (n > 0 && value[0] >= 0.5)
        return 0;
    double crossing = n > 0 ? calibration_crossing(n, resource, value, 0.5) : NAN;
    return isnan(crossing) ? INFINITY : crossing;
}

/* Is the curve at the resource on the side of 1/2 on which it ends? */
static bool has_emerged(const struct fit_problem *problem, double constant, double resource)
{
    double end = fit_value(problem->curve, &problem->system, constant, INFINITY);
    double here = fit_value(problem->curve, &problem->system, constant, resource);
    return (here - 0.5) * (end - 0.5) >= 0;
}

static double bisect_emergence(const struct fit_problem *problem, double constant)
{
    double low = 0, high = 1;
    while (!has_emerged(problem, constant, high))
        if ((high *= 2) > 1e300)
            return INFINITY;
    for (int i = 0; i < 100; i++) {
        double middle = (low + high) / 2;
        if (has_emerged(problem, constant, middle))
            high = middle;
        else
            low = middle;
    }
    return has_emerged(problem, constant, 0) ? 0 : high;
}

static double predict_emergence(const struct fit_problem *problem, double constant,
                                struct fit_average *average)
{
    for (int j = 0; j < average->points; j++)
        average->value[j] = fit_value(problem->curve, &problem->system, constant,
                                      average->resource[j]);
    double read = pass_half(problem->curve, average->points, average->resource,
                            average->value);
    return read > 0 && isfinite(read) ? read : bisect_emergence(problem, constant);
}

static enum status resample_emergence(enum fit_curve curve, const struct fit_data *data,
                                      const int *usable, int resamples,
                                      struct stream *stream, struct fit_average *average,
                                      struct spread *emergence)
{
    double *value = malloc(sizeof(double) * (size_t)resamples);
    int *times = malloc(sizeof(int) * (size_t)data->repeats);
    bool ready = value && times;
    for (int i = 0; ready && i < resamples; i++) {
        draw_repeats(data->repeats, usable, emergence->count, times, stream);
        fit_take_average(data, times, average);
        value[i] = pass_half(curve, average->points, average->resource, average->value);
    }
    if (ready)
        spread_of_resamples(resamples, value, emergence);
    free(times);
    free(value);
    return ready ? STATUS_OK : STATUS_MEMORY;
}

static enum status predict(const struct fit_problem *problem, double constant,
                           const struct fit_data *data, int *usable, int resamples,
                           struct stream *stream, struct fit_average *average,
                           struct fit_prediction *prediction)
{
    struct spread *emergence = &prediction->emergence;
    enum fit_curve curve = problem->curve;
    emergence->count = find_usable(1, data, usable, &prediction->left_out);
    fit_take_average(data, usable, average);
    if (average->points == 0)
        return STATUS_RANGE;
    prediction->residual = sqrt(fit_cost(problem, constant) / total_weight(average));
    double passed = pass_half(curve, average->points, average->resource, average->value);
    emergence->mean = passed > 0 && isfinite(passed) ? passed : NAN;
    prediction->predicted = predict_emergence(problem, constant, average);
    prediction->ratio = emergence->mean / prediction->predicted;
    if (emergence->count < FEWEST_REPEATS || resamples == 0)
        return STATUS_OK;
    return resample_emergence(curve, data, usable, resamples, stream, average, emergence);
}

enum status fit_predict(enum fit_curve curve, const struct fit_system *system,
                        double constant, const struct fit_data *data, int resamples,
                        struct stream *stream, struct fit_prediction *prediction)
{
    struct fit nothing = nothing_fitted();
    *prediction = (struct fit_prediction){NAN, nothing.constant, NAN, NAN, 0};
    if (!data_in_range(data) || resamples < 0 || !curve_in_range(curve, system)
        || !(constant > 0) || !isfinite(constant))
        return STATUS_RANGE;
    struct fit_average average;
    struct fit_problem problem = {curve, *system, &average};
    enum status status = average_create(&average, data->points);
    int *usable = calloc((size_t)data->repeats, sizeof(int));
    if (!usable)
        status = STATUS_MEMORY;
    if (status == STATUS_OK)
        status = predict(&problem, constant, data, usable, resamples, stream, &average,
                         prediction);
    free(usable);
    average_destroy(&average);
    return status;
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
            enum status status =
                solve(problem.curve, &problem.system, all->average, &solution);
            *constant = solution.constant;
            problem.system.initial = solution.initial;
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

static enum status repeat_contest(const struct contestants *all, const int *usable,
                                  int resamples, struct stream *stream,
                                  struct fit_contest *contest)
{
    int *times = malloc(sizeof(int) * (size_t)all->data->repeats), won = 0;
    enum status status = times ? STATUS_OK : STATUS_MEMORY;
    for (int i = 0; status == STATUS_OK && i < resamples; i++) {
        double residual[2];
        draw_repeats(all->data->repeats, usable, contest->count, times, stream);
        status = hold(all, times, residual);
        if (status == STATUS_OK)
            won += residual[contest->better] < residual[1 - contest->better];
    }
    contest->probability = status == STATUS_OK ? (double)won / resamples : NAN;
    free(times);
    return status;
}

static enum status compete(const struct contestants *all, int *usable, int resamples,
                           struct stream *stream, struct fit_contest *contest)
{
    int left_out;
    enum status status = STATUS_OK;
    contest->count = find_usable(all->skills, all->data, usable, &left_out);
    if (contest->count == 0)
        return STATUS_RANGE;
    for (int i = 0; status == STATUS_OK && i < 2; i++)
        status = miss_by(all, i, usable, &contest->constant[i], &contest->residual[i]);
    contest->better = contest->residual[1] < contest->residual[0];
    if (status != STATUS_OK || contest->count < FEWEST_REPEATS || resamples == 0)
        return status;
    return repeat_contest(all, usable, resamples, stream, contest);
}

static bool contest_in_range(const struct contestants *all, int resamples)
{
    if (all->skills < 1 || (!all->fixed && all->skills > 1))
        return false;
    for (int k = 0; k < all->skills; k++)
        for (int i = 0; i < 2; i++)
            if (all->data[k].repeats != all->data[0].repeats
                || (all->fixed && !(all->fixed[i] > 0 && isfinite(all->fixed[i])))
                || !data_in_range(&all->data[k]) || resamples < 0
                || !curve_in_range(all->curve[i], &all->system[k])
                || (!all->fixed && all->system[k].skill != 1
                    && all->curve[i] == FIT_PARAMETERS))
                return false;
    return true;
}

enum status fit_compare(const enum fit_curve curve[2], const double *constant, int skills,
                        const struct fit_system *system, const struct fit_data *data,
                        int resamples, struct stream *stream, struct fit_contest *contest)
{
    struct fit_average average;
    struct contestants all = {curve, constant, skills, system, data, &average};
    int points = 0;
    *contest = (struct fit_contest){0, {NAN, NAN}, {NAN, NAN}, 0, NAN};
    if (!contest_in_range(&all, resamples))
        return STATUS_RANGE;
    for (int k = 0; k < skills; k++)
        points = GSL_MAX(points, data[k].points);
    enum status status = average_create(&average, points);
    int *usable = calloc((size_t)data->repeats, sizeof(int));
    if (!usable)
        status = STATUS_MEMORY;
    if (status == STATUS_OK)
        status = compete(&all, usable, resamples, stream, contest);
    free(usable);
    average_destroy(&average);
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
