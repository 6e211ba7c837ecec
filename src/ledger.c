#include "ledger.h"
#include <stddef.h>
#include <string.h>

static const struct claim claims[] = {
    {NULL, "", "The task and the model", "", "", NULL},
    {NULL, "", "Emergence in the model", "", "", NULL},
    {NULL, "", "Scaling laws, constants in units of $S^2/2$", "", "", NULL},
    {"exponent-time", "Fig. 2a", "the time law has the exponent $-\\alpha/(\\alpha+1)$", "sec:time-law",
     "", NULL},
    {"exponent-data", "Fig. 2b", "the data law has the exponent $-\\alpha/(\\alpha+1)$", "sec:scaling",
     "", NULL},
    {"exponent-parameters", "Fig. 2c", "the parameter law has the exponent $-\\alpha$", "sec:scaling",
     "", NULL},
    {"exponent-compute", "Fig. 3", "the compute law has the exponent $-\\alpha/(\\alpha+2)$",
     "sec:compute", "", NULL},
    {"constant-time-0.3", "Fig. 2a", "constant of the time law, $\\alpha = 0.3$", "eq:time-law", "",
     NULL},
    {"constant-time-0.6", "Fig. 2a", "constant of the time law, $\\alpha = 0.6$", "eq:time-law", "",
     NULL},
    {"constant-time-0.9", "Fig. 2a", "constant of the time law, $\\alpha = 0.9$", "eq:time-law", "",
     NULL},
    {"constant-compute-0.3", "Fig. 3", "constant of the compute law, $\\alpha = 0.3$", "sec:compute",
     "", NULL},
    {"constant-compute-0.6", "Fig. 3", "constant of the compute law, $\\alpha = 0.6$", "sec:compute",
     "", NULL},
    {"constant-compute-0.9", "Fig. 3", "constant of the compute law, $\\alpha = 0.9$", "sec:compute",
     "", NULL},
    {NULL, "", "Conditions on the other resources", "", "", NULL},
    {NULL, "", "The two-layer network in time", "", "", NULL},
    {"kappa", "Fig. 11", "one skill fixes $\\kappa = 1/B^2 = 22$, with $R(0) = \\sigma^2/3.6$",
     "sec:predictions", "scripts'", NULL},
    {"kappa-free", "Fig. 11", "$\\kappa$ with $R(0)$ fitted along", "sec:predictions", "scripts'",
     NULL},
    {"kappa-measured", "Fig. 11", "$\\kappa$ with $R(0)$ as measured", "sec:predictions", "scripts'",
     NULL},
    {"predicted-kappa", "Fig. 1a", "our $\\kappa$ gives the times of five skills: worst ratio",
     "tab:predictions", "scripts'", NULL},
    {"predicted-authors-kappa", "Fig. 1a", "$\\kappa = 22$ gives the times of five skills: worst ratio",
     "tab:predictions", "scripts'", NULL},
    {"grid", "App. K", "$\\kappa = 22$ for all $\\sigma$ and $\\alpha$: mean ratio", "fig:grid",
     "scripts'", NULL},
    {"order", "Fig. 1a", "skills come in order: share of repeats", "fig:emergence", "scripts'", NULL},
    {"stages", "Eq. (41)", "neighbours that come in stages at $\\varepsilon = 0.05$, of four",
     "fig:emergence", "scripts'", NULL},
    {"minimal-parity", "App. G (114)", "$\\alpha^2 = \\beta^2 = \\gamma^2 = 2S$, $c = -S$ is the parity",
     "eq:minimal-network", "", "eq:minimal-network"},
    {"minimal-modes", "App. G (119)", "the strength is the sum of three modes; the bias has none",
     "eq:minimal-strengths", "", "eq:minimal-strengths"},
    {"minimal-model", "Fig. 8", "the model with $B^2 = \\frac13$: half-time of the network over its",
     "sec:minimal", "ours", NULL},
    {"minimal-growth", "(120)", "rate at which a small $\\alpha^2$ grows, in $\\eta S$",
     "eq:minimal-flow", "", NULL},
    {"minimal-bias-rate", "(123)", "rate at which the bias grows by itself, in $\\eta$",
     "eq:minimal-flow", "", NULL},
    {"minimal-bias", "App. G", "$c$ grows fastest: its half-time over that of mode 1, at most",
     "sec:minimal", "ours", NULL},
    {"minimal-saturation", "App. G", "mode 3 saturates after twice the time of mode 1",
     "sec:minimal", "ours", NULL},
    {NULL, "", "The two-layer network and data", "", "", NULL},
    {"dc-loss", "Fig. 11", "one skill fixes $D_c = 800$: strength by the loss", "sec:predictions",
     "scripts'", NULL},
    {"dc-correlation", "Fig. 11", "$D_c$ by the correlation", "sec:predictions", "scripts'", NULL},
    {"dc-skill-loss", "Fig. 11", "$D_c$ by the skill loss", "sec:predictions", "scripts'", NULL},
    {"predicted-dc-loss", "Fig. 1b", "our $D_c$ gives five skills: worst ratio", "tab:predictions",
     "scripts'", NULL},
    {"predicted-authors-dc-loss", "Fig. 1b", "$D_c = 800$ gives five skills: worst ratio",
     "tab:predictions", "scripts'", NULL},
    {"predicted-dc-correlation", "Fig. 1b", "the same by the correlation, our $D_c$",
     "tab:predictions", "scripts'", NULL},
    {"predicted-authors-dc-correlation", "Fig. 1b", "the same by the correlation, $D_c = 800$",
     "tab:predictions", "scripts'", NULL},
    {NULL, "", "The two-layer network and its width", "", "", NULL},
    {"nc", "Fig. 11", "one skill fixes $N_c = 4$", "sec:predictions", "scripts'", NULL},
    {"predicted-nc", "Fig. 1c", "our $N_c$ gives five skills: worst ratio", "tab:predictions",
     "scripts'", NULL},
    {"predicted-authors-nc", "Fig. 1c", "$N_c = 4$ gives five skills: worst ratio",
     "tab:predictions", "scripts'", NULL},
    {NULL, "", "Settings", "", "", NULL},
    {"bytes", "Sec. 2", "bits are uniform (in the scripts no byte is 255): half-time of skill 1 with over without",
     "sec:bytes", "scripts'", NULL},
    {NULL, "", "The transformer", "", "", NULL},
    {"transformer-time-exponent", "Fig. 4", "$T_k \\propto k^{\\alpha+1}$, $\\alpha = 0.9$",
     "sec:transformer-runs", "ours", NULL},
    {"transformer-time-order", "Fig. 4", "skills come in order: share of repeats",
     "sec:transformer-runs", "ours", NULL},
    {NULL, "", "Limitations that the original states", "", "", NULL},
    {"minimal-tail", "Sec. 5.5", "a skill of three modes comes in rises at different times, and saturates late",
     "eq:minimal-stages", "", "eq:minimal-stages"},
};

enum { CLAIMS = sizeof claims / sizeof claims[0] };
_Static_assert((int)CLAIMS <= (int)LEDGER_ROWS, "the ledger has more rows than it says");

const struct claim *ledger_claim(int i)
{
    return i < CLAIMS ? &claims[i] : NULL;
}

int ledger_find(const char *key)
{
    for (int i = 0; i < CLAIMS; i++)
        if (claims[i].key && !strcmp(claims[i].key, key))
            return i;
    return -1;
}
