#ifndef KERNEL_H
#define KERNEL_H

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
    float *parameter;   /* [blocks][rows][LANES]: control bits, skill bits, b, v */
    float *gradient;    /* [blocks][rows][LANES], likewise */
    float *table;       /* [fields.rows][LANES]: subset sums, or buckets */
    float *sum;         /* [PIECE][LANES]: f_s - b_out, lane by lane */
    float *residual;    /* [capacity]: e_s */
    uint16_t *active;   /* [blocks][capacity]: bit l is the activity of lane l */
    uint16_t *offset;   /* [capacity][fields.count - 1]: entries, in floats from table */
    struct group *group; /* [groups] */
};

struct kernel {
    /* Groups first .. last-1, which make up one piece: activities, and output
       sums from the first sample of the piece on. */
    void (*forward)(const struct workspace *w, int first, int last);
    /* All groups: gradient from activities and residuals. */
    void (*backward)(const struct workspace *w);
};

extern const struct kernel kernel_plain, kernel_avx2, kernel_avx512;

#endif
