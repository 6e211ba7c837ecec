#ifndef KERNEL_H
#define KERNEL_H

#include "vector.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    FIELDS = 11,  /* most fields: a first one and 10 others for 64 bits */
    PIECE = 4096, /* samples that are put in order, or whose outputs are summed, at a time */
};

/* The fields of a sample.  The value of field 0 is the skill (index k - 1) times
   2^width, plus its bits; those of the others are bits alone. */
struct fields {
    int count;
    int width[FIELDS]; /* bits */
    int first[FIELDS]; /* place of the lowest bit in x */
    int row[FIELDS];   /* where its table begins, in rows */
    int rows;          /* of all tables */
};

/* Successive samples begin .. end-1 of the batch with one entry of field 0. */
struct group {
    int begin, end;
};

/* Places begin .. end-1 in the order of a field, within a piece: samples of one bucket. */
struct bucket {
    uint16_t begin, end;
    int row; /* of the table */
};

/* A network and a batch.  Arrays of floats are aligned to 64 bytes. */
struct workspace {
    int skills, bits;   /* n_s, n_b */
    int blocks, rows;   /* rows = skills + bits + 2 */
    int samples;        /* of the present batch */
    int capacity;       /* samples that the arrays can hold */
    struct fields fields;
    float *parameter;   /* [blocks][rows][LANES]: control bits, skill bits, b, v;
                           then a row with b_out in lane 0 and zeros */
    float *gradient;    /* likewise */
    float *table;       /* [AT_ONCE][fields.rows][LANES]: subset sums, or buckets */
    float *sum;         /* [PIECE][LANES]: f_s - b_out, lane by lane */
    float *residual;    /* [capacity]: f_s, then e_s */
    uint16_t *active;   /* [(blocks + 1) / 2][capacity][2]: bit l is the activity of lane l */
    uint32_t *entry;    /* [fields.count][capacity]: in floats from table */
    struct group *group; /* [groups]; NULL if the batch is not sorted */
    int groups;
    uint16_t *place;       /* [fields.count][capacity]: samples of a piece, counted from its
                              first, by entry; NULL if buckets are kept in memory */
    float *ordered;        /* [fields.count][capacity]: e_s likewise */
    struct bucket *bucket; /* [pieces][fields.rows]: by field, then by size */
};

enum {
    AT_ONCE = 8,       /* blocks whose buckets are filled at a time, at most */
    SORTED_FROM = 3,   /* blocks from which it pays to sort a batch */
    ORDERED_FROM = 8,  /* blocks from which further orders pay, and two parts, */
    ROWS_MOST = 4096   /* and rows up to which they do */
};

struct batch;

struct kernel {
    bool wants_orders; /* buckets without memory are faster */
    /* Entries of field 0 for each sample of a batch; false if one does not fit. */
    bool (*look_up)(const struct workspace *w, const struct batch *batch, uint32_t *entry);
    /* Those of the other fields, as entries, of samples with these bits. */
    void (*look_up_others)(const struct workspace *w, const uint64_t *bits);
    /* The tables of blocks first and first + 1 (if there is one). */
    void (*build)(const struct workspace *w, int first);
    /* With these tables: activities of samples begin .. end-1; what the blocks add to
       the sums from sum[0] on, or set them to. */
    void (*forward)(const struct workspace *w, int first, int begin, int end, bool sets);
    /* Gradient of blocks first .. last-1 from activities and residuals, first even. */
    void (*backward)(const struct workspace *w, int first, int last);
};

extern const struct kernel kernel_plain, kernel_avx2, kernel_avx512;

#endif
