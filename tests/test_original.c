/* Tests of the module "original": values from elsewhere, typed a second time. */
#include "common.h"
#include "original.h"

/* As printed in the authors' paper and in the scripts of its figures. */
TEST(authors_values_are_those_of_their_paper)
{
    static const struct {
        const char *name;
        double value;
    } known[] = {{"kappa", 22},         {"dc", 800},           {"nc", 4},
                 {"slope", 3.6},        {"time-0.3", 1.29},    {"time-0.6", 1.2},
                 {"time-0.9", 1.06},    {"compute-0.3", 0.68}, {"compute-0.6", 0.7},
                 {"compute-0.9", 0.64}};
    for (int i = 0; i < LENGTH(known); i++)
        assert_close(original_value(known[i].name), known[i].value, 0);
}

TEST(unknown_authors_value_is_nan)
{
    assert_true(isnan(original_value("kapp")));
    assert_true(isnan(original_value("")));
    assert_true(isnan(original_value("time-0.65")));
}

int main(void)
{
    return run_cases("original");
}
