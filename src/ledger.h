#ifndef LEDGER_H
#define LEDGER_H

/* A claim of the original, or, without a key, a heading of the ledger. */
struct claim {
    const char *key;       /* of its numbers, which are called verdict/KEY/... */
    const char *place;     /* where the original makes it */
    const char *statement; /* one clause, in TeX */
    const char *room;      /* label of the place where it is treated here */
    const char *settings;  /* whose it was tried with: "theirs", "scripts'", "ours"; "" in
                              theory */
    const char *evidence;  /* the audits that hold it, by their equations, one space between;
                              NULL: a number; "": nothing was run */
};

/* Row i >= 0, in the order of the original; NULL past the end. */
const struct claim *ledger_claim(int i);

enum { LEDGER_ROWS = 400 }; /* at least as many as there are */

/* The row with this key; -1 if there is none. */
int ledger_find(const char *key);

#endif
