/* Tests of the module "ledger": every claim has what a reader needs to check it. */
#include "audit.h"
#include "common.h"
#include "ledger.h"

TEST(every_claim_has_a_place_a_statement_and_a_room)
{
    int claims = 0;
    const struct claim *claim;
    for (int i = 0; (claim = ledger_claim(i)); i++) {
        assert_non_null(claim->statement);
        assert_true(strlen(claim->statement) > 0);
        if (!claim->key)
            continue;
        claims++;
        assert_true(strlen(claim->place) > 0);
        assert_true(!strncmp(claim->room, "sec:", 4) || !strncmp(claim->room, "eq:", 3)
                    || !strncmp(claim->room, "fig:", 4) || !strncmp(claim->room, "tab:", 4)
                    || !strncmp(claim->room, "prop:", 5));
    }
    assert_true(claims > 100);
}

TEST(keys_are_unique_and_found)
{
    const struct claim *claim;
    for (int i = 0; (claim = ledger_claim(i)); i++)
        if (claim->key)
            assert_int_equal(ledger_find(claim->key), i);
    assert_int_equal(ledger_find("no such claim"), -1);
}

TEST(settings_are_somebodys)
{
    static const char *const known[] = {"", "theirs", "scripts'", "ours"};
    const struct claim *claim;
    for (int i = 0; (claim = ledger_claim(i)); i++) {
        int matches = 0;
        for (int j = 0; claim->key && j < LENGTH(known); j++)
            matches += !strcmp(claim->settings, known[j]);
        assert_int_equal(matches, claim->key != NULL);
    }
}

/* A proof that names an audit that nobody runs proves nothing. */
TEST(evidence_names_audits_that_exist)
{
    const struct claim *claim;
    for (int i = 0; (claim = ledger_claim(i)); i++) {
        char names[512] = "";
        if (claim->evidence)
            snprintf(names, sizeof names, "%s", claim->evidence);
        for (char *name = strtok(names, " "); name; name = strtok(NULL, " "))
            if (!audit_module(name))
                fail_with("claim %s: no audit %s", claim->key, name);
    }
}

int main(void)
{
    return run_cases("ledger");
}
