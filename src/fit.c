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

/* Around the R(0) that was found. */
static enum status bootstrap(const struct fit_problem *problem, const struct fit_data *data,
                             int resamples, struct stream *stream, struct sample *sample,
                             struct fit *fit)
{
    struct fit_problem near = *problem;
    double *constant = malloc(sizeof(double) * 2 * (size_t)resamples);
    if (!constant)
        return STATUS_MEMORY;
    double *initial = constant + resamples;
    enum status status = STATUS_OK;
    near.system.skill.initial = fit->initial.mean;
    for (int i = 0; i < resamples && status != STATUS_MEMORY; i++) {
        struct solution solution;
        draw_repeats(sample, stream);
        fit_take_average(data, sample->times, &sample->average);
        status = solve(&near, &solution);
        constant[i] = solution.constant;
        initial[i] = solution.initial;
    }
    if (status != STATUS_MEMORY) {
        fit->unresolved = spread_of_resamples(resamples, constant, &fit->constant);
        if (problem->curve == FIT_TIME_AND_START)
            spread_of_resamples(resamples, initial, &fit->initial);
        status = STATUS_OK;
    }
    free(constant);
    return status;
}

static bool data_in_range(const struct fit_data *data, int resamples)
{
    if (data->repeats < 1 || data->points < 1 || !(data->resource[0] >= 0)
        || !isfinite(data->resource[data->points - 1]))
        return false;
    for (int j = 1; j < data->points; j++)
        if (!(data->resource[j] > data->resource[j - 1]))
            return false;
    return resamples >= 0;
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

static enum status fit_average(const struct fit_problem *problem, const struct fit_data *data,
                               struct sample *sample, struct fit *fit)
{
    struct solution solution;
    struct fit_average *average = &sample->average;
    fit->left_out = find_usable(sample, 1, data);
    fit_take_average(data, sample->usable, average);
    enum status status = solve(problem, &solution);
    fit->constant.count = fit->initial.count = sample->count;
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
    struct sample sample;
    struct fit_problem problem = {curve, *system, &sample.average};
    *fit = (struct fit){statistics_nothing, statistics_nothing, NAN, NAN, 0, 0};
    if (!data_in_range(data, resamples) || !curve_in_range(curve, system)
        || !can_be_fitted(curve, system))
        return STATUS_RANGE;
    enum status status = sample_create(&sample, 1, data);
    if (status == STATUS_OK)
        status = fit_average(&problem, data, &sample, fit);
    if (status == STATUS_OK && sample.count >= STATISTICS_FEWEST && resamples > 0)
        status = bootstrap(&problem, data, resamples, stream, &sample, fit);
    sample_destroy(&sample);
    return status;
}

/* The resource at which values pass 1/2, strengths upwards and losses downwards; 0 if they
   have by the first point, INFINITY if they never do.  Values of losses are replaced. */
static double pass_half(enum fit_curve curve, const struct fit_average *average)
{
    bool falls = curve == FIT_LOSS_BY_LOSS || curve == FIT_LOSS_BY_CORRELATION;
    int n = average->points;
    double *value = average->value;
    for (int j = 0; falls && j < n; j++)
        value[j] = 1 - value[j];
    if (n > 0 && value[0] >= 0.5)
        return 0;
    double crossing = n > 0 ? statistics_crossing(n, average->resource, value, 0.5) : NAN;
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

/* Values are replaced by those of the curve. */
static double predict_emergence(const struct fit_problem *problem, double constant,
                                struct fit_average *average)
{
    for (int j = 0; j < average->points; j++)
        average->value[j] = fit_value(problem->curve, &problem->system, constant,
                                      average->resource[j]);
    double read = pass_half(problem->curve, average);
    return read > 0 && isfinite(read) ? read : bisect_emergence(problem, constant);
}

static enum status resample_emergence(enum fit_curve curve, const struct fit_data *data,
                                      int resamples, struct stream *stream,
                                      struct sample *sample, struct spread *emergence)
{
    double *value = malloc(sizeof(double) * (size_t)resamples);
    if (!value)
        return STATUS_MEMORY;
    for (int i = 0; i < resamples; i++) {
        draw_repeats(sample, stream);
        fit_take_average(data, sample->times, &sample->average);
        value[i] = pass_half(curve, &sample->average);
    }
    spread_of_resamples(resamples, value, emergence);
    free(value);
    return STATUS_OK;
}

static enum status predict(const struct fit_problem *problem, const struct fit_data *data,
                           struct sample *sample, struct fit_prediction *prediction)
{
    struct fit_average *average = &sample->average;
    double constant = prediction->constant;
    prediction->left_out = find_usable(sample, 1, data);
    prediction->emergence.count = sample->count;
    fit_take_average(data, sample->usable, average);
    if (average->points == 0)
        return STATUS_RANGE;
    prediction->residual = sqrt(fit_cost(problem, constant) / total_weight(average));
    double passed = pass_half(problem->curve, average);
    prediction->emergence.mean = passed > 0 && isfinite(passed) ? passed : NAN;
    prediction->predicted = predict_emergence(problem, constant, average);
    prediction->ratio = prediction->emergence.mean / prediction->predicted;
    return STATUS_OK;
}

enum status fit_predict(enum fit_curve curve, const struct fit_system *system,
                        const struct fit_data *data, int resamples, struct stream *stream,
                        struct fit_prediction *prediction)
{
    struct sample sample;
    struct fit_problem problem = {curve, *system, &sample.average};
    double constant = prediction->constant;
    *prediction = (struct fit_prediction){constant, NAN, statistics_nothing, NAN, NAN, 0};
    if (!data_in_range(data, resamples) || !curve_in_range(curve, system)
        || !constant_in_range(constant))
        return STATUS_RANGE;
    enum status status = sample_create(&sample, 1, data);
    if (status == STATUS_OK)
        status = predict(&problem, data, &sample, prediction);
    if (status == STATUS_OK && sample.count >= STATISTICS_FEWEST && resamples > 0)
        status = resample_emergence(curve, data, resamples, stream, &sample,
                                    &prediction->emergence);
    sample_destroy(&sample);
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
    if (all->skills < 1 || (!all->fixed && all->skills > 1))
        return false;
    for (int k = 0; k < all->skills; k++)
        for (int i = 0; i < 2; i++)
            if (all->data[k].repeats != all->data[0].repeats
                || !data_in_range(&all->data[k], resamples)
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
