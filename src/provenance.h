#ifndef PROVENANCE_H
#define PROVENANCE_H

/* Commit ("+" at its end if the tree had changes), compiler with its flags, and
   the modules with a hash of their tangled text; the last name is NULL. */
struct provenance_module {
    const char *name, *hash;
};

extern const char provenance_commit[], provenance_compiler[];
extern const struct provenance_module provenance_modules[];

#endif
