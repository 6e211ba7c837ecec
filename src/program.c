#include "audit.h"
#include "bytes.h"
#include "experiments.h"
#include "ledger.h"
#include "mlp.h"
#include "measured.h"
#include "numbers.h"
#include "provenance.h"
#include "settings.h"
#include "table.h"
#include "theory.h"
#include <argp.h>
#include <cblas.h>
#include <errno.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_gamma.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct call;
enum { WORDS_MAX = 60 };

struct command {
    const char *name, *summary, *columns; /* columns: for the help */
    const char *options;                  /* words "name=default" or "name" */
    const char *modules;                  /* its result depends on these, or "all" */
    enum status (*run)(struct call *call);
    enum status (*tabulate)(const struct settings *settings, FILE *stream); /* or this */
    bool is_simulation;
    const char *argument; /* placeholder of its argument, if it has one: "FILE", "FILE..." for one
                             or more, "[CLAIM...]" for any number */
    bool is_tex;          /* comments begin with % and not with # */
    const char *others;   /* letters of what follows R_1 .. R_n, n columns each; or NULL */
    const char *needs;    /* words "name[low,high]": narrower ranges; or NULL */
};

/* One call of a command. */
struct call {
    const struct command *command;
    struct settings settings;
    const char *words[WORDS_MAX + 1]; /* arguments that are no options; then NULL */
    int word_count;
    const char *reason; /* what is wrong with the input, if more is known */
    const char *input; /* the file that could not be read, if that is the trouble */
    char last[256];    /* room for its name */
    char trouble[80];  /* what is wrong with it, if that is known */
    const char *lack;  /* and what it is in the way of */
    struct table table;
};

enum { EXIT_USAGE = 2 };

static _Noreturn void refuse(const struct command *command, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "emergence%s%s: ", command ? " " : "", command ? command->name : "");
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(EXIT_USAGE);
}

static void report_failure(const struct call *call, enum status status)
{
    int error = errno;
    const char *path = call->input              ? call->input
                       : call->settings.dry_run ? "-"
                                                : call->settings.output;
    fprintf(stderr, "emergence %s: %s", call->command->name,
            *call->trouble ? call->lack : status_text(status));
    if (status == STATUS_FILE || status == STATUS_FORMAT || status == STATUS_EMPTY
        || status == STATUS_LEDGER)
        fprintf(stderr, ": %s", strcmp(path, "-") ? path : "standard output");
    if (*call->trouble)
        fprintf(stderr, ": %s", call->trouble);
    if (status == STATUS_FILE)
        fprintf(stderr, ": %s", error == EWOULDBLOCK ? "in use by another run"
                                                     : strerror(error));
    if (call->reason && status == STATUS_FORMAT)
        fprintf(stderr, ": %s", call->reason);
    fputc('\n', stderr);
}

static bool uses_module(const struct command *command, const char *module)
{
    size_t length = strlen(module);
    for (const char *at = command->modules; (at = strstr(at, module)); at += length)
        if ((at == command->modules || at[-1] == ' ') && strchr(" ", at[length]))
            return true;
    return !strcmp(command->modules, "all");
}

/* Returns the character that begins a comment. */
static char print_settings(FILE *stream, const struct call *call)
{
    const char mark = call->command->is_tex && !call->settings.gnuplot ? '%' : '#';
    fprintf(stream, "%c command: emergence %s", mark, call->command->name);
    settings_print(stream, &call->settings, call->command->options, ROLE_EXTENT);
    for (int i = 0; i < call->word_count; i++)
        fprintf(stream, " %s", call->words[i]);
    fputc('\n', stream);
    for (const struct provenance_module *module = provenance_modules; module->name; module++)
        if (uses_module(call->command, module->name))
            fprintf(stream, "%c module: %s %s\n", mark, module->name, module->hash);
    return mark;
}

static enum status open_table(struct call *call)
{
    enum status status = table_open(&call->table, call->settings.output);
    if (status != STATUS_OK)
        return status;
    char mark = print_settings(call->table.stream, call);
    fprintf(call->table.stream, "%c commit: %s\n%c compiler: %s\n", mark, provenance_commit,
            mark, provenance_compiler);
    if (uses_module(call->command, "layers") && call->command->is_simulation)
        fprintf(call->table.stream, "%c blas: %s, core %s\n", mark, openblas_get_config(),
                openblas_get_corename());
    fprintf(call->table.stream, "%c columns: %s\n", mark, call->command->columns);
    return STATUS_OK;
}

static void print_names(FILE *stream, const char *names, const struct call *call)
{
    fputs(names, stream);
    for (long k = 1; k <= call->settings.skills; k++)
        fprintf(stream, "\tR_%ld", k);
    for (const char *other = call->command->others; other && *other; other++)
        for (long k = 1; k <= call->settings.skills; k++)
            fprintf(stream, "\t%c_%ld", *other, k);
    fputc('\n', stream);
}

static uint64_t version_of(const struct call *call)
{
    uint64_t hash = 0;
    for (const struct provenance_module *module = provenance_modules; module->name; module++)
        if (uses_module(call->command, module->name))
            hash = runner_hash(module->hash, strlen(module->hash), hash);
    if (uses_module(call->command, "layers")) /* whose sums OpenBLAS orders */
        hash = runner_hash(openblas_get_corename(), strlen(openblas_get_corename()), hash);
    return hash;
}

/* A simulation about to be carried out. */
struct simulation {
    struct call *call;
    struct run run;
    struct conduct conduct;
    struct tally tally;
    const char *names;
    bool is_journal_served; /* all that it had stands elsewhere now */
};

static void print_tally(FILE *stream, const struct tally *tally)
{
    if (tally->archived > 0)
        fprintf(stream, "# archived: %d of %d cells, %d of them unverified\n",
                tally->archived, tally->finished, tally->unverified);
}

static enum status write_table(struct simulation *simulation, const char *path,
                               enum status (*fill)(struct simulation *, FILE *))
{
    struct call *call = simulation->call;
    char *rows = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&rows, &size);
    enum status status = stream ? fill(simulation, stream) : STATUS_MEMORY;
    if (stream)
        fclose(stream);
    call->settings.output = path;
    bool is_due = status == STATUS_OK && size > 0;
    if (is_due)
        status = open_table(call);
    if (is_due && status == STATUS_OK) {
        if (path != simulation->conduct.archive)
            print_tally(call->table.stream, &simulation->tally);
        print_names(call->table.stream, simulation->names, call);
        fwrite(rows, 1, size, call->table.stream);
        status = table_close(&call->table);
    }
    free(rows);
    return status;
}

static enum status estimate(const struct simulation *simulation)
{
    const struct call *call = simulation->call;
    struct estimate left;
    print_settings(stdout, call);
    if (call->settings.quiet)
        return STATUS_OK;
    simulation->call->settings.threads = 1;
    enum status status = runner_estimate(&simulation->run, &simulation->conduct, &left);
    if (status == STATUS_OK)
        printf("cells\t%d\nsteps\t%.0f\nseconds on one thread%s\t%.0f\n", left.cells,
               left.steps, left.is_bound ? ", at most" : "", left.seconds);
    return status;
}

static void say_what_is_kept(const struct simulation *simulation)
{
    const struct call *call = simulation->call;
    const char *journal = simulation->conduct.journal;
    int finished = simulation->tally.finished - simulation->tally.archived;
    if (finished > 0)
        fprintf(stderr, "emergence %s: %d of %d cells are finished and kept in %s\n",
                call->command->name, finished, simulation->run.cells, journal);
}

static enum status fill_with_cells(struct simulation *simulation, FILE *table)
{
    return runner_run(&simulation->run, &simulation->conduct, table, &simulation->tally);
}

static bool is_empty(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && status.st_size == 0;
}

static enum status carry_out_run(struct simulation *simulation)
{
    const char *journal = simulation->conduct.journal;
    enum status status = write_table(simulation, simulation->call->settings.output,
                                     fill_with_cells);
    simulation->is_journal_served =
        status == STATUS_OK && journal && (!simulation->conduct.archive || is_empty(journal));
    if (status != STATUS_OK && journal)
        say_what_is_kept(simulation);
    return status;
}

static enum status fill_with_records(struct simulation *simulation, FILE *archive)
{
    return runner_collect(&simulation->run, &simulation->conduct, archive, &simulation->tally);
}

static enum status store_cells(struct simulation *simulation)
{
    const char *archive = simulation->conduct.archive;
    enum status status = write_table(simulation, archive, fill_with_records);
    simulation->is_journal_served = status == STATUS_OK && simulation->tally.left == 0;
    if (status == STATUS_OK)
        printf("%s: %d of %d cells\n", archive, simulation->tally.finished,
               simulation->run.cells);
    return status;
}

static enum status fill_with_believed(struct simulation *simulation, FILE *archive)
{
    struct tally *tally = &simulation->tally;
    enum status status = runner_verify(&simulation->run, &simulation->conduct,
                                       (int)simulation->call->settings.verify, archive, tally);
    return status == STATUS_OK && tally->equal < tally->drawn ? STATUS_UNEQUAL : status;
}

static enum status verify_archive(struct simulation *simulation)
{
    const char *archive = simulation->conduct.archive;
    const struct tally *tally = &simulation->tally;
    enum status status = write_table(simulation, archive, fill_with_believed);
    if (status == STATUS_OK || status == STATUS_UNEQUAL)
        printf("%s: %d of %d recomputed cells agree, %d of %d stay unverified\n", archive,
               tally->equal, tally->drawn, tally->unverified, tally->archived);
    return status;
}

static enum status choose_way(struct simulation *simulation)
{
    const struct settings *settings = &simulation->call->settings;
    if (settings->dry_run)
        return estimate(simulation);
    runner_catch_signals();
    return settings->store        ? store_cells(simulation)
           : settings->verify > 0 ? verify_archive(simulation)
                                  : carry_out_run(simulation);
}

static enum status simulate(struct call *call, const char *names,
                            struct run (*plan)(const struct settings *))
{
    const struct settings *settings = &call->settings;
    struct hold hold = {0};
    struct simulation simulation = {.call = call,
                                    .run = plan(settings),
                                    .names = names,
                                    .conduct = {.threads = (int)settings->threads,
                                                .quiet = settings->quiet,
                                                .archive = settings->archive,
                                                .fresh = settings->fresh,
                                                .seed = settings->seed,
                                                .version = version_of(call),
                                                .trouble = &call->input,
                                                .hold = &hold}};
    char *journal = NULL;
    if (table_is_file(settings->output)
        && asprintf(&journal, "%s.journal", settings->output) < 0)
        return STATUS_MEMORY;
    simulation.conduct.journal = journal;
    enum status status = choose_way(&simulation);
    runner_release(&simulation.conduct, simulation.is_journal_served);
    if (call->input) {
        snprintf(call->last, sizeof call->last, "%s", call->input);
        call->input = call->last;
    }
    free(journal);
    return status;
}

static enum status run_multilinear(struct call *call)
{
    return simulate(call, "repeat\tD\tT\tloss", experiments_multilinear);
}

static enum status run_mlp_time(struct call *call)
{
    return simulate(call, "repeat\tT\tloss", experiments_mlp_time);
}

static enum status run_mlp_means(struct call *call)
{
    return simulate(call, "repeat\tT\tloss", experiments_mlp_means);
}

static enum status run_mlp_width(struct call *call)
{
    return simulate(call, "repeat\tN\tT\tloss", experiments_mlp_width);
}

static enum status run_mlp_data(struct call *call)
{
    return simulate(call, "repeat\tD\tsteps\tloss", experiments_mlp_data);
}

static enum status run_transformer_time(struct call *call)
{
    return simulate(call, "repeat\tT\tloss", experiments_transformer_time);
}

static enum status run_mlp_bytes(struct call *call)
{
    return simulate(call, "repeat\tT\tloss", bytes_mlp_time);
}

static enum status run_audit(struct call *call)
{
    bool passed = true;
    fputs("equation\tresidual\ttolerance\tverdict\n", call->table.stream);
    const struct entry *entry;
    for (int i = 0; (entry = audit_entry(i)); i++) {
        double residual;
        bool good = audit_run(entry, &residual);
        fprintf(call->table.stream, "%s\t%.3g\t%.3g\t%s\n", entry->equation, residual,
                entry->tolerance, good ? "passed" : "failed");
        if (!good)
            fprintf(stderr, "emergence audit: %s: residual %.3g exceeds %.3g\n",
                    entry->equation, residual, entry->tolerance);
        passed = passed && good;
    }
    return passed ? STATUS_OK : STATUS_AUDIT;
}

static enum status run_summary(struct call *call)
{
    enum status status = numbers_summarise(call->words[0], call->table.stream);
    call->input = status == STATUS_OK ? NULL : call->words[0];
    return status;
}

static enum status run_times(struct call *call)
{
    enum status status
        = numbers_tabulate_times(call->words[0], call->settings.level, call->table.stream,
                                 call->trouble, sizeof call->trouble);
    call->input = status == STATUS_OK ? NULL : call->words[0];
    call->lack = "no emergence times";
    return status;
}

static void print_fit_row(FILE *stream, const char *path, int k, const struct measured *measured,
                          const struct fit_prediction *one)
{
    const struct spread *constant = &one->constant, *ratio = &one->ratio;
    fprintf(stream, "%s\t%d\t%s\t%.6g\t%.6g\t%.6g\t%d\t%.6g\t%.6g\t%.6g\t%.6g\t%.6g\t%.3g\n",
            path, k, measured->constant, constant->mean, constant->low, constant->high,
            one->emergence.count, one->emergence.mean, one->predicted, ratio->mean, ratio->low,
            ratio->high, one->residual);
}

static enum status predict_row(struct call *call, const char *path, int k,
                               const struct measured *measured, const struct spread *constant)
{
    struct fit_prediction one = {.constant = *constant};
    enum status status = measured_predict(measured, k, &one);
    if (status == STATUS_OK)
        print_fit_row(call->table.stream, path, k, measured, &one);
    return status;
}

/* The skill that is asked for, or the only one; 0 if that is not clear. */
static int skill_to_fit(struct call *call, const struct measured *measured)
{
    long skills = measured->settings.skills, k = call->settings.skill;
    call->reason = NULL;
    if (k == 0 && skills > 1)
        call->reason = "it has several skills; say which with --skill";
    else if (k > skills)
        call->reason = "it has no such --skill";
    else if (measured->curve == FIT_PARAMETERS && k > 1)
        call->reason = "N_c is fitted to the first skill only";
    return call->reason ? 0 : k > 0 ? (int)k : 1;
}

static enum status fit_table(struct call *call, const char *path, const struct measured *target,
                             bool *predicted)
{
    struct measured measured;
    struct fit fit = {.constant = statistics_nothing};
    enum status status = measured_read(&measured, path);
    int k = 0;
    call->input = path;
    call->reason = measured.reason;
    if (status == STATUS_OK && (k = skill_to_fit(call, &measured)) == 0)
        status = STATUS_FORMAT;
    if (status == STATUS_OK)
        status = measured_fit(&measured, k, &fit);
    struct spread itself = statistics_exactly(fit.constant.mean);
    struct fit_prediction one = {.constant = itself};
    if (status == STATUS_OK && (status = measured_predict(&measured, k, &one)) == STATUS_OK) {
        one.constant = fit.constant;
        print_fit_row(call->table.stream, path, k, &measured, &one);
    }
    if (status == STATUS_OK && target && target->curve == measured.curve && !*predicted) {
        *predicted = true;
        for (int i = 1; status == STATUS_OK && i <= target->settings.skills; i++)
            status = predict_row(call, call->settings.predict, i, target, &fit.constant);
    }
    measured_free(&measured);
    return status;
}

static enum status run_fit(struct call *call)
{
    struct measured target = {0};
    const char *path = call->settings.predict;
    bool predicted = path == NULL;
    enum status status = path ? measured_read(&target, path) : STATUS_OK;
    call->input = path;
    call->reason = target.reason;
    if (status == STATUS_OK)
        fputs("table\tskill\tconstant\tvalue\tlow\thigh\trepeats\tmeasured\tpredicted\tratio\t"
              "ratio_low\tratio_high\tresidual\n", call->table.stream);
    for (int i = 0; status == STATUS_OK && i < call->word_count; i++)
        status = fit_table(call, call->words[i], path ? &target : NULL, &predicted);
    if (status == STATUS_OK && !predicted) {
        call->input = path;
        call->reason = "no table to fit is over the same resource";
        status = STATUS_FORMAT;
    }
    call->input = status == STATUS_OK ? NULL : call->input;
    measured_free(&target);
    return status;
}

/* Of the claims that were named, or of all. */
static enum status report_on_runs(struct call *call, enum numbers_kind kind)
{
    for (int i = 0; i < call->word_count; i++)
        if (ledger_find(call->words[i]) < 0)
            refuse(call->command, "'%s' is no claim; emergence verdicts lists them",
                   call->words[i]);
    enum status status = numbers_write(call->settings.runs, kind,
                                       call->word_count > 0 ? call->words : NULL,
                                       call->table.stream, call->last, sizeof call->last);
    if (status == STATUS_EMPTY)
        snprintf(call->trouble, sizeof call->trouble, "what it needs is not in --runs %s",
                 call->settings.runs);
    call->lack = "not run";
    call->input = status == STATUS_OK ? NULL : call->last;
    return status;
}

static enum status run_numbers(struct call *call)
{
    return report_on_runs(call, call->settings.gnuplot ? NUMBERS_GNUPLOT : NUMBERS_TEX);
}

static enum status run_calibrate(struct call *call)
{
    return report_on_runs(call, NUMBERS_FITS);
}

static enum status run_verdicts(struct call *call)
{
    return report_on_runs(call, NUMBERS_VERDICTS);
}
#define LOSS "loss L = E[(f* - f)^2]/2"
#define SHARE "loss sum_k P_s(k) E[(f* - f)^2 | k]/S^2 = L/(S^2/2)"
#define TASK "alpha=0.6 skills=5 bits=32 order=3 overlap target=5 "
#define GRID "from=1 to=10000 points=61 "
#define EVERYWHERE "output quiet dry-run"
#define SIMULATION "repeats=10 seed=1 threads=0 archive fresh store verify " EVERYWHERE
#define TRAINING "optimiser=sgd momentum=0 decay=0 cool=0.5 cool-every=0 variant=best "
#define DATA "optimiser=sgd momentum=0 decay=0 cool=0.5 cool-every=10000 variant=best "
#define ADAM "optimiser=adam momentum=0 decay=0.0005 cool=0.5 cool-every=0 variant=best "
#define NETWORK "stream draw variant task mlp optimiser move kernel cells training twolayer "
#define LAW "alpha=0.6 skills=100000 target=1 initial=0.01 rate=1 "
#define THEORY "task sums scaling theory"
#define JOINT "task sums scaling resources theory"
#define BOUNDS "task sums scaling bounds theory"
#define DEPTH "depth theory"
#define EMERGENCE "task emergence theory"
#define SKILLS "skills[1,10000000]"
#define INTEGERS "from[1,1e9] to[1,1e9]"
#define FEATURES "dc[1,1024] bits[1,14] samples[1,16384] initial(0,1)"

static const struct command commands[] = {
    {"constants", "Constants of the four scaling laws, and the optimal kappa.",
     "name, value; the A's with S^2/2 and all, kappa* of the compute law",
     "alpha=0.6 skills=0 target=1 initial=0.01 rate=1 " EVERYWHERE, THEORY,
     .tabulate = theory_constants},
    {"law time", "Loss against training time T, exact and by its power law.",
     "T, exact " LOSS ", power law, bound on |loss - law|", LAW "layers=2 " GRID EVERYWHERE,
     "depth " THEORY, .tabulate = theory_law_time},
    {"law data", "Loss against the number of training samples D.",
     "D, exact " LOSS ", power law, bound on |loss - law|",
     LAW "from=1 to=1000 points=61 " EVERYWHERE,
     THEORY, .tabulate = theory_law_data, .needs = INTEGERS},
    {"law parameters", "Loss against the number of parameters N.",
     "N, exact " LOSS ", power law, bound on |loss - law|", LAW "from=1 to=100 points=61 " EVERYWHERE,
     THEORY, .tabulate = theory_law_parameters, .needs = INTEGERS},
    {"law compute", "Loss against compute C = N T, for given N or for the best N.",
     "N, C, exact " LOSS ", power law of the optimum",
     "alpha=0.6 skills=50000 target=5 initial=0.01 rate=1 parameters=0 from=100 to=1e9 points=71 "
     EVERYWHERE, THEORY, .tabulate = theory_law_compute},
    {"loss", "The exact loss L(T, D, N) where all three resources are finite.",
     "T, D, N, exact " LOSS ", bound on its error, joint law (infinite at 0)",
     LAW "time=inf samples=inf parameters=inf " EVERYWHERE, JOINT, .tabulate = theory_loss},
    {"map", "The exact loss over a plane of two resources; N is a grid of N^(alpha+1).",
     "T, D, N, exact " LOSS ", bound on its error, joint law, loss if only T, only D, only N were "
     "finite, local exponents -d ln L/d ln of the first and of the second axis",
     LAW "time=inf samples=inf parameters=inf plane=td from=1 to=1e7 points=43 " EVERYWHERE, JOINT,
     .tabulate = theory_map, .needs = "points[1,1000]"},
    {"frontier", "The best N and T for compute C = N T and D samples.",
     "D, C, N, T, exact " LOSS,
     LAW "samples=1000,100000,inf from=1 to=1e9 points=46 " EVERYWHERE, JOINT,
     .tabulate = theory_frontier},
    {"bounds time", "Bounds on the errors of the time law, n_s and N finite or infinite.",
     "N (0: all), T, exact " LOSS ", power law, bound on |loss - law|, integral for the sum, bound "
     "on |loss - integral|", LAW "parameters=0 " GRID EVERYWHERE, BOUNDS,
     .tabulate = theory_bounds_time},
    {"bounds data", "Bounds on the errors of the data law.",
     "D, exact " LOSS ", power law, bound on |loss - law|, integral for the sum, bound on "
     "|loss - integral|", LAW "from=1 to=10000 points=61 " EVERYWHERE, BOUNDS,
     .tabulate = theory_bounds_data, .needs = INTEGERS},
    {"bounds parameters", "Bounds on the errors of the parameter law.",
     "N, exact " LOSS ", power law, bound on |loss - law|, integral for the sum, bound on "
     "|loss - integral|", LAW "from=1 to=10000 points=61 " EVERYWHERE, BOUNDS,
     .tabulate = theory_bounds_parameters, .needs = INTEGERS},
    {"bounds range", "Where the laws hold within 1, 5 and 20 per cent.",
     "percent; for T, D and N: first and last value (inf: none, or no end), first proved value",
     LAW EVERYWHERE, BOUNDS, .tabulate = theory_bounds_range},
    {"stages", "Emergent and saturation times of the multilinear model.",
     "k, P_s(k), T^e (R_k = fraction S), T^s (R_k = (1 - fraction) S)",
     "alpha=0.6 skills=5 target=5 initial=0.01 rate=0.02 layers=2 imbalance=0 fraction=0.05 "
     EVERYWHERE, "task emergence " DEPTH, .tabulate = theory_stages, .needs = SKILLS},
    {"strength time", "Skill strengths against training time T.",
     "T, R_1 .. R_n in units of S; with --kappa the extended model, R(0) = sigma^2/3.6",
     "alpha=0.6 skills=5 target=5 initial=0.01 rate=0.02 kappa=0 sigma=0.01 linear "
     "layers=2 imbalance=0 from=1 to=20000 points=101 " EVERYWHERE, "multilinear depth " EMERGENCE,
     .tabulate = theory_strength_time, .needs = SKILLS},
    {"strength data", "Expected skill strengths against the number of samples D.",
     "D, R_1 .. R_n in units of S; with --dc the extended model",
     "alpha=0.6 skills=5 target=5 initial=0.01 dc=0 from=1 to=100000 points=101 " EVERYWHERE,
     EMERGENCE, .tabulate = theory_strength_data, .needs = SKILLS},
    {"strength parameters", "Skill strengths against the number of parameters N.",
     "N, R_1 .. R_n in units of S; with --nc the extended model, N counts hidden units",
     "alpha=0.6 skills=5 target=5 nc=0 from=1 to=20 points=101 " EVERYWHERE, EMERGENCE,
     .tabulate = theory_strength_parameters, .needs = SKILLS},
    {"samples", "Samples of the task, drawn at random.",
     "sample, k (the skill it asks for), x_1 .. x_nb, places of the m relevant bits, parity g_k",
     "alpha=0.6 skills=5 bits=32 order=3 overlap batch=8 seed=1 " EVERYWHERE,
     "stream draw variant task theory", .tabulate = theory_samples, .needs = "skills[1,64]"},
    {"strength counts", "Strengths against training time T for given numbers of samples.",
     "T, R_1 .. R_n in units of S, of skills with the given numbers of samples",
     "counts=5,2,1 samples=10 target=1 initial=0.01 rate=0.5 linear from=0.1 to=100 points=201 "
     EVERYWHERE, "multilinear theory", .tabulate = theory_strength_counts,
     .needs = "samples[1,1e9]"},
    {"modes", "Modes of a linear network of two layers against training time T.",
     "T; for each mode its strength in units of lambda_k, integrated, and by the logistic",
     "skills=3 rate=0.3 sigma=0.01 seed=1 from=0.1 to=100 points=201 " EVERYWHERE,
     "stream modes march multilinear theory", .tabulate = theory_modes, .needs = "skills[1,50]"},
    {"shots data", "The extended model in data, trained to the end on d samples of a skill.",
     "repeat, d, loss in units of S^2/2, R in units of S, strength read from the loss, loss and R "
     "of the linear model",
     "dc=64 bits=10 initial=0.000001 samples=4,8:48:8,56,96 repeats=40 seed=1 " EVERYWHERE,
     "stream modes march shots theory", .tabulate = theory_shots_data,
     .needs = FEATURES},
    {"shots time", "The extended model in data against training time T.",
     "T, R in units of S, strength read from the loss, both of the linear model",
     "dc=64 bits=10 initial=0.000001 rate=1 samples=32 seed=1 from=0.1 to=100 points=101 "
     EVERYWHERE, "stream modes march shots theory", .tabulate = theory_shots_time,
     .needs = FEATURES},
    {"wait start", "Wait over rise, and stages, against the start.",
     "R(0)/S, W = T^e/(T^s - T^e), k_* (skills below it are learned in stages)",
     "alpha=0.6 layers=2 fraction=0.05 from=1e-9 to=0.01 points=57 " EVERYWHERE,
     "emergence " DEPTH, .tabulate = theory_wait_start, .needs = "fraction(0,0.5)"},
    {"wait imbalance", "Wait over rise, and stages, against the imbalance of two layers.",
     "q/S, W = T^e/(T^s - T^e), k_* (skills below it are learned in stages)",
     "alpha=0.6 target=1 initial=1e-6 fraction=0.05 from=1e-12 to=100 points=113 " EVERYWHERE,
     DEPTH, .tabulate = theory_wait_imbalance},
    {"convergence", "Distance from the closed form against the number of steps.",
     "steps; largest error/S by gradient descent, Runge-Kutta of order 4 and 8; skill 1, descent "
     "on batches: mean error, its standard error, its theory; spread, its theory",
     "alpha=0.6 skills=5 target=1 initial=0.000001 fraction=0.25 batch=16 from=4 to=2048 points=10 "
     "repeats=1000 seed=1 " EVERYWHERE, "stream variant task multilinear emergence " DEPTH,
     .tabulate = theory_convergence, .needs = SKILLS " repeats[2,1000000] " INTEGERS},
    {"minimal", "A network of three units that learns the parity of three bits.",
     "T, strengths of its modes and of the skill by the flow, and of the skill by gradient descent, "
     "weights shared and separate, and in the multilinear model with B^2 = 1/3; in units of S",
     "target=1 initial=0.01 rate=0.02 time=0:1000:5 " EVERYWHERE, "multilinear minimal theory",
     .tabulate = theory_minimal,
     .needs = "target[0.01,1000] initial[1e-287,1000] rate(0,1] time[0,100000]"},
    {"multilinear", "Stochastic gradient descent of the multilinear model.",
     "repeat, D (0: fresh batches), T (steps), " SHARE ", R_1 .. R_n in units of S",
     "alpha=0.6 skills=5 target=5 initial=0.01 rate=0.001 batch=4000 steps=10000 every=100 "
     "samples=0 parameters=inf " SIMULATION,
     "stream variant task multilinear cells descents",
     .run = run_multilinear, .is_simulation = true, .needs = SKILLS},
    {"mlp-time", "Emergence over time in the two-layer network.",
     "repeat, T (steps), " SHARE ", R_1 .. R_n in units of S",
     TASK "rate=0.02 width=1000 sigma=0.01 batch=4000 steps=20000 every=50 " TRAINING SIMULATION,
     NETWORK "batches", .run = run_mlp_time, .is_simulation = true, .needs = SKILLS},
    {"mlp-means", "The same at the article's settings, with the means of f g_k as well.",
     "repeat, T (steps), " SHARE ", R_1 .. R_n in units of S, M_1 .. M_n: means of f g_k in units "
     "of S",
     TASK "rate=0.025 width=1000 sigma=0.01 batch=4000 steps=30000 every=50 " TRAINING SIMULATION,
     NETWORK "batches means", .run = run_mlp_means, .is_simulation = true, .others = "M",
     .needs = SKILLS},
    {"mlp-data", "The two-layer network on data sets of given sizes.",
     "repeat, D, steps (epochs), " SHARE ", R_1 .. R_n in units of S, L_1 .. L_n in units of S^2/2",
     TASK "rate=0.025 width=1000 sigma=0.001 steps=100000 every=0 stop=0.001 "
     "samples=500:10000:500,11000:15000:1000,20000:35000:5000 " DATA SIMULATION,
     NETWORK "datasets", .run = run_mlp_data, .is_simulation = true, .others = "L",
     .needs = SKILLS " samples[1,1e9]"},
    {"mlp-width", "Two-layer networks of given widths.",
     "repeat, N, T (steps), " SHARE ", R_1 .. R_n in units of S",
     TASK "rate=0.01 sigma=0.05 batch=4000 steps=500000 every=0 widths=1:20 " ADAM SIMULATION,
     NETWORK "batches", .run = run_mlp_width, .is_simulation = true, .needs = SKILLS},
    {"mlp-bytes",
     "The network of mlp-time where no byte is 255, as the authors' scripts draw samples.",
     "repeat, T (steps), " SHARE ", R_1 .. R_n in units of S",
     TASK "rate=0.02 width=1000 sigma=0.01 batch=4000 steps=20000 every=50 " TRAINING SIMULATION,
     NETWORK "batches bytes", .run = run_mlp_bytes, .is_simulation = true, .needs = SKILLS},
    {"transformer-time", "Emergence over time in the transformer.",
     "repeat, T (steps), " SHARE ", R_1 .. R_n in units of S",
     "alpha=0.9 skills=5 bits=32 order=3 overlap only=0 reverse target=1 rate=0.00005 width=512 "
     "heads=4 batch=5000 "
     "steps=1000000 every=1000 stop=0 " TRAINING SIMULATION,
     "stream draw variant task optimiser move transformer layers cells training attention",
     .run = run_transformer_time, .is_simulation = true,
     .needs = "skills[1,1024] width[1,65536]"},
    {"audit", "Run every audit entry; exit code 1 if one fails.",
     "equation, largest residual, tolerance, verdict", EVERYWHERE, "all", .run = run_audit},
    {"summary", "Spread of a table over its repeats.",
     "the columns before loss, then mean and standard deviation of every other column, in its unit",
     "output", "statistics numbers", .run = run_summary, .argument = "FILE"},
    {"times", "Emergence times of the skills in any table of strengths over T, and their exponent.",
     "those before T, T_1 .. T_n in the unit of T (inf: did not emerge), for n > 1 the slope of ln "
     "T_k against ln k",
     "level=0 output", "statistics exponent numbers", .run = run_times, .argument = "FILE"},
    {"fit", "Fit kappa, D_c or N_c to tables of mlp-time, mlp-data or mlp-width.",
     "table, skill, constant, its value, 95 % interval, repeats, measured resource at R = S/2, "
     "predicted, their ratio, 95 % interval, residual", "skill=0 predict output",
     "statistics emergence multilinear task fit measured", .run = run_fit, .argument = "FILE..."},
    {"calibrate", "The constants that one skill fits, or those named, from the runs in a folder.",
     "constant, the authors' value, ours, its 95 % interval, repeats, residual, values left out, "
     "verdict", "runs output", "all", .run = run_calibrate, .argument = "[CLAIM...]"},
    {"verdicts", "Every claim, or those named, against the runs in a folder: the ledger.",
     "claim, the authors' value (1: of a ratio or share), ours, its 95 % interval, repeats "
     "(0: exact), verdict", "runs output", "all", .run = run_verdicts, .argument = "[CLAIM...]"},
    {"numbers", "The numbers of the paper's text, from the runs in a folder.",
     "TeX macros or gnuplot variables", "runs gnuplot output",
     "all", .run = run_numbers, .is_tex = true},
    {0}};
static bool knows(const struct command *command, const char *option)
{
    return settings_among(option, command->options);
}

static void check_value(const struct command *command, const struct setting *option,
                        const char *range, double x)
{
    char low[16], high[16], first = range[0], last;
    sscanf(range + 1, "%15[^,],%15[^])]%c", low, high, &last);
    if ((first == '[' ? x < strtod(low, NULL) : x <= strtod(low, NULL))
        || (last == ']' ? x > strtod(high, NULL) : x >= strtod(high, NULL)))
        refuse(command, "--%s: '%.15g' is not %s in %c%s, %s%c here", option->name, x,
               option->kind == KIND_REAL ? "a number" : "an integer", first, low, high, last);
}

static void check_needs(const struct command *command, const struct settings *settings)
{
    const char *word = command->needs ? command->needs : "";
    for (; *word; word += strcspn(word, " "), word += *word == ' ') {
        size_t length = strcspn(word, "[(");
        const struct setting *option = settings_find(word, length);
        const void *field = (const char *)settings + option->offset;
        const struct list *list = field;
        if (option->kind == KIND_REAL)
            check_value(command, option, word + length, *(const double *)field);
        if (option->kind == KIND_COUNT)
            check_value(command, option, word + length, (double)*(const long *)field);
        for (int i = 0; option->kind == KIND_LIST && i < list->count; i++)
            check_value(command, option, word + length, (double)list->value[i]);
    }
}

static void check_skills(const struct command *command, const struct settings *settings)
{
    long needed = settings->skills * settings->order;
    if (settings->order > settings->bits)
        refuse(command, "--order: '%ld' is more than --bits %ld", settings->order,
               settings->bits);
    if (!settings->overlap && needed > settings->bits)
        refuse(command, "--bits: '%ld' is less than skills x order = %ld; "
               "give [%ld, 64] bits, or --overlap", settings->bits, needed, needed);
    if (settings->skills > 0.5 + gsl_sf_choose((unsigned)settings->bits,
                                               (unsigned)settings->order))
        refuse(command, "--skills: '%ld' is more than there are sets of %ld in %ld bits",
               settings->skills, settings->order, settings->bits);
}

static void check_variant(const struct command *command, const struct settings *settings)
{
    char able[64] = "best";
    size_t length = strlen(able);
    if (settings->variant == 0 || variant_runs((enum variant)(settings->variant - 1)))
        return;
    for (enum variant v = 0; v < VARIANTS; v++)
        if (variant_runs(v))
            length += (size_t)snprintf(able + length, sizeof able - length, "|%s",
                                       variant_name(v));
    refuse(command, "--variant: this processor cannot run '%s'; it runs %s",
           variant_name((enum variant)(settings->variant - 1)), able);
}

static void check_archive(const struct command *command, const struct settings *settings)
{
    const char *lonely = settings->store        ? "store"
                         : settings->verify > 0 ? "verify"
                         : settings->fresh      ? "fresh"
                                                : NULL;
    if (lonely && !settings->archive)
        refuse(command, "--%s needs an --archive", lonely);
    if (settings->store + (settings->verify > 0) + settings->fresh > 1)
        refuse(command, "--fresh, --store and --verify exclude each other");
    if ((settings->store || settings->verify > 0) && settings->dry_run)
        refuse(command, "--%s and --dry-run exclude each other", lonely);
    if (settings->store && !table_is_file(settings->output))
        refuse(command, "--store needs an --output, beside which the journal stands");
    if (settings->archive && (!*settings->archive || !table_is_file(settings->archive)))
        refuse(command, "--archive: '%s' is not a file", settings->archive);
    if (settings->archive && !strcmp(settings->archive, settings->output))
        refuse(command, "--archive: '%s' is the --output too", settings->archive);
}

static bool has(const struct list *list, long value)
{
    for (int i = 0; i < list->count; i++)
        if (list->value[i] == value)
            return true;
    return false;
}

static bool has_double(const struct list *list)
{
    for (int i = 0; i < list->count; i++)
        for (int j = 0; j < i; j++)
            if (list->value[i] == list->value[j])
                return true;
    return false;
}

static void check_lists(const struct command *command, const struct settings *settings)
{
    struct settings defaults = {0};
    settings_apply(&defaults, command->options);
    for (const struct setting *option = settings_options; option->name; option++) {
        const struct list *list = (const void *)((const char *)settings + option->offset);
        const struct list *usual = (const void *)((const char *)&defaults + option->offset);
        if (option->kind != KIND_LIST || !knows(command, option->name))
            continue;
        if (has(list, LONG_MAX) && !has(usual, LONG_MAX))
            refuse(command, "--%s: 'inf' is not an integer in [%g, 1e%.0f] here", option->name,
                   option->low, log10(option->high));
        if (command->is_simulation && has_double(list))
            refuse(command, "--%s: a number stands twice; each must differ", option->name);
    }
    if (command->is_simulation && settings->parameters.count > 1)
        refuse(command, "--parameters: %d numbers; give one integer in [0, 1e9], or inf",
               settings->parameters.count);
}

static void check_plane(const struct command *command, const struct settings *settings)
{
    const struct list *list[] = {&settings->time, &settings->samples, &settings->parameters};
    const char *const name[] = {"time", "samples", "parameters"};
    for (int axis = 0; axis < 3; axis++) {
        bool is_third = axis == 2 - settings->plane;
        if (list[axis]->count > 1 || (!is_third && list[axis]->value[0] != LONG_MAX))
            refuse(command, is_third ? "--%s: %d values; a map wants one integer, or inf"
                                     : "--%s: %d values for an axis of the plane; leave it out",
                   name[axis], list[axis]->count);
    }
}

/* Options that choose different models cannot stand together. */
static void check_model(const struct command *command, const struct settings *settings)
{
    bool other = settings->linear || settings->kappa > 0;
    if (settings->linear && settings->kappa > 0)
        refuse(command, "--linear: the extended model of --kappa '%g' is not linear",
               settings->kappa);
    if (knows(command, "layers") && other && settings->layers != 2)
        refuse(command, "--layers: '%ld' goes neither with --linear nor with --kappa",
               settings->layers);
    if (knows(command, "imbalance") && other && settings->imbalance != 0)
        refuse(command, "--imbalance: '%g' goes neither with --linear nor with --kappa",
               settings->imbalance);
}

static void check_start(const struct command *command, const struct settings *settings)
{
    double start = settings->initial / settings->target;
    if (knows(command, "initial") && knows(command, "target")
        && !(settings->initial < settings->target))
        refuse(command, "--initial: '%g' is not a number in (0, %g), below the target",
               settings->initial, settings->target);
    if (knows(command, "fraction") && knows(command, "initial")
        && !(start < settings->fraction && settings->fraction < 0.5))
        refuse(command, "--fraction: '%g' is not a number in (%g, 0.5), from R(0)/S on",
               settings->fraction, start);
    if (knows(command, "imbalance") && settings->imbalance != 0 && settings->layers != 2)
        refuse(command, "--imbalance: '%g' needs two --layers", settings->imbalance);
    bool has_starts = knows(command, "to") && !knows(command, "initial"); /* on its grid */
    if (knows(command, "fraction") && has_starts && !(settings->to < settings->fraction))
        refuse(command, "--to: '%g' is not a number in (0, %g), below --fraction",
               settings->to, settings->fraction);
}

static void check_samples(const struct command *command, const struct settings *settings,
                          const char *option, const struct list *list, double most)
{
    if (knows(command, "from") && settings->samples.count > 1)
        refuse(command, "--samples: %d numbers; give one", settings->samples.count);
    for (int i = 0; i < list->count; i++)
        if ((double)list->value[i] > most)
            refuse(command, "--%s: '%ld' is not an integer in [0, %g], of all there are", option,
                   list->value[i], most);
}

static void check_dimension(const struct command *command, const struct settings *settings)
{
    double inputs = ldexp(1, (int)settings->bits);
    if (settings->dc != floor(settings->dc) || settings->dc > inputs)
        refuse(command, "--dc: '%g' is not an integer in [1, %g], the inputs of --bits",
               settings->dc, inputs);
    check_samples(command, settings, "samples", &settings->samples, inputs);
}

static void check_settings(const struct command *command, const struct settings *settings)
{
    check_lists(command, settings);
    check_needs(command, settings);
    check_start(command, settings);
    if (knows(command, "order"))
        check_skills(command, settings);
    if (knows(command, "kappa"))
        check_model(command, settings);
    if (knows(command, "from") && settings->from > settings->to)
        refuse(command, "--from: '%g' is beyond --to %g", settings->from, settings->to);
    if (knows(command, "only") && settings->only > settings->skills)
        refuse(command, "--only: there is no skill '%ld' among %ld", settings->only,
               settings->skills);
    if (knows(command, "heads") && settings->width % settings->heads)
        refuse(command, "--heads: '%ld' does not divide --width %ld", settings->heads,
               settings->width);
    if (knows(command, "variant"))
        check_variant(command, settings);
    if (knows(command, "plane"))
        check_plane(command, settings);
    if (knows(command, "dc") && knows(command, "bits"))
        check_dimension(command, settings);
    if (knows(command, "counts"))
        check_samples(command, settings, "counts", &settings->counts,
                      (double)settings->samples.value[0]);
    if (knows(command, "archive"))
        check_archive(command, settings);
}

static void look_over_words(const struct command *command, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i] + 2 * !strncmp(argv[i], "--", 2);
        size_t length = strcspn(word, "=");
        if (!strcmp(argv[i], "--help"))
            continue;
        if (argv[i][0] != '-' && command->argument)
            continue;
        if (word == argv[i])
            refuse(command, "'%s' is not an option; --help lists them", word);
        const struct setting *option = settings_find(word, length);
        if (!option || !knows(command, option->name))
            refuse(command, "unknown option '--%.*s'; --help lists them", (int)length, word);
        if (option->kind == KIND_FLAG && word[length])
            refuse(command, "--%s takes no value", option->name);
        if (option->kind != KIND_FLAG && !word[length] && ++i == argc)
            refuse(command, "--%s needs a value", option->name);
    }
}

enum { OPTIONS_MAX = 64, KEY_HELP = 'h', KEY_OPTION = 256 };

static _Noreturn void refuse_value(const struct command *command, const struct setting *option,
                                   const char *text)
{
    char *range = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&range, &size);
    settings_print_range(stream, option);
    fclose(stream);
    refuse(command, "--%s: '%s' is not %s", option->name, text, range);
}

static error_t take_word(int key, char *text, struct argp_state *state)
{
    struct call *call = state->input;
    if (key == KEY_HELP) {
        argp_help(state->root_argp, stdout, ARGP_HELP_STD_HELP & ~ARGP_HELP_EXIT_OK,
                  state->name);
        exit(fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    if (key == ARGP_KEY_ARG) {
        int room = strstr(call->command->argument, "...") ? WORDS_MAX : 1;
        if (call->word_count == room)
            refuse(call->command, "'%s' is one argument too many", text);
        call->words[call->word_count++] = text;
    } else if (key >= KEY_OPTION && key < KEY_OPTION + OPTIONS_MAX) {
        const struct setting *option = &settings_options[key - KEY_OPTION];
        if (settings_set(&call->settings, option, text) != STATUS_OK)
            refuse_value(call->command, option, text);
    } else {
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static char *explain_option(const struct settings *settings, const struct setting *option)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    if (!stream)
        return NULL;
    fputs(option->meaning, stream);
    if (option->kind != KIND_FLAG && option->kind != KIND_TEXT) {
        fputs("; ", stream);
        settings_print_range(stream, option);
    }
    if (option->kind != KIND_FLAG) {
        fputs("; default ", stream);
        settings_print_value(stream, settings, option);
    }
    fclose(stream);
    return text;
}

static void describe_options(const struct call *call, struct argp_option *argp)
{
    *argp++ = (struct argp_option){.name = "help", .key = KEY_HELP, .doc = "show this help",
                                   .group = ROLE_EXECUTION + 1};
    for (int i = 0; settings_options[i].name; i++) {
        const struct setting *option = &settings_options[i];
        if (knows(call->command, option->name))
            *argp++ = (struct argp_option){.name = option->name, .key = KEY_OPTION + i,
                                           .arg = option->argument,
                                           .doc = explain_option(&call->settings, option),
                                           .group = (int)option->role + 1};
    }
}

static void read_words(struct call *call, int argc, char **argv)
{
    struct argp_option option[OPTIONS_MAX] = {0};
    char *doc = NULL, *name = NULL;
    look_over_words(call->command, argc, argv);
    describe_options(call, option);
    if (asprintf(&doc, "%s\vColumns: %s.", call->command->summary, call->command->columns) < 0
        || asprintf(&name, "emergence %s", call->command->name) < 0)
        exit(EXIT_FAILURE);
    struct argp argp = {option, take_word, call->command->argument, doc, NULL, NULL, NULL};
    argv[0] = name;
    argp_parse(&argp, argc, argv, ARGP_NO_HELP | ARGP_NO_EXIT, NULL, call);
    for (int i = 1; option[i].name; i++)
        free((char *)option[i].doc);
    free(doc);
    free(name);
}

static _Noreturn void list_commands(void)
{
    puts("Usage: emergence COMMAND [OPTION...]\n");
    for (const struct command *command = commands; command->name; command++)
        printf("  %-20s%s\n", command->name, command->summary);
    puts("\nemergence COMMAND --help explains the options of a command.\n"
         "All tables are TSV with a header that says how they were made.");
    exit(fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
}

static _Noreturn void print_version(void)
{
    printf("emergence, commit %s, %s\n", provenance_commit, provenance_compiler);
    exit(fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
}

static bool is_named(const struct command *command, int argc, char **argv, int *words)
{
    size_t first = strcspn(command->name, " ");
    const char *second = command->name[first] ? command->name + first + 1 : NULL;
    *words = second ? 2 : 1;
    return argc > *words && strlen(argv[1]) == first && !strncmp(argv[1], command->name, first)
           && (!second || !strcmp(argv[2], second));
}

static const struct command *find_command(int argc, char **argv, int *words)
{
    if (argc < 2)
        refuse(NULL, "no command; emergence --help lists the commands");
    if (!strcmp(argv[1], "--help"))
        list_commands();
    if (!strcmp(argv[1], "--version"))
        print_version();
    for (const struct command *command = commands; command->name; command++)
        if (is_named(command, argc, argv, words))
            return command;
    refuse(NULL, "no command '%s%s%s'; emergence --help lists the commands", argv[1],
           argc > 2 && argv[2][0] != '-' ? " " : "",
           argc > 2 && argv[2][0] != '-' ? argv[2] : "");
}

static enum status carry_out_theory(struct call *call)
{
    char *rows = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&rows, &size);
    if (!stream)
        return STATUS_MEMORY;
    call->table.stream = stream;
    enum status status = call->command->tabulate
                             ? call->command->tabulate(&call->settings, stream)
                             : call->command->run(call);
    call->table.stream = NULL;
    fclose(stream);
    enum status written = STATUS_OK;
    if (status == STATUS_OK || status == STATUS_AUDIT)
        written = open_table(call);
    if (call->table.stream) {
        fwrite(rows, 1, size, call->table.stream);
        written = table_close(&call->table);
    }
    free(rows);
    return written == STATUS_OK ? status : written;
}

static enum status carry_out(struct call *call)
{
    if (call->command->is_simulation)
        return call->command->run(call);
    if (!call->settings.dry_run)
        return carry_out_theory(call);
    print_settings(stdout, call);
    return STATUS_OK;
}

/* Threads that wait for each other must not keep a core from what they wait for, but may
   try for some microseconds before they sleep; OpenMP reads its wishes when a program starts. */
static void wait_passively(char **argv)
{
    if (getenv("OMP_WAIT_POLICY"))
        return;
    setenv("OMP_WAIT_POLICY", "passive", 1);
    setenv("GOMP_SPINCOUNT", "5000", 0);
    execv("/proc/self/exe", argv); /* returns where there is no such file */
}

int main(int argc, char **argv)
{
    wait_passively(argv);
    struct call call = {.settings = {.output = "-", .runs = "."}};
    int words = 0;
    gsl_set_error_handler_off();
    openblas_set_num_threads(1);
    call.command = find_command(argc, argv, &words);
    if (settings_apply(&call.settings, call.command->options) != STATUS_OK)
        refuse(call.command, "the defaults of this command do not parse");
    read_words(&call, argc - words, argv + words);
    check_settings(call.command, &call.settings);
    if (call.command->argument && call.command->argument[0] != '[' && !call.word_count)
        refuse(call.command, "no %s given", call.command->argument);
    enum status status = carry_out(&call);
    if (status == STATUS_OK && fflush(stdout) != 0)
        status = STATUS_FILE;
    if (status != STATUS_OK)
        report_failure(&call, status);
    table_abandon(&call.table);
    return status == STATUS_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
