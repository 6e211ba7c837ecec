# Runs of the paper, each from the chapter that shows it: NAME.command is what all scales share,
# NAME.smoke, NAME.desk and NAME.paper are what a scale adds.

RUNS :=
SUMMARISED :=
STANDING :=
ALPHAS := 0.3 0.6 0.9

RUNS += modes counts-multilinear counts-linear
modes.command := modes
counts-multilinear.command := strength counts --counts 5,2,1 --samples 10
counts-linear.command := strength counts --counts 5,2,1 --samples 10 --linear
RUNS += multilinear-time strength-multilinear-time
multilinear-time.command := multilinear --rate 0.01 --batch 1000 --steps 3000 --every 25
multilinear-time.smoke := --repeats 3
multilinear-time.desk := --repeats 10
multilinear-time.paper := --repeats 50
strength-multilinear-time.command := strength time --rate 0.01 --from 25 --to 3000

RUNS += multilinear-data strength-multilinear-data
multilinear-data.command := multilinear --rate 0.5 --target 1 --steps 100000 --every 100000 \
    --samples 1,2,3,5,7,10,15,22,33,47,68,100,150,220,330,470,680,1000
multilinear-data.smoke := --repeats 10
multilinear-data.desk := --repeats 100
multilinear-data.paper := --repeats 1000
strength-multilinear-data.command := strength data --target 1 --from 1 --to 1000

SUMMARISED += multilinear-time multilinear-data
RUNS += strength-stages law-stages stages
in-stages := --skills 5 --alpha 0.6 --target 5 --initial 0.001 --rate 0.03
strength-stages.command := strength time $(in-stages) --from 1 --to 200 --points 301
law-stages.command := law time $(in-stages) --from 1 --to 200 --points 301
stages.command := stages $(in-stages) --fraction 0.05
RUNS += shots-data shots-time
shots-data.command := shots data
shots-data.smoke := --repeats 3
shots-data.paper := --repeats 400
shots-time.command := shots time
SUMMARISED += shots-data
define runs_of_laws
RUNS += constants-$(1) law-time-$(1) law-data-$(1) law-parameters-$(1)
constants-$(1).command := constants --alpha $(1)
law-time-$(1).command := law time --alpha $(1) --from 1 --to 10000
law-data-$(1).command := law data --alpha $(1) --from 1 --to 1000
law-parameters-$(1).command := law parameters --alpha $(1) --from 1 --to 100
endef
$(foreach a,$(ALPHAS),$(eval $(call runs_of_laws,$(a))))
RUNS += law-time-infinite
law-time-infinite.command := law time --skills 0 --target 5 --from 10 --to 100 --points 2
define runs_of_compute
RUNS += compute-constants-$(1) law-compute-$(1) law-curves-$(1)
compute-constants-$(1).command := constants --alpha $(1) --target 5
law-compute-$(1).command := law compute --alpha $(1)
law-curves-$(1).command := law compute --alpha $(1) --parameters $(CURVES)
endef
CURVES := 11,21,51,71,101,201,501,701,1001,2001,5001,10001
$(foreach a,$(ALPHAS),$(eval $(call runs_of_compute,$(a))))
define runs_of_finite_law
RUNS += finite-law-$(1)
finite-law-$(1).command := bounds time --alpha $(1) --skills 50000 --target 5 --from 1 \
    --to 1000 --points 61
endef
$(foreach a,0.1 0.3 0.5 0.7,$(eval $(call runs_of_finite_law,$(a))))
define runs_of_bounds
RUNS += bounds-time-$(1) bounds-data-$(1) bounds-parameters-$(1) bounds-range-$(1)
bounds-time-$(1).command := bounds time --alpha $(1) --skills 0 --from 0.1 --points 101
bounds-data-$(1).command := bounds data --alpha $(1) --skills 0
bounds-parameters-$(1).command := bounds parameters --alpha $(1) --skills 0
bounds-range-$(1).command := bounds range --alpha $(1) --skills 0

RUNS += finite-time-$(1) finite-data-$(1) finite-parameters-$(1) finite-range-$(1)
finite-time-$(1).command := bounds time --alpha $(1) --from 0.1 --to 1e9 --points 201
finite-data-$(1).command := bounds data --alpha $(1) --to 1e9 --points 181
finite-parameters-$(1).command := bounds parameters --alpha $(1) --to 100000 --points 101
finite-range-$(1).command := bounds range --alpha $(1)
endef
$(foreach a,$(ALPHAS),$(eval $(call runs_of_bounds,$(a))))
IMBALANCES := 0 0.001 0.1 0.70711 10
define runs_of_imbalance
RUNS += strength-imbalance-$(1)
strength-imbalance-$(1).command := strength time --imbalance $(1) --skills 1 --target 1 \
    --initial 0.0001 --rate 1 --from 0.01 --to 20 --points 201
endef
$(foreach q,$(IMBALANCES),$(eval $(call runs_of_imbalance,$(q))))

STARTS := 1e-3 1e-6 1e-9
define runs_of_start
RUNS += wait-imbalance-$(1)
wait-imbalance-$(1).command := wait imbalance --initial $(1)
endef
$(foreach x,$(STARTS),$(eval $(call runs_of_start,$(x))))
DEPTHS := 1 2 3 4 10
define runs_of_depth
RUNS += strength-layers-$(1) wait-layers-$(1) law-time-layers-$(1)
strength-layers-$(1).command := strength time --layers $(1) --target 1 --rate 1 \
    --from 0.01 --to 1000 --points 401
wait-layers-$(1).command := wait start --layers $(1)
law-time-layers-$(1).command := law time --layers $(1) --skills 0 --from 1 --to 10000 \
    --points 31
endef
$(foreach l,$(DEPTHS),$(eval $(call runs_of_depth,$(l))))
RUNS += convergence
convergence.command := convergence
convergence.smoke := --repeats 100
convergence.desk := --repeats 2000
convergence.paper := --repeats 20000
RUNS += map-td map-tn map-dn
map-td.command := map --skills 0 --plane td
map-tn.command := map --skills 0 --plane tn
map-dn.command := map --skills 0 --plane dn
define scatter_of_start
RUNS += scatter-$(1)
scatter-$(1).command := loss --skills 0 --rate 0.1 --initial $(1) --samples 10000000,inf \
    --time 5:100:2,102:300:3,310:1000:10,1020:3000:40
endef
$(foreach R,0.01 0.0001,$(eval $(call scatter_of_start,$(R))))
RUNS += map-tn-data frontier-data
map-tn-data.command := map --skills 0 --plane tn --samples 100000
frontier-data.command := frontier --skills 0 --samples 1000,10000,100000,inf \
    --from 10 --to 1e12 --points 34
frontier-data.smoke := --points 8
thirty-skills := --skills 30 --target 1 --rate 0.05
RUNS += loss-simulated
loss-simulated.command := loss $(thirty-skills) --samples 10,100,1000 --parameters 3,10,30 \
    --time 0:5000:25
SIZES := 3 10 30
define runs_of_size
RUNS += resources-$(1)
SUMMARISED += resources-$(1)
resources-$(1).command := multilinear $(thirty-skills) --samples 10,100,1000 --steps 5000 \
    --every 250 --parameters $(1)
resources-$(1).smoke := --repeats 10
resources-$(1).desk := --repeats 100
resources-$(1).paper := --repeats 1000
endef
$(foreach n,$(SIZES),$(eval $(call runs_of_size,$(n))))
RUNS += minimal minimal-1e-8 minimal-1e-32 minimal-1e-128
minimal.command := minimal
minimal-1e-8.command := minimal --initial 1e-8 --rate 0.05
minimal-1e-32.command := minimal --initial 1e-32 --rate 0.2
minimal-1e-128.command := minimal --initial 1e-128 --rate 0.2 --time 0:4000:20
RUNS += transformer-0.3 transformer-time transformer-1.5 transformer-adam
SUMMARISED += transformer-time
transformer-task := --bits 16 --order 2 --batch 128 --width 32
transformer-setting := $(transformer-task) --rate 0.001414 --stop 0.001 --every 200
transformer-0.3.command := transformer-time --alpha 0.3 $(transformer-setting)
transformer-0.3.smoke := --repeats 1 --steps 100
transformer-0.3.desk := --repeats 2 --steps 20000
transformer-0.3.paper := --repeats 16 --steps 100000
transformer-time.command := transformer-time $(transformer-setting)
transformer-time.smoke := --repeats 1 --steps 100
transformer-time.desk := --repeats 2 --steps 36000
transformer-time.paper := --repeats 16 --steps 200000
transformer-1.5.command := transformer-time --alpha 1.5 $(transformer-setting)
transformer-1.5.smoke := --repeats 1 --steps 100
transformer-1.5.desk := --repeats 1 --steps 60000
transformer-1.5.paper := --repeats 16 --steps 400000
transformer-adam.command := transformer-time $(transformer-task) --rate 0.001 --optimiser adam \
    --stop 0.001 --every 50
transformer-adam.smoke := --repeats 1 --steps 100
transformer-adam.desk := --repeats 2 --steps 10000
transformer-adam.paper := --repeats 16 --steps 50000
RUNS += transformer-five
STANDING += transformer-five
transformer-five.archive := transformer-time
transformer-five.command := $(transformer-time.command) $(transformer-time.paper)
transformer-alone := transformer-time $(transformer-task) --stop 0.05 --every 200 --repeats 8 \
    --steps 200000
define run_of_one_skill
RUNS += transformer-alone-$(1)
STANDING += transformer-alone-$(1)
transformer-alone-$(1).command := $(transformer-alone) --only $(1) --rate $(2)
endef
$(eval $(call run_of_one_skill,1,0.000936))
$(eval $(call run_of_one_skill,2,0.0002508))
$(eval $(call run_of_one_skill,3,0.0001161))
$(eval $(call run_of_one_skill,4,0.0000672))
$(eval $(call run_of_one_skill,5,0.00004398))
ifeq ($(SCALE),paper)
RUNS += transformer-reverse transformer-momentum transformer-three transformer-wide
# The first skill at the rates of the others.
define run_of_the_first
RUNS += transformer-first-$(1)
transformer-first-$(1).command := $(transformer-alone) --only 1 --rate $(2)
endef
$(eval $(call run_of_the_first,2,0.0002508))
$(eval $(call run_of_the_first,3,0.0001161))
$(eval $(call run_of_the_first,4,0.0000672))
$(eval $(call run_of_the_first,5,0.00004398))
transformer-reverse.command := transformer-time --reverse $(transformer-setting)
transformer-reverse.paper := --repeats 8 --steps 200000
transformer-momentum.command := transformer-time $(transformer-task) --rate 0.0001414 \
    --momentum 0.9 --decay 0.00001 --stop 0.001 --every 200
transformer-momentum.paper := --repeats 8 --steps 200000
transformer-three.command := $(transformer-alone) --only 1 --order 3 --rate 0.001414
transformer-wide.command := transformer-time --bits 16 --order 2 --batch 256 --width 64 \
    --rate 0.000707 --stop 0.001 --every 200
transformer-wide.paper := --repeats 8 --steps 200000
endif
RUNS += mlp-time
mlp-time.command := mlp-time
mlp-time.smoke := --repeats 1 --steps 1300
mlp-time.desk := --repeats 8 --every 100
mlp-time.paper := --repeats 10
SUMMARISED += mlp-time

RUNS += strength-extended strength-extended-data strength-extended-width
strength-extended.command := strength time --kappa 22 --sigma 0.01 --from 50 --to 20000
strength-extended-data.command := strength data --dc 800 --from 100 --to 40000
strength-extended-width.command := strength parameters --nc 4 --from 0.5 --to 21 --points 201
RUNS += one-skill-time one-skill-data one-skill-width
one-skill-time.command := mlp-time --skills 1 --steps 2500 --every 25
one-skill-time.smoke := --repeats 2 --steps 250
one-skill-time.desk := --repeats 10
one-skill-time.paper := --repeats 50
one-skill-data.command := mlp-data --skills 1 --steps 30000
one-skill-data.smoke := --repeats 2 --samples 100,300,900 --steps 100
one-skill-data.desk := --repeats 8 --samples 100:1000:100,1300,1600,2000
one-skill-data.paper := --repeats 50 --samples 100:2000:100
one-skill-width.command := mlp-width --skills 1 --rate 0.05 --cool 0.995 --cool-every 500 \
    --decay 0.005
one-skill-width.smoke := --repeats 2 --widths 1,3,6 --steps 200
one-skill-width.desk := --repeats 8 --widths 1:6,8 --steps 20000
one-skill-width.paper := --repeats 50 --widths 1:12 --steps 50000 --every 10000
SUMMARISED += one-skill-time one-skill-data one-skill-width
RUNS += mlp-data mlp-data-full
mlp-data.command := mlp-data
mlp-data.smoke := --repeats 1 --samples 500,3000 --steps 50
mlp-data.desk := --repeats 2 --samples 500,1000,2000,3000,4500,6500,10000,20000
mlp-data.paper := --repeats 10
SUMMARISED += mlp-data
mlp-data-full.command := mlp-data --samples 3000 --stop 0
mlp-data-full.smoke := --repeats 1 --steps 100 --every 50
mlp-data-full.desk := --repeats 2 --steps 20000 --every 2000
mlp-data-full.paper := --repeats 10 --every 2000
RUNS += mlp-width mlp-width-fast
mlp-width.command := mlp-width
mlp-width.smoke := --repeats 1 --widths 4,12,20 --steps 200
mlp-width.desk := --repeats 8 --widths 2:20:2 --steps 20000
mlp-width.paper := --repeats 50 --steps 100000 --every 10000
mlp-width-fast.command := mlp-width --rate 0.05
mlp-width-fast.smoke := --repeats 1 --widths 4,20 --steps 200
mlp-width-fast.desk := --repeats 8 --widths 4:20:4 --steps 20000
mlp-width-fast.paper := --repeats 10 --steps 100000 --every 10000
SUMMARISED += mlp-width mlp-width-fast
SIGMAS := 0.01 0.04 0.1
EXPONENTS := 0.3 0.6 0.9 2.0
define runs_of_grid
RUNS += grid-$(1)-$(2) strength-grid-$(1)-$(2)
SUMMARISED += grid-$(1)-$(2)
grid-$(1)-$(2).command := mlp-time --sigma $(1) --alpha $(2)
grid-$(1)-$(2).smoke := --repeats 1 --steps 100
grid-$(1)-$(2).desk := --repeats 1 --every 400
grid-$(1)-$(2).paper := --repeats 10 --every 100
strength-grid-$(1)-$(2).command := strength time --kappa 22 --sigma $(1) --alpha $(2) \
    --from 50 --to 20000
endef
$(foreach s,$(SIGMAS),$(foreach e,$(EXPONENTS),$(eval $(call runs_of_grid,$(s),$(e)))))
RUNS += mlp-time-bytes
mlp-time-bytes.command := mlp-bytes
mlp-time-bytes.smoke := --repeats 1 --steps 200
mlp-time-bytes.desk := --repeats 2 --steps 5000 --every 100
mlp-time-bytes.paper := --repeats 10 --every 100
RUNS += article-time article-small article-one article-one-small
article-time.command := mlp-means
article-time.smoke := --repeats 1 --steps 200
article-time.desk := --repeats 8 --steps 6500 --every 100
article-time.paper := --repeats 10 --every 100
article-small.command := mlp-means --sigma 0.001
article-small.smoke := --repeats 1 --steps 200
article-small.desk := --repeats 8 --steps 8500 --every 100
article-small.paper := --repeats 10 --every 100
article-one.command := mlp-time --skills 1 --rate 0.025 --steps 2500 --every 25
article-one.smoke := --repeats 2 --steps 100
article-one.desk := --repeats 8 --steps 1500
article-one.paper := --repeats 10
article-one-small.command := $(article-one.command) --sigma 0.001
article-one-small.smoke := --repeats 2 --steps 100
article-one-small.desk := --repeats 8 --steps 2000
article-one-small.paper := --repeats 10
SUMMARISED += article-time article-small

RUNS += strength-article strength-article-small
strength-article.command := strength time --kappa 22 --rate 0.025 --sigma 0.01 --from 50 \
    --to 30000
strength-article-small.command := strength time --kappa 22 --rate 0.025 --sigma 0.001 \
    --from 50 --to 30000
RUNS += article-width width-decay
article-width.command := mlp-width --rate 0.001 --decay 0.0001 --sigma 0.001
article-width.smoke := --repeats 1 --widths 4,10,20 --steps 200
article-width.desk := --repeats 8 --widths 4,10,20 --steps 40000
article-width.paper := --repeats 10 --widths 2:20:2 --every 20000
width-decay.command := mlp-width --decay 0.005 --widths 10
width-decay.smoke := --repeats 1 --steps 200
width-decay.desk := --repeats 8 --steps 20000
width-decay.paper := --repeats 50 --every 20000
SUMMARISED += article-width
RUNS += article-data
article-data.command := mlp-data --cool-every 50000
article-data.smoke := --repeats 1 --samples 3000 --steps 20
article-data.desk := --repeats 2 --samples 3000 --steps 15000
article-data.paper := --repeats 8 --samples 1000,2000,3000,4500,6500,10000,20000
RUNS += audit
audit.command := audit
RUNS += samples
samples.command := samples
# The longest runs at desk scale, the longest first.
LONGEST := transformer-1.5 transformer-time mlp-time mlp-data mlp-width article-small \
    article-time article-width transformer-0.3 mlp-data-full mlp-width-fast one-skill-width \
    one-skill-data transformer-adam
