#include "settings.h"
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define AT(field) offsetof(struct settings, field)

const struct setting settings_options[] = {
    {"alpha", "X", "exponent of the frequencies, P_s(k) ~ k^-(alpha+1)", KIND_REAL, AT(alpha),
     0, INFINITY, ENDS_OUT, ROLE_MODEL},
    {"skills", "N", "number of skills n_s; 0 means infinitely many, where that makes sense",
     KIND_COUNT, AT(skills), 0, 10000000, ENDS_IN, ROLE_MODEL},
    {"bits", "N", "number of skill bits n_b", KIND_COUNT, AT(bits), 1, 64, ENDS_IN, ROLE_MODEL},
    {"order", "N", "relevant bits of a skill, m", KIND_COUNT, AT(order), 1, 64, ENDS_IN, ROLE_MODEL},
    {"overlap", NULL, "let skills share relevant bits", KIND_FLAG, AT(overlap), 0, 1, ENDS_IN,
     ROLE_MODEL},
    {"only", "K", "draw samples of this skill alone; 0: of all", KIND_COUNT, AT(only), 0, 1024,
     ENDS_IN, ROLE_MODEL},
    {"reverse", NULL, "let the most frequent skill have the last control bit", KIND_FLAG,
     AT(reverse), 0, 1, ENDS_IN, ROLE_MODEL},
    {"target", "X", "target scale S", KIND_REAL, AT(target), 0, INFINITY, ENDS_OUT, ROLE_MODEL},
    {"initial", "X", "initial strength R(0), below S", KIND_REAL, AT(initial), 0, INFINITY, ENDS_OUT,
     ROLE_MODEL},
    {"rate", "X", "learning rate eta", KIND_REAL, AT(rate), 0, INFINITY, ENDS_OUT, ROLE_MODEL},
    {"linear", NULL, "the linear model instead of the multilinear one", KIND_FLAG, AT(linear), 0,
     1, ENDS_IN, ROLE_MODEL},
    {"layers", "N", "layers L of the model, balanced", KIND_COUNT, AT(layers), 1, 1000, ENDS_IN,
     ROLE_MODEL},
    {"imbalance", "X", "a^2 - b^2 at the start, for two layers", KIND_REAL, AT(imbalance), -INFINITY,
     INFINITY, ENDS_OUT, ROLE_MODEL},
    {"kappa", "X", "extended model: dampening of time; 0 for the plain model", KIND_REAL,
     AT(kappa), 0, INFINITY, ENDS_IN, ROLE_MODEL},
    {"dc", "X", "extended model: samples a skill needs; 0 for the plain model", KIND_REAL, AT(dc),
     0, INFINITY, ENDS_IN, ROLE_MODEL},
    {"nc", "X", "extended model: units a skill needs; 0 for the plain model", KIND_REAL, AT(nc),
     0, INFINITY, ENDS_IN, ROLE_MODEL},
    {"level", "X", "R/S at which a skill emerges; 0: mean time of 0.05, 0.25, 0.45 and 0.65",
     KIND_REAL, AT(level), 0, 1, HIGH_OUT, ROLE_MODEL},
    {"fraction", "X", "fraction of the target that counts as emerged", KIND_REAL, AT(fraction),
     0, 1, ENDS_OUT, ROLE_MODEL},
    {"skill", "N", "the skill to look at; 0: the only one of a table", KIND_COUNT, AT(skill), 0,
     1000000, ENDS_IN, ROLE_MODEL},
    {"width", "N", "hidden units", KIND_COUNT, AT(width), 1, 1000000, ENDS_IN, ROLE_MODEL},
    {"heads", "N", "heads of the attention; they divide the width", KIND_COUNT, AT(heads), 1,
     65536, ENDS_IN, ROLE_MODEL},
    {"sigma", "X", "standard deviation of the initial weights", KIND_REAL, AT(sigma), 0,
     INFINITY, ENDS_IN, ROLE_MODEL},
    {"batch", "N", "samples in a batch", KIND_COUNT, AT(batch), 1, 10000000, ENDS_IN, ROLE_MODEL},
    {"steps", "N", "training steps", KIND_COUNT, AT(steps), 0, 1e12, ENDS_IN, ROLE_EXTENT},
    {"every", "N", "steps between measurements; 0: at the end only", KIND_COUNT, AT(every), 0,
     1e12, ENDS_IN, ROLE_EXTENT},
    {"optimiser", "sgd|adam", "how parameters follow the gradient", KIND_CHOICE, AT(optimiser), 0,
     0, ENDS_IN, ROLE_MODEL},
    {"momentum", "X", "momentum of SGD", KIND_REAL, AT(momentum), 0, 1, HIGH_OUT, ROLE_MODEL},
    {"decay", "X", "weight decay, added to the gradient", KIND_REAL, AT(decay), 0, INFINITY,
     ENDS_IN, ROLE_MODEL},
    {"cool", "X", "factor on the learning rate", KIND_REAL, AT(cool), 0, 1, ENDS_OUT, ROLE_MODEL},
    {"cool-every", "N", "steps (mlp-data: epochs) between such factors; 0: never", KIND_COUNT,
     AT(cool_every), 0, 1e12, ENDS_IN, ROLE_MODEL},
    {"stop", "X", "loss (mlp-data: of training), in units of S^2, at which to stop; 0: never",
     KIND_REAL, AT(stop), 0, INFINITY, ENDS_IN, ROLE_EXTENT},
    {"time", "LIST", "training times T, as in 10,100,inf or 0:1000:50; inf: unlimited", KIND_LIST,
     AT(time), 0, 1e15, ENDS_IN, ROLE_EXTENT},
    {"samples", "LIST", "numbers of training samples D, as in 500,1000 or 500:2000:500; 0, with "
     "multilinear only, draws fresh batches; inf, with loss, map and frontier, is unlimited",
     KIND_LIST, AT(samples), 0, 1e9, ENDS_IN, ROLE_EXTENT},
    {"counts", "LIST", "numbers d_k of samples of the skills, in order", KIND_LIST, AT(counts), 0,
     1e9, ENDS_IN, ROLE_EXTENT},
    {"parameters", "LIST", "numbers of parameters N; inf: no limit but n_s; "
     "law compute: 0 for the best N, bounds: 0 for all", KIND_LIST, AT(parameters), 0, 1e9,
     ENDS_IN, ROLE_EXTENT},
    {"plane", "td|tn|dn", "the two resources of a map: T and D, T and N, or D and N",
     KIND_CHOICE, AT(plane), 0, 0, ENDS_IN, ROLE_EXTENT},
    {"widths", "LIST", "numbers of hidden units N", KIND_LIST, AT(widths), 1, 1e6, ENDS_IN,
     ROLE_EXTENT},
    {"from", "X", "first grid point", KIND_REAL, AT(from), 0, INFINITY, ENDS_OUT, ROLE_EXTENT},
    {"to", "X", "last grid point", KIND_REAL, AT(to), 0, INFINITY, ENDS_OUT, ROLE_EXTENT},
    {"points", "N", "grid points, evenly spaced in the logarithm", KIND_COUNT, AT(points), 1,
     1000000, ENDS_IN, ROLE_EXTENT},
    {"repeats", "N", "independent repeats", KIND_COUNT, AT(repeats), 1, 1000000, ENDS_IN,
     ROLE_EXTENT},
    {"seed", "N", "seed of all random numbers", KIND_WORD, AT(seed), 0, 0x1p64, HIGH_OUT,
     ROLE_EXTENT},
    {"predict", "FILE", "predict the skills in this table with the constant", KIND_TEXT, AT(predict),
     0, 0, ENDS_IN, ROLE_EXTENT},
    {"runs", "DIR", "folder of the tables to report on", KIND_TEXT, AT(runs), 0, 0, ENDS_IN,
     ROLE_EXECUTION},
    {"gnuplot", NULL, "write gnuplot variables instead of TeX macros", KIND_FLAG, AT(gnuplot), 0,
     1, ENDS_IN, ROLE_EXECUTION},
    {"threads", "N", "threads to use; 0 means one a core; a single cell shares its steps among "
     "two or more", KIND_COUNT, AT(threads), 0, 1024, ENDS_IN, ROLE_EXECUTION},
    {"archive", "FILE", "take cells from this archive", KIND_TEXT, AT(archive), 0, 0, ENDS_IN,
     ROLE_EXECUTION},
    {"fresh", NULL, "take no cells from the archive; a dry run still learns from it when they end",
     KIND_FLAG, AT(fresh), 0, 1, ENDS_IN, ROLE_EXECUTION},
    {"store", NULL, "run nothing; move finished cells from the journal into the archive",
     KIND_FLAG, AT(store), 0, 1, ENDS_IN, ROLE_EXECUTION},
    {"verify", "N", "run nothing but N archived cells again, and compare", KIND_COUNT,
     AT(verify), 1, 1000000, ENDS_IN, ROLE_EXECUTION},
    {"variant", "best|plain|avx2|avx512", "kernel; the bits are the same", KIND_CHOICE,
     AT(variant), 0, 0, ENDS_IN, ROLE_EXECUTION},
    {"dry-run", NULL, "say what would be run, and for how long", KIND_FLAG, AT(dry_run), 0, 1,
     ENDS_IN, ROLE_EXECUTION},
    {"output", "FILE", "where the table goes; - is standard output", KIND_TEXT, AT(output), 0, 0,
     ENDS_IN, ROLE_EXECUTION},
    {"quiet", NULL, "no progress messages", KIND_FLAG, AT(quiet), 0, 1, ENDS_IN, ROLE_EXECUTION},
    {0}};
static bool in_range(const struct setting *option, double x)
{
    return isfinite(x)
           && (option->ends == ENDS_OUT ? x > option->low : x >= option->low)
           && (option->ends == ENDS_IN ? x <= option->high : x < option->high);
}

static bool parse_real(const struct setting *option, const char *text, double *x)
{
    char *end;
    *x = strtod(text, &end) + 0.0; /* -0 becomes 0 */
    return end != text && *end == '\0' && in_range(option, *x);
}

static bool parse_word(const struct setting *option, const char *text, size_t length,
                       uint64_t *word)
{
    char digits[24];
    if (length == 0 || length >= sizeof digits || strspn(text, "0123456789") < length)
        return false;
    memcpy(digits, text, length);
    digits[length] = '\0';
    errno = 0;
    *word = strtoull(digits, NULL, 10);
    return errno == 0 && (option->kind == KIND_WORD || in_range(option, (double)*word));
}

static bool parse_part(const struct setting *option, const char *part, size_t length,
                       struct list *list)
{
    uint64_t bound[3] = {0, 0, 1};
    int count = 0;
    for (const char *end = part + length; count < 3; count++) {
        size_t digits = strcspn(part, ":,");
        if (!parse_word(option, part, digits, &bound[count]))
            return false;
        part += digits;
        if (part++ == end)
            break;
    }
    if (count == 0)
        bound[1] = bound[0];
    if (count == 3 || bound[2] == 0)
        return false;
    for (uint64_t x = bound[0]; x <= bound[1]; x += bound[2]) {
        if (list->count == LIST_MAX)
            return false;
        list->value[list->count++] = (long)x;
    }
    return bound[0] <= bound[1];
}

/* The word "inf", which a command may then refuse. */
static bool parse_unlimited(const char *text, size_t length, struct list *list)
{
    bool is_unlimited = length == 3 && !strncmp(text, "inf", 3) && list->count < LIST_MAX;
    if (is_unlimited)
        list->value[list->count++] = LONG_MAX;
    return is_unlimited;
}

static bool parse_list(const struct setting *option, const char *text, struct list *list)
{
    list->count = 0;
    for (;; text++) {
        size_t length = strcspn(text, ",");
        if (parse_unlimited(text, length, list))
            ;
        else if (!parse_part(option, text, length, list))
            return false;
        text += length;
        if (*text == '\0')
            return true;
    }
}

static bool parse_choice(const struct setting *option, const char *text, long *place)
{
    size_t length = strlen(text);
    const char *word = option->argument;
    for (*place = 0;; ++*place) {
        size_t end = strcspn(word, "|");
        if (end == length && !strncmp(word, text, length))
            return true;
        if (!word[end])
            return false;
        word += end + 1;
    }
}

const struct setting *settings_find(const char *name, size_t length)
{
    for (const struct setting *option = settings_options; option->name; option++)
        if (strlen(option->name) == length && !strncmp(option->name, name, length))
            return option;
    return NULL;
}

enum status settings_set(struct settings *settings, const struct setting *option,
                         const char *text)
{
    void *field = (char *)settings + option->offset;
    uint64_t word = 0;
    bool valid = true;
    switch (option->kind) {
    case KIND_REAL: valid = parse_real(option, text, field); break;
    case KIND_LIST: valid = parse_list(option, text, field); break;
    case KIND_FLAG: *(bool *)field = true; break;
    case KIND_CHOICE: valid = parse_choice(option, text, field); break;
    case KIND_TEXT: *(const char **)field = text; break;
    case KIND_WORD: valid = parse_word(option, text, strlen(text), field); break;
    case KIND_COUNT:
        valid = parse_word(option, text, strlen(text), &word);
        *(long *)field = (long)word;
    }
    return valid ? STATUS_OK : STATUS_RANGE;
}

enum status settings_apply(struct settings *settings, const char *words)
{
    while (*words) {
        size_t length = strcspn(words, " "), name = strcspn(words, "= ");
        const struct setting *option = settings_find(words, name);
        if (!option)
            return STATUS_RANGE;
        if (name < length) {
            char value[256];
            snprintf(value, sizeof value, "%.*s", (int)(length - name - 1), words + name + 1);
            if (settings_set(settings, option, value) != STATUS_OK)
                return STATUS_RANGE;
        }
        words += length + (words[length] == ' ');
    }
    return STATUS_OK;
}

static void print_real(FILE *stream, double x)
{
    char text[32];
    for (int digits = 6; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, x);
        if (strtod(text, NULL) == x)
            break;
    }
    fputs(text, stream);
}

static void print_choice(FILE *stream, const struct setting *option, long place)
{
    const char *word = option->argument;
    while (place-- > 0)
        word += strcspn(word, "|") + 1;
    fprintf(stream, "%.*s", (int)strcspn(word, "|"), word);
}

void settings_print_value(FILE *stream, const struct settings *settings,
                          const struct setting *option)
{
    const void *field = (const char *)settings + option->offset;
    const struct list *list = field;
    switch (option->kind) {
    case KIND_REAL: print_real(stream, *(const double *)field); break;
    case KIND_COUNT: fprintf(stream, "%ld", *(const long *)field); break;
    case KIND_WORD: fprintf(stream, "%ju", (uintmax_t) * (const uint64_t *)field); break;
    case KIND_TEXT:
        fputs(*(const char *const *)field ? *(const char *const *)field : "none", stream);
        break;
    case KIND_FLAG: break;
    case KIND_CHOICE: print_choice(stream, option, *(const long *)field); break;
    case KIND_LIST:
        for (int i = 0; i < list->count; i++)
            if (list->value[i] == LONG_MAX)
                fprintf(stream, "%sinf", i ? "," : "");
            else
                fprintf(stream, "%s%ld", i ? "," : "", list->value[i]);
    }
}

bool settings_among(const char *name, const char *words)
{
    size_t length = strlen(name);
    while (*words) {
        if (!strncmp(words, name, length) && strchr("= ", words[length]))
            return true;
        words += strcspn(words, " ");
        words += *words == ' ';
    }
    return false;
}

void settings_print(FILE *stream, const struct settings *settings, const char *words,
                    enum role role)
{
    for (const struct setting *option = settings_options; option->name; option++) {
        const void *field = (const char *)settings + option->offset;
        if (option->role > role || !settings_among(option->name, words)
            || (option->kind == KIND_FLAG && !*(const bool *)field)
            || (option->kind == KIND_TEXT && !*(const char *const *)field))
            continue;
        fprintf(stream, " --%s%s", option->name, option->kind == KIND_FLAG ? "" : " ");
        settings_print_value(stream, settings, option);
    }
}

void settings_print_range(FILE *stream, const struct setting *option)
{
    if (option->kind == KIND_CHOICE)
        fprintf(stream, "one of %s", option->argument);
    if (option->kind == KIND_TEXT || option->kind == KIND_FLAG || option->kind == KIND_CHOICE)
        return;
    fprintf(stream, "%s %c",
            option->kind == KIND_REAL ? "a number in" : option->kind == KIND_LIST
                ? "integers in" : "an integer in", option->ends == ENDS_OUT ? '(' : '[');
    print_real(stream, option->low);
    fputs(", ", stream);
    print_real(stream, option->high);
    bool closed = option->ends == ENDS_IN && isfinite(option->high);
    fputc(closed ? ']' : ')', stream);
}
