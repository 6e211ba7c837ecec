#ifndef PROVENANCE_H
#define PROVENANCE_H

/* Last commit that touched code ("+" at its end if code had changes), compiler with its
   flags, and the modules with a hash of what is compiled; the last name is NULL. */
struct provenance_module {
    const char *name, *hash;
};

extern const char provenance_commit[], provenance_compiler[];
extern const struct provenance_module provenance_modules[];

#endif
