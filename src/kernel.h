#ifndef KERNEL_H
#define KERNEL_H

#include "arithmetic.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    LANES = 16,   /* units in a block, floats in a row */
    FIELDS = 10,  /* most fields: a key and 9 others for 64 bits */
    PIECE = 4096, /* samples whose output sums are formed at a time */
};

/* The fields of the skill bits; field 0 is the key. */
struct fields {
    int count;         /* of fields, the key included */
    int width[FIELDS]; /* bits */
    int first[FIELDS]; /* place of the lowest bit in x */
    int row[FIELDS];   /* where its table begins, in rows */
    int rows;          /* of all tables */
};

/* Successive samples begin .. end-1 of the sorted batch with one skill
   (index k - 1) and one value of the key field. */
struct group {
    int begin, end, skill, key;
};

/* A network and a sorted batch.  Arrays of floats are aligned to 64 bytes. */
struct workspace {
    int skills, bits;   /* n_s, n_b */
    int blocks, rows;   /* rows = skills + bits + 2 */
    int capacity;       /* samples that the arrays can hold */
    int groups;
    struct fields fields;
    float *parameter;   /* [blocks][rows][LANES]: control bits, skill bits, b, v;
                           then a row with b_out in lane 0 and zeros */
    float *gradient;    /* likewise */
    float *mean;        /* likewise, u_t or m_t; NULL if not needed */
    float *square;      /* likewise, s_t */
    float *table;       /* [fields.rows][LANES]: subset sums, or buckets */
    float *sum;         /* [PIECE][LANES]: f_s - b_out, lane by lane */
    float *residual;    /* [capacity]: f_s, then e_s */
    uint16_t *active;   /* [blocks][capacity]: bit l is the activity of lane l */
    uint16_t *offset;   /* [capacity][fields.count - 1]: entries, in floats from table */
    struct group *group; /* [groups] */
};

enum rule { RULE_PLAIN, RULE_MOMENTUM, RULE_ADAM };

struct update {
    enum rule rule;
    float rate;        /* eta_t; for Adam a_t */
    float decay;       /* lambda */
    float momentum;    /* mu */
    float mean_gain;   /* 1 - beta_1 */
    float square_gain; /* 1 - beta_2 */
    float epsilon;     /* epsilon_t */
};

struct kernel {
    /* Groups first .. last-1, together at most PIECE samples: activities, and
       output sums from the first sample of these groups on. */
    void (*forward)(const struct workspace *w, int first, int last);
    /* Blocks first .. last-1, all groups: gradient from activities and residuals. */
    void (*backward)(const struct workspace *w, int first, int last);
    /* Parameters begin .. end-1, whole rows; false if what they became, or
       s_t, is not finite somewhere. */
    bool (*move)(const struct workspace *w, const struct update *update, size_t begin,
                 size_t end);
};

extern const struct kernel kernel_plain, kernel_avx2, kernel_avx512;

#endif
