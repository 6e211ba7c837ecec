#ifndef ENTRY_H
#define ENTRY_H

/* One audited equation.  It passes if residual() <= tolerance; NaN fails. */
struct entry {
    const char *equation;     /* label in the paper, as in "eq:logistic" */
    const char *comparison;   /* what is compared with what, one clause */
    double (*residual)(void); /* largest residual over awkward settings */
    double tolerance;
};

/* The worse of two residuals: the larger, but NaN, a formula that failed, is worst. */
static inline double entry_worse(double a, double b)
{
    return a > b || a != a ? a : b;
}

#endif
