#include "ledger.h"
#include <stddef.h>
#include <string.h>

static const struct claim claims[] = {
    {NULL, "", "The task and the model", "", "", NULL},
    {"samples", "Tables 1, 3, (1)--(4)", "control bits name a skill, the parity of its bits is the answer, "
     "and skills are orthogonal", "tab:samples", "", "eq:power-law eq:orthogonality"},
    {"loss-and-strength", "(8)", "$L_k = \\frac12 (S^2 + \\mathbb{E}[f^2] - 2 S R_k)$", "eq:loss-split",
     "", "eq:loss-split"},
    {"skill-losses", "(6), (10)", "in the model, $L_k = \\frac12 (S - R_k)^2$", "eq:loss", "", "eq:loss"},
    {"lemma-1", "(11), Lemma 1", "skills decouple, and rise as logistics from a balanced start",
     "eq:logistic", "", "eq:empirical-loss eq:gradient-flow eq:logistic"},
    {"corollary-1", "(36), Cor. 1", "one sample teaches a skill", "eq:infinite-time", "",
     "eq:infinite-time eq:strength-data"},
    {"corollary-2", "(38), Cor. 2", "a basis function is a skill", "eq:strength-parameters", "",
     "eq:strength-parameters"},
    {"linear-network", "Fig. 5, (25)", "modes of a linear network rise as logistics", "fig:linear", "",
     "eq:linear-network eq:modes"},
    {"sigmoid", "Fig. 9", "the product of parameters makes sigmoids, later for rarer skills",
     "fig:linear", "", "eq:logistic eq:emergence-time"},
    {"linear-model", "Fig. 10, (125)", "the linear model saturates exponentially and has no delay",
     "fig:linear", "", "eq:linear"},
    {"linear-laws", "App. H", "the linear model has the same scaling exponents", "sec:layers", "",
     "eq:deep-law eq:strength-data eq:strength-parameters"},
    {NULL, "", "Emergence in the model", "", "", NULL},
    {"emergent-times", "(40), Fig. 6a", "emergent and saturation times grow as $k^{\\alpha+1}$",
     "eq:emergent-saturated", "", "eq:emergence-time eq:emergent-saturated"},
    {"model-stages-0.05", "(41)", "a small start gives stages: of the four pairs of Fig. 1a in the model, at "
     "$\\varepsilon = 0.05$", "eq:stages", "scripts'", NULL},
    {"model-stages-0.1", "(41)", "the same at $\\varepsilon = 0.1$", "eq:stages", "scripts'", NULL},
    {"model-stages-0.2", "(41)", "the same at $\\varepsilon = 0.2$", "eq:stages", "scripts'", NULL},
    {"stage-step", "Fig. 6b", "the loss falls by $P_s(1)\\,S^2/2$ with the first skill", "fig:stages",
     "ours", NULL},
    {"stage-axis", "Fig. 6b", "the loss stays above $10.5$ at $\\alpha = 0.6$, $S = 5$", "fig:stages",
     "theirs", NULL},
    {"rate-constant", "(13), (14)", "$\\sum_k a_k b_k B\\,g_k$ moves at the rate $2\\eta P_s(k) B^2 S$",
     "eq:dampened", "theirs", NULL},
    {"rate-half", "(14), Fig. 1a", "the lines of Fig.~1a have the rate that (14) prints",
     "eq:extended-time", "scripts'", NULL},
    {"lemma-2", "Lemma 2", "gradients stay in the span of the samples' features", "prop:features", "",
     "eq:features-flow eq:features-conserved"},
    {"lemma-3", "Lemma 3", "$a_k^2 - |B_k|^2$ is conserved", "prop:features", "",
     "eq:features-conserved"},
    {"minimum-norm", "Prop. 1", "training ends at the solution of minimum norm", "prop:features", "",
     "eq:minimum-norm eq:minimum-loss"},
    {"shots-loss", "(104)", "$L_k = \\frac{S^2}{2} (1 - d_k/D_c)$: at $d_k = D_c/4$ in $S^2/2$",
     "fig:shots", "ours", NULL},
    {"shots-strength", "(17), (88)", "$R_k = S\\,(1 - \\sqrt{1 - d_k/D_c})$: at $d_k = D_c/4$ in $S$",
     "fig:shots", "ours", NULL},
    {"proposition-2", "(18)--(21), Prop. 2", "of $N$ basis functions the last skill has $r$, and "
     "$R_q = S r/N_c$", "eq:extended-parameters", "", "eq:extended-parameters"},
    {"linear-shots", "(126), (127)", "the linear model extends to data and parameters alike",
     "fig:shots", "", "eq:minimum-norm eq:minimum-loss"},
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
    {"condition-time", "Tables 2, 6", "time: $D \\gg NT^2, T^3$ and $N^{\\alpha+1} \\gg T$ suffice: "
     "loss over limit a hundredfold beyond", "tab:conditions", "", NULL},
    {"condition-data", "Tables 2, 6", "data: $T \\gg D(\\log D)^{1+\\epsilon}$ and $N^{\\alpha+1} "
     "\\gg D$ suffice", "tab:conditions", "", NULL},
    {"condition-parameters-time", "Tables 2, 6", "parameters: $D \\gg T^3$ and $N^{\\alpha+1} = o(T)$ "
     "suffice", "tab:conditions", "", NULL},
    {"condition-parameters-data", "Table 6", "parameters: $T \\gg D(\\log D)^{1+\\epsilon}$ and "
     "$N^{\\alpha+1} = o(D)$ suffice", "tab:conditions", "", NULL},
    {"condition-compute", "Tables 2, 6", "compute: $D \\gg T^3$ and $N^{\\alpha+1} \\approx T$ "
     "suffice", "tab:conditions", "", NULL},
    {"rows-of-table-4", "Table 4", "exponents along its four rows: worst, in units of theirs",
     "sec:scaling", "", NULL},
    {"lemma-4", "Lemma 4", "binomial against normal mean: at most $V(F)/\\sqrt{DP(1-P)}$",
     "eq:berry-esseen", "", "eq:berry-esseen"},
    {"lemma-5", "Lemma 5", "normal mean against value at the mean: at most $P(1-P)\\sup|F''|/2D$",
     "eq:curvature", "", "eq:curvature"},
    {"proposition-4", "Prop. 4", "distance from unlimited data: $O(S^2 D^{-1/2} f_\\alpha(N) + "
     "S^4\\eta^2T^2/D)$", "eq:large-data", "", "eq:large-data"},
    {"theorem-4", "Thm 4", "$A(\\lambda)$: the joint law in time and parameters",
     "eq:time-parameters", "", "eq:time-parameters"},
    {"theorem-5-1", "Thm 5.1", "with $N^{\\alpha+1} = o(D)$ and unlimited time parameters decide",
     "eq:data-parameters", "", "eq:data-parameters"},
    {"theorem-5-2", "Thm 5.2", "the joint law in data and parameters", "eq:data-parameters", "",
     "eq:data-parameters"},
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
    {NULL, "", "The transformer", "", "", NULL},
    {"transformer-time-exponent", "Fig. 4", "$T_k \\propto k^{\\alpha+1}$, $\\alpha = 0.9$",
     "sec:transformer-runs", "ours", NULL},
    {"transformer-time-order", "Fig. 4", "skills come in order: share of repeats",
     "sec:transformer-runs", "ours", NULL},
    {NULL, "", "Limitations that the original states", "", "", NULL},
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
