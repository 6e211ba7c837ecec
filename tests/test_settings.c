/* Tests of the module "settings": what an option accepts, and how it is written back. */
#include <float.h>

#include "common.h"
#include "settings.h"
#include "stream.h"

static const struct setting *option_named(const char *name)
{
    const struct setting *option = settings_find(name, strlen(name));
    assert_non_null(option);
    return option;
}

/* Text that a printing function writes. */
static char *value_text(const struct settings *settings, const char *name)
{
    FILE *stream = open_text();
    settings_print_value(stream, settings, option_named(name));
    return close_text(stream);
}

static char *words_text(const struct settings *settings, const char *words, enum role role)
{
    FILE *stream = open_text();
    settings_print(stream, settings, words, role);
    return close_text(stream);
}

static char *range_text(const char *name)
{
    FILE *stream = open_text();
    settings_print_range(stream, option_named(name));
    return close_text(stream);
}

/* ---- what is refused: a test for each text */

struct refusal {
    const char *option, *text;
};

static void is_refused(void **state)
{
    const struct refusal *refusal = *state;
    struct settings settings = {0};
    enum status status = settings_set(&settings, option_named(refusal->option), refusal->text);
    assert_int_equal(status, STATUS_RANGE);
}

static const struct refusal refusals[] = {
    /* a number in (0, inf) */
    {"alpha", ""},
    {"alpha", "0"},
    {"alpha", "-0"},
    {"alpha", "-0.6"},
    {"alpha", "nan"},
    {"alpha", "-NaN"},
    {"alpha", "nan(1)"},
    {"alpha", "inf"},
    {"alpha", "-inf"},
    {"alpha", "INFINITY"},
    {"alpha", "1e400"},
    {"alpha", "1e-400"},
    {"alpha", "0.6x"},
    {"alpha", "0.6 "},
    {"alpha", "0.6,"},
    {"alpha", "0,6"},
    {"alpha", "0.6.1"},
    {"alpha", "1e"},
    {"alpha", "."},
    {"alpha", "e5"},
    {"alpha", "0x"},
    {"alpha", "--"},
    {"alpha", "six"},
    /* a number in [0, inf) */
    {"decay", "-0.5"},
    {"decay", "inf"},
    {"stop", "-1"},
    {"stop", "nan"},
    {"sigma", "-1e-300"},
    {"sigma", "nan"},
    {"sigma", "inf"},
    {"kappa", "1e999"},
    /* numbers in (0, 1) and [0, 1] */
    {"fraction", "0"},
    {"fraction", "1"},
    {"cool", "0"},
    {"cool", "1"},
    {"cool", "nan"},
    {"momentum", "-1e-9"},
    {"momentum", "1"},
    {"momentum", "1.0000000000000002"},
    {"verify", "0"},
    {"verify", "1000001"},
    {"momentum", "nan"},
    {"fraction", "1.0000000000000002"},
    {"fraction", "nan"},
    /* integers */
    {"skills", ""},
    {"skills", "-1"},
    {"skills", "-0"},
    {"skills", "+1"},
    {"skills", " 5"},
    {"skills", "5 "},
    {"skills", "5\n"},
    {"skills", "5x"},
    {"skills", "5.0"},
    {"skills", "5e0"},
    {"skills", "0x5"},
    {"skills", "nan"},
    {"skills", "inf"},
    {"skills", "five"},
    {"skills", "10000001"},
    {"skills", "4294967296"},           /* 2^32 */
    {"skills", "18446744073709551616"}, /* 2^64 */
    {"skills", "18446744073709551621"}, /* 2^64 + 5 */
    {"skills", "99999999999999999999999999999999999999"},
    {"bits", "0"},
    {"bits", "65"},
    {"order", "0"},
    {"order", "65"},
    {"width", "0"},
    {"width", "1000001"},
    {"batch", "0"},
    {"steps", "1000000000001"},
    {"steps", "1e3"},
    {"every", "-1"},
    {"every", "1000000000001"},
    {"cool-every", "-1"},
    {"points", "0"},
    {"repeats", "0"},
    {"threads", "1025"},
    {"threads", "-1"},
    {"seed", ""},
    {"seed", "-1"},
    {"seed", "1.5"},
    {"seed", "18446744073709551616"},
    {"seed", "abc"},
    /* lists */
    {"samples", ""},
    {"samples", ","},
    {"samples", "1,"},
    {"samples", ",1"},
    {"samples", "1,,2"},
    {"samples", "1 2"},
    {"samples", "1, 2"},
    {"samples", "1;2"},
    {"samples", "1,x"},
    {"samples", "1,2.5"},
    {"samples", "-1"},
    {"samples", "1,-2"},
    {"samples", "1000000001"},
    {"samples", "1,99999999999999999999999999"},
    {"samples", ":"},
    {"samples", "1:"},
    {"samples", ":2"},
    {"samples", "2:1"},
    {"samples", "1:2,"},
    {"samples", "1:2,3:"},
    {"samples", "1:x"},
    {"samples", "1:1000000001"},
    {"samples", "0:256"},
    {"samples", "1:2:"},
    {"samples", ":2:1"},
    {"samples", "1::2"},
    {"samples", "1:2:0"},
    {"samples", "2:1:1"},
    {"samples", "1:2:1:1"},
    {"samples", "1:2:x"},
    {"samples", "1:2:1,"},
    {"samples", "in"},
    {"samples", "inff"},
    {"samples", "-inf"},
    {"samples", "INF"},
    {"samples", "1:inf"},
    {"samples", "0:255,inf"},
    {"time", "0.5"},
    {"plane", "dt"},
    {"samples", "0:256:1"},
    {"samples", "7,0:255:1"},
    {"samples", "0:1000000000:1"},
    {"widths", "0"},
    {"widths", "0:3"},
    {"widths", "1000001"},
    {"widths", "3:1"},
    /* one of a few words */
    {"variant", ""},
    {"variant", "sse9"},
    {"variant", "avx"},
    {"variant", "avx21"},
    {"variant", "Plain"},
    {"variant", "plain "},
    {"variant", "best|plain"},
    {"variant", "|"},
    {"variant", "0"},
    {"optimiser", ""},
    {"optimiser", "sg"},
    {"optimiser", "adamw"},
    {"optimiser", "ADAM"},
    {"optimiser", "sgd|adam"},
};

/* ---- what is accepted, and how it is written back */

struct acceptance {
    const char *option, *text, *canonical;
};

static void is_written_as(void **state)
{
    const struct acceptance *acceptance = *state;
    struct settings settings = {0};
    enum status status =
        settings_set(&settings, option_named(acceptance->option), acceptance->text);
    assert_int_equal(status, STATUS_OK);
    assert_string_equal(value_text(&settings, acceptance->option), acceptance->canonical);
}

static const struct acceptance acceptances[] = {
    {"alpha", "0.6", "0.6"},
    {"alpha", "0.60", "0.6"},
    {"alpha", "6e-1", "0.6"},
    {"alpha", "2.385", "2.385"},
    {"alpha", "0.1234567890123", "0.1234567890123"},
    {"alpha", "0.30000000000000004", "0.30000000000000004"}, /* 0.1 + 0.2 */
    {"alpha", "0.59999999999999997780", "0.6"},              /* the same double */
    {"alpha", "1.7976931348623157e308", "1.7976931348623157e+308"},
    {"alpha", "5e-324", "4.94066e-324"},
    {"sigma", "0", "0"},
    {"fraction", "1e-17", "1e-17"},
    {"to", "1e9", "1e+09"},
    {"to", "20000", "20000"},
    {"to", "1000000", "1e+06"},
    {"skills", "0", "0"},
    {"skills", "10000000", "10000000"},
    {"skills", "00042", "42"},
    {"bits", "1", "1"},
    {"bits", "64", "64"},
    {"steps", "1000000000000", "1000000000000"},
    {"threads", "0", "0"},
    {"seed", "0", "0"},
    {"seed", "9007199254740993", "9007199254740993"}, /* 2^53 + 1: no double */
    {"seed", "18446744073709551615", "18446744073709551615"},
    {"samples", "0", "0"},
    {"samples", "1000000000", "1000000000"},
    {"samples", "3,1,2,2", "3,1,2,2"},
    {"samples", "007", "7"},
    {"samples", "500:2000:500", "500,1000,1500,2000"},
    {"samples", "1:10:4", "1,5,9"},
    {"samples", "5:5:9", "5"},
    {"samples", "0:0:1,9,10:12:2,1", "0,9,10,12,1"},
    {"samples", "3:6", "3,4,5,6"},
    {"samples", "5:5", "5"},
    {"samples", "5,1:2", "5,1,2"},
    {"samples", "inf", "inf"},
    {"samples", "5,inf,0", "5,inf,0"},
    {"time", "1000000000000000", "1000000000000000"},
    {"plane", "dn", "dn"},
    {"samples", "0:2,7:9:2,1:1", "0,1,2,7,9,1"},
    {"widths", "1:3,1000000", "1,2,3,1000000"},
    {"every", "0", "0"},
    {"cool-every", "1000000000000", "1000000000000"},
    {"cool", "0.995", "0.995"},
    {"momentum", "0", "0"},
    {"momentum", "0.9", "0.9"},
    {"momentum", "0.9999999999999999", "0.9999999999999999"},
    {"verify", "1", "1"},
    {"decay", "5e-4", "0.0005"},
    {"stop", "-0", "0"},
    {"variant", "best", "best"},
    {"variant", "plain", "plain"},
    {"variant", "avx2", "avx2"},
    {"variant", "avx512", "avx512"},
    {"optimiser", "sgd", "sgd"},
    {"optimiser", "adam", "adam"},
    {"output", "a b.tsv", "a b.tsv"},
};

TEST(list_takes_256_values_and_keeps_them)
{
    struct settings settings = {0};
    assert_int_equal(settings_set(&settings, option_named("samples"), "0:255:1"), STATUS_OK);
    assert_int_equal(settings.samples.count, 256);
    for (int i = 0; i < 256; i++)
        assert_int_equal(settings.samples.value[i], i);
}

TEST(first_and_last_of_a_list_are_steps_of_one)
{
    struct settings settings = {0};
    assert_int_equal(settings_set(&settings, option_named("samples"), "745:1000"), STATUS_OK);
    assert_int_equal(settings.samples.count, 256);
    for (int i = 0; i < 256; i++)
        assert_int_equal(settings.samples.value[i], 745 + i);
}

/* The places are what other modules count on: of variants best is 0, of optimisers SGD. */
TEST(choice_is_the_place_of_its_word)
{
    static const char *const words[] = {"best", "plain", "avx2", "avx512"};
    struct settings settings = {.variant = -1, .optimiser = -1};
    for (int i = 0; i < 4; i++) {
        assert_int_equal(settings_set(&settings, option_named("variant"), words[i]), STATUS_OK);
        assert_int_equal(settings.variant, i);
    }
    assert_int_equal(settings_set(&settings, option_named("optimiser"), "sgd"), STATUS_OK);
    assert_int_equal(settings.optimiser, 0);
    assert_int_equal(settings_set(&settings, option_named("optimiser"), "adam"), STATUS_OK);
    assert_int_equal(settings.optimiser, 1);
}

TEST(second_list_replaces_the_first)
{
    struct settings settings = {0};
    settings_set(&settings, option_named("samples"), "1,2,3");
    settings_set(&settings, option_named("samples"), "7");
    assert_int_equal(settings.samples.count, 1);
    assert_int_equal(settings.samples.value[0], 7);
}

TEST(flag_is_set)
{
    struct settings settings = {0};
    assert_int_equal(settings_set(&settings, option_named("overlap"), NULL), STATUS_OK);
    assert_true(settings.overlap);
}

TEST(only_the_named_setting_changes)
{
    struct settings settings = {0}, expected = {0};
    settings_set(&settings, option_named("width"), "17");
    expected.width = 17;
    assert_memory_equal(&settings, &expected, sizeof settings);
}

/* Positive finite doubles of all sizes: print, read, compare the bits; and no text of fewer
   digits (six or more) does as well. */
TEST(random_doubles_read_back_from_the_shortest_text)
{
    struct stream stream = stream_open(2385, 1, PURPOSE_TEST);
    struct settings settings = {0}, again = {0};
    for (int i = 0; i < 20000; i++) {
        uint64_t word = stream_word(&stream) >> 1;
        double x;
        memcpy(&x, &word, sizeof x);
        if (!isfinite(x) || x == 0)
            continue;
        settings.alpha = i % 2 ? x : strtod("0.001", NULL) * (i + 1);
        char *text = value_text(&settings, "alpha"), shorter[400];
        assert_int_equal(settings_set(&again, option_named("alpha"), text), STATUS_OK);
        assert_memory_equal(&again.alpha, &settings.alpha, sizeof x);
        int digits = 0;
        for (const char *c = text; *c && *c != 'e'; c++)
            digits += (*c >= '1' && *c <= '9') || (*c == '0' && digits > 0);
        if (digits > 6) {
            snprintf(shorter, sizeof shorter, "%.*g", digits - 1, settings.alpha);
            assert_true(strtod(shorter, NULL) != settings.alpha);
        }
    }
}

/* ---- ranges, as a user reads them */

static void check_range(const char *name, const char *expected)
{
    assert_string_equal(range_text(name), expected);
}

TEST(range_of_a_number_is_open_below)
{
    check_range("alpha", "a number in (0, inf)");
}

TEST(range_of_a_number_is_closed_below)
{
    check_range("sigma", "a number in [0, inf)");
}

TEST(range_of_a_fraction_is_open_above)
{
    check_range("fraction", "a number in (0, 1)");
    check_range("cool", "a number in (0, 1)");
}

TEST(range_of_a_choice_is_its_words)
{
    check_range("variant", "one of best|plain|avx2|avx512");
    check_range("optimiser", "one of sgd|adam");
}

TEST(range_of_an_integer)
{
    check_range("bits", "an integer in [1, 64]");
}

TEST(range_of_a_list)
{
    check_range("samples", "integers in [0, 1e+09]");
    check_range("widths", "integers in [1, 1e+06]");
}

TEST(range_of_the_seed_ends_below_2_to_the_64)
{
    double end = 0;
    char bracket = 0, *text = range_text("seed");
    assert_int_equal(sscanf(text, "an integer in [0, %lf%c", &end, &bracket), 2);
    assert_true(end == 0x1p64);
    assert_int_equal(bracket, ')');
}

TEST(range_of_a_text_or_flag_is_silent)
{
    check_range("output", "");
    check_range("overlap", "");
}

/* ---- the table of options */

TEST(find_wants_the_whole_name)
{
    assert_ptr_equal(settings_find("alpha=3", 5), option_named("alpha"));
    assert_null(settings_find("alpha", 4));
    assert_null(settings_find("alphas", 6));
    assert_null(settings_find("", 0));
}

TEST(names_are_unique)
{
    for (const struct setting *option = settings_options; option->name; option++)
        assert_ptr_equal(option_named(option->name), option);
}

/* Every option has a field of its own: setting one leaves the others as they were. */
TEST(fields_do_not_overlap)
{
    static const size_t size[] = {
        [KIND_REAL] = sizeof(double), [KIND_COUNT] = sizeof(long),
        [KIND_WORD] = sizeof(uint64_t), [KIND_FLAG] = sizeof(bool),
        [KIND_LIST] = sizeof(struct list), [KIND_TEXT] = sizeof(char *),
        [KIND_CHOICE] = sizeof(long)};
    for (const struct setting *one = settings_options; one->name; one++) {
        assert_true(one->offset + size[one->kind] <= sizeof(struct settings));
        for (const struct setting *two = settings_options; two < one; two++)
            assert_true(one->offset + size[one->kind] <= two->offset
                        || two->offset + size[two->kind] <= one->offset);
    }
}

static void check_role(enum role role, const char *names)
{
    char found[512] = "";
    for (const struct setting *option = settings_options; option->name; option++)
        if (option->role == role)
            snprintf(found + strlen(found), sizeof found - strlen(found), "%s ", option->name);
    assert_string_equal(found, names);
}

/* These leave no trace in a table: a mistake here makes tables that cannot be repeated. */
TEST(options_of_execution)
{
    check_role(ROLE_EXECUTION, "runs gnuplot threads archive fresh store verify variant dry-run output quiet ");
}

/* These say how much is computed; the rest of a header, what. */
TEST(options_of_extent)
{
    check_role(ROLE_EXTENT, "steps every stop time samples counts parameters plane widths from to points repeats seed predict ");
}

/* ---- words */

TEST(apply_sets_several)
{
    struct settings settings = {0};
    assert_int_equal(settings_apply(&settings, "alpha=0.3 skills=7 samples=1:3:1 seed=9"),
                     STATUS_OK);
    assert_true(settings.alpha == 0.3);
    assert_int_equal(settings.skills, 7);
    assert_int_equal(settings.samples.count, 3);
    assert_int_equal(settings.seed, 9);
}

TEST(apply_leaves_a_flag_off)
{
    struct settings settings = {0};
    assert_int_equal(settings_apply(&settings, "overlap quiet alpha=1"), STATUS_OK);
    assert_false(settings.overlap);
    assert_false(settings.quiet);
}

TEST(apply_takes_no_words)
{
    struct settings settings = {0}, expected = {0};
    assert_int_equal(settings_apply(&settings, ""), STATUS_OK);
    assert_memory_equal(&settings, &expected, sizeof settings);
}

TEST(apply_refuses_an_unknown_word)
{
    struct settings settings = {0};
    assert_int_equal(settings_apply(&settings, "alpha=0.3 beta=2"), STATUS_RANGE);
}

TEST(apply_refuses_a_prefix)
{
    struct settings settings = {0};
    assert_int_equal(settings_apply(&settings, "alph=0.3"), STATUS_RANGE);
}

TEST(apply_refuses_a_bad_value)
{
    struct settings settings = {0};
    assert_int_equal(settings_apply(&settings, "skills=7 alpha=0"), STATUS_RANGE);
    assert_int_equal(settings_apply(&settings, "skills="), STATUS_RANGE);
}

TEST(among_finds_whole_words_only)
{
    assert_true(settings_among("to", "target=5 from=1 to=3"));
    assert_true(settings_among("to", "to"));
    assert_true(settings_among("to", "to=3 target=5"));
    assert_true(settings_among("quiet", "output quiet"));
    assert_false(settings_among("to", "target=5 total=1"));
    assert_false(settings_among("put", "output quiet"));
    assert_false(settings_among("5", "target=5"));
    assert_false(settings_among("width", "widths=1:20"));
    assert_false(settings_among("cool", "cool-every=500"));
    assert_false(settings_among("to", ""));
}

/* ---- printing a command */

static const char all_words[] =
    "alpha skills bits order overlap only reverse target initial rate linear layers imbalance kappa dc nc "
    "level fraction skill width heads sigma batch steps every optimiser momentum decay cool cool-every stop "
    "time samples counts parameters plane widths from to points repeats seed predict runs gnuplot "
    "threads archive fresh store verify variant dry-run output quiet";

TEST(all_words_are_all_options)
{
    char words[1024] = "";
    for (const struct setting *option = settings_options; option->name; option++)
        snprintf(words + strlen(words), sizeof words - strlen(words), "%s%s",
                 *words ? " " : "", option->name);
    assert_string_equal(words, all_words);
}

static struct settings awkward(void)
{
    struct settings settings = {.output = "x.tsv", .runs = "r"};
    assert_int_equal(
        settings_apply(&settings,
                       "alpha=0.30000000000000004 skills=3 bits=64 order=2 target=2.385 "
                       "initial=1e-17 rate=0.02 kappa=22 dc=800.5 nc=4 fraction=0.05 width=17 heads=1 "
                       "sigma=0.1234567890123 batch=4001 steps=1000000000000 every=7 "
                       "optimiser=adam momentum=0.9 decay=0.0005 cool=0.995 cool-every=500 "
                       "stop=0.001 widths=1:3 variant=plain "
                       "time=0:10:5,inf samples=0,500:2000:500 counts=3,5 parameters=11,21,inf "
                       "plane=dn from=0.1 to=1e9 points=61 "
                       "layers=3 imbalance=-2.385 repeats=8 seed=18446744073709551615 "
                       "threads=3 verify=2"),
        STATUS_OK);
    settings.overlap = true;
    return settings;
}

static void check_words(const char *words, enum role role, const char *expected)
{
    struct settings settings = awkward();
    assert_string_equal(words_text(&settings, words, role), expected);
}

TEST(model_settings_are_printed_in_canonical_order)
{
    check_words("seed=1 quiet every batch sigma=1 overlap linear alpha=0.6", ROLE_MODEL,
                " --alpha 0.30000000000000004 --overlap --sigma 0.1234567890123 --batch 4001");
}

TEST(extent_adds_to_the_model)
{
    check_words("seed repeats samples threads output alpha", ROLE_EXTENT,
                " --alpha 0.30000000000000004 --samples 0,500,1000,1500,2000"
                " --repeats 8 --seed 18446744073709551615");
}

TEST(execution_adds_the_rest)
{
    check_words("threads variant output dry-run", ROLE_EXECUTION,
                " --threads 3 --variant plain --output x.tsv");
}

TEST(schedule_and_optimiser_belong_to_the_model)
{
    check_words("stop cool-every cool decay momentum optimiser widths", ROLE_MODEL,
                " --optimiser adam --momentum 0.9 --decay 0.0005 --cool 0.995 --cool-every 500");
}

TEST(nothing_is_printed_of_no_words)
{
    check_words("", ROLE_EXECUTION, "");
}

/* Read a printed command as a shell and the program would. */
static void read_back(char *line, struct settings *settings)
{
    char *state = NULL;
    for (char *word = strtok_r(line, " ", &state); word; word = strtok_r(NULL, " ", &state)) {
        assert_int_equal(strncmp(word, "--", 2), 0);
        const struct setting *option = option_named(word + 2);
        char *value = option->kind == KIND_FLAG ? NULL : strtok_r(NULL, " ", &state);
        assert_int_equal(settings_set(settings, option, value), STATUS_OK);
    }
}

TEST(printed_command_reads_back_as_the_same_settings)
{
    struct settings settings = awkward(), again = {0};
    char *text = words_text(&settings, all_words, ROLE_EXECUTION);
    read_back(text, &again);
    assert_string_equal(again.output, settings.output);
    assert_string_equal(again.runs, settings.runs);
    again.output = settings.output;
    again.runs = settings.runs;
    assert_memory_equal(&again, &settings, sizeof settings);
}

/* A line of TAP must not break. */
static void add_named(const char *option, const char *verb, const char *text,
                      void (*check)(void **), const void *what)
{
    static char names[LENGTH(refusals) + LENGTH(acceptances)][80];
    static int count;
    char *name = names[count++];
    snprintf(name, sizeof names[0], "%s %s '%s'", option, verb, text);
    for (char *c = name; *c; c++)
        if (*c == '\n')
            *c = '~';
    add_case((struct CMUnitTest){name, check, NULL, destroy_kept, (void *)what});
}

int main(void)
{
    for (int i = 0; i < LENGTH(refusals); i++)
        add_named(refusals[i].option, "refuses", refusals[i].text, is_refused, &refusals[i]);
    for (int i = 0; i < LENGTH(acceptances); i++)
        add_named(acceptances[i].option, "takes", acceptances[i].text, is_written_as,
                  &acceptances[i]);
    return run_cases("settings");
}
