# The pipeline: tangle -> compile -> run -> plot -> weave.  `make help` lists the targets.

# A tool that fails stops its rule, also inside a pipe; a file gets its name when it is complete;
# and every tool writes and reads numbers with a point.
SHELL := $(or $(shell command -v bash),$(error bash is not installed))
.SHELLFLAGS := -O inherit_errexit -eu -o pipefail -c
export LC_ALL := C
MAKEFLAGS += --no-builtin-rules

SCALE ?= desk
CELLS ?= 1
# The archive has runs of paper scale only.
ifneq ($(filter archive archive-% verify verify-% verdicts,$(MAKECMDGOALS)),)
override SCALE := paper
endif
CORES := $(shell getconf _NPROCESSORS_ONLN)
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(CORES)
endif
export OMP_WAIT_POLICY := passive
export GOMP_SPINCOUNT := 5000
export TEXINPUTS := .:../../tex:
export BIBINPUTS := ../../tex:
BUILD := build
OUT := $(BUILD)/$(SCALE)
PROGRAM := $(BUILD)/bin/emergence
# The chapters in reading order, and those of the paper among them, as paper.nw has them.
chapters_of = $(shell awk -v book=$(1) -f tex/book.awk paper.nw | sed -n 's/^\\chapterfile{\([a-z]*\)}.*/\1/p')
ORDER := $(call chapters_of,program)
CHAPTERS := $(ORDER:%=src/%.nw)
$(foreach f,$(filter-out $(ORDER:%=src/%.nw),$(wildcard src/*.nw)),$(error $(f) is no chapter of paper.nw))
$(foreach f,$(filter-out $(wildcard src/*.nw),$(ORDER:%=src/%.nw)),$(error $(f), a chapter of paper.nw, is missing))

ifeq ($(filter smoke desk paper,$(SCALE)),)
$(error SCALE is '$(SCALE)'; it can be smoke, desk or paper)
endif

.PHONY: help paper figures runs check bench lint tangle why program archive verify verdicts estimate clean FORCE
.DELETE_ON_ERROR:
.PRECIOUS: %/
.DEFAULT_GOAL := help

help: ## list the targets
	@echo 'make TARGET [SCALE=smoke|desk|paper] [THREADS=n] [FRESH=1] [CELLS=n]'
	@sed -n 's/^\([a-z-]*\):.*## /  \1\t/p' $(MAKEFILE_LIST) | expand -t 16
	@echo 'Scale $(SCALE): results go to $(OUT), the paper to paper.pdf.'

# ---- tools: say which package a missing one is in

need = $(if $(shell command -v $(1)),,$(error $(1) is not installed: run ./bootstrap, or install the Debian package $(2)))
needs = $(if $(wildcard /usr/include/$(1) /usr/include/*/$(1)),,$(error $(1) is not installed: run ./bootstrap, or install the Debian package $(2)))

ifneq ($(filter paper figures,$(MAKECMDGOALS)),)
$(call need,notangle,noweb)$(call need,gnuplot,gnuplot-nox)$(call need,latexmk,latexmk)
$(call need,pdflatex,texlive-latex-recommended)
endif

# ---- tangle: src/*.nw -> src/*.c, src/*.h, src/*.mk
# make remakes the included stamp first and starts again, so everything below sees the new files.

# All roots at once, so that a chunk may have parts in several chapters.  Chunks follow each other
# without a blank line; the filter puts one between two definitions.
TO ?= src
NOWEB := $(shell sed -n 's/^LIB=//p' "$$(command -v notangle)")
define tangle_all
	@awk -f tex/chunks.awk $(CHAPTERS)
	@mkdir -p $(BUILD)/tangled && rm -f $(BUILD)/tangled/*
	@$(NOWEB)/markup $(CHAPTERS) > $(BUILD)/chapters
	@cd $(BUILD)/tangled && $(NOWEB)/mnt -t8 -all < ../chapters
	@for root in $$(ls $(BUILD)/tangled); do \
	    expand $(BUILD)/tangled/$$root | \
	        awk 'before ~ /^};?$$/ && /^[A-Za-z_\/]/ {print ""} $$0 != "" || before != ""; {before = $$0}' \
	        > $(TO)/$$root.new; \
	    $(call keep,$(TO)/$$root); \
	done
endef

# Replace a file by its successor, FILE.new, if they differ; else leave its time alone.
keep = if cmp -s $(1).new $(1); then rm $(1).new; else mv $(1).new $(1); fi
keep_if_same = $(call keep,$@)

ifneq ($(shell command -v notangle),)
ifneq ($(filter-out clean help,$(MAKECMDGOALS)),)
include $(BUILD)/tangled.mk
$(BUILD)/tangled.mk: $(CHAPTERS) Makefile
	$(tangle_all)
	@echo '# src/ is tangled from its chapters' > $@
src/runs.mk: $(BUILD)/tangled.mk ;
endif
endif

tangle: ## write src/*.c and src/*.h from their chapters
	$(call need,notangle,noweb)
	$(tangle_all)

# ---- compile

ifeq ($(origin CC),default)
CC := gcc
endif
CPPFLAGS += -Isrc -D_GNU_SOURCE
CFLAGS ?= -O2 -Wall -Wextra -Wpedantic -Werror
# What the results rest on, whatever CFLAGS says: equal bits need products and sums left apart.
override CFLAGS += -std=c17 -ffp-contract=off -fopenmp
LDLIBS += -lgsl -lopenblas -lm

# Flags are in no run's key, so those that can change bits are refused, wherever they stand;
# src/arithmetic.h refuses what it can see of the rest.
inexact := -Ofast -ffast-math -funsafe-math-optimizations -fassociative-math -freciprocal-math \
    -ffinite-math-only -fno-signed-zeros -fsingle-precision-constant -fcx-limited-range \
    -fcx-fortran-rules -fapprox-func -ffp-contract=% -ffp-model=% -mfpmath=% -mrecip% -mdaz-ftz \
    -m32 -mx32 -mlong-double-%
inexact := $(filter-out -ffp-contract=off -mfpmath=sse,\
    $(filter $(inexact),$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) $(LDLIBS)))
$(if $(inexact),$(error $(firstword $(inexact)) can change the bits of results, on which runs and archives rest: leave it out))
# The variants of the kernel are those of the machine that the compiler writes for.
KERNELS := plain $(if $(filter x86_64-%,$(shell $(CC) -dumpmachine 2> /dev/null)),avx2 avx512)
kernel_flags_plain :=
kernel_flags_avx2 := -mavx2
kernel_flags_avx512 := -mavx512f -mavx512bw -mavx512dq -mavx512vl -mprefer-vector-width=512

# Sources with vectors are compiled once for each variant, as kernel_avx2; the transformer's layers
# once more in double precision.
VARIED := kernel move draw layers
VARIANTS := $(foreach source,$(VARIED),$(KERNELS:%=$(source)_%)) layers_double
real_of_double := double

MODULES := $(sort $(patsubst src/%.c,%,$(wildcard src/*.c)))
COMPILED := $(filter-out $(VARIED),$(MODULES)) $(VARIANTS) provenance
OBJECTS := $(patsubst %,$(BUILD)/obj/%.o,$(filter-out program,$(COMPILED)))

# Objects depend on the compiler and its flags.
FLAGS := $(BUILD)/flags
$(FLAGS): FORCE | $(BUILD)/obj/
	@echo '$(CC) $(CPPFLAGS) $(CFLAGS)' > $@.new; $(keep_if_same)

program: $(PROGRAM) ## build build/bin/emergence

# $(call compiled,FOLDER/,NAMES,SOURCE,FLAGS): how the objects of a folder are made.
variant = $(word 2,$(subst _, ,$*))
variant_flags = $(if $(variant),$(kernel_flags_$(variant)) -DVARIANT=$(variant) -DREAL=$(or $(real_of_$(variant)),float))
.SECONDEXPANSION:
define compiled
$(2:%=$(BUILD)/$(1)%.o): $(BUILD)/$(1)%.o: $(3) $(FLAGS) | $(BUILD)/$(dir $(1))
	$$(call needs,gsl/gsl_math.h,libgsl-dev)$$(call needs,Random123/philox.h,librandom123-dev)$$(call needs,cblas.h,libopenblas-dev)
	$$(CC) $$(CPPFLAGS) $$(CFLAGS) $(4) -MMD -MP -c -o $$@ $$<
endef
source_of = $(if $(filter provenance,$(1)),$(BUILD),src)/$(firstword $(subst _, ,$(1))).c
$(eval $(call compiled,obj/,$(COMPILED),$$$$(call source_of,$$$$*),$$(variant_flags)))

$(PROGRAM): $(BUILD)/obj/program.o $(OBJECTS) | $(BUILD)/bin/
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# What this program was made from: rewritten only when it says something new.
$(BUILD)/provenance.c: FORCE | $(BUILD)/obj/
	@bash tex/provenance.sh program '$(CC)' '$(CFLAGS)' $(MODULES) > $@.new; $(keep_if_same)

-include $(wildcard $(BUILD)/obj/*.d $(BUILD)/sanitized/*.d $(BUILD)/graph/*.d)

# ---- run: the runs of a scale are listed in the chapter "experiments" (src/runs.mk)
# A run has a key: its settings and the hashes of the modules it uses.  It is done again when the
# key changes, and only then.

include src/runs.mk

.SECONDARY: $(RUNS:%=$(OUT)/runs/%.key)
SUMMARIES := $(SUMMARISED:%=$(OUT)/runs/%.summary.tsv)
run_words = $(strip $($*.command) $($*.$(SCALE)))
is_simulation = $(filter multilinear mlp-% transformer-%,$(firstword $($(1).command)))
SIMULATIONS := $(foreach r,$(RUNS),$(if $(call is_simulation,$(r)),$(r)))
# Those of the multilinear model take seconds, and are not archived.
NETWORKS := $(foreach r,$(SIMULATIONS),$(if $(filter multilinear,$($(r).command)),,$(r)))

# As many runs at a time as make has jobs, the longest first, then other networks.
IN_TURN := $(filter $(RUNS),$(LONGEST))
IN_TURN += $(filter-out $(IN_TURN),$(NETWORKS))
IN_TURN += $(filter-out $(IN_TURN),$(RUNS))
TABLES := $(IN_TURN:%=$(OUT)/runs/%.tsv)

# A run has one thread, unless there are more cores than jobs or than networks to train.
jobs = $(or $(patsubst -j%,%,$(or $(filter -j%,$(MAKEFLAGS)),-j1)),$(CORES))
THREADS ?= $(shell n=$(words $(NETWORKS)); n=$$((n < $(jobs) ? n : $(jobs))); \
    echo $$((n > 0 && n < $(CORES) ? $(CORES) / n : 1)))

# At paper scale cells come from the archive where it has them; FRESH=1 computes all.  Runs that are
# the same at all scales come from there at all of them; NAME.archive is the run that they are part of.
ARCHIVE := data/paper
archive_of = $(if $(filter paper,$(SCALE))$(filter $(STANDING),$(1)),--archive $(ARCHIVE)/$(or $($(1).archive),$(1)).tsv) \
    $(if $(FRESH),$(if $(filter paper,$(SCALE)),--fresh))

runs: $(TABLES) $(SUMMARIES) ## carry out every run of the scale that is not up to date

$(OUT)/runs/%.key: FORCE $(PROGRAM) | $(OUT)/runs/
	@$(PROGRAM) $(run_words) --dry-run --quiet > $@.new && $(keep_if_same)
	$(if $(FRESH),@if grep -qs '^# archived: ' $(@:.key=.tsv); then touch $@; fi)

# The table gets its name last, when its key and its time (seconds, begin, end) stand beside it.
$(OUT)/runs/%.tsv: $(OUT)/runs/%.key
	@echo 'emergence $(run_words)'
	@start=$$(date +%s.%N) && \
	 $(PROGRAM) $(run_words) $(if $(call is_simulation,$*),--threads $(THREADS) $(call archive_of,$*)) --output $@.run && \
	 echo "$$start $$(date +%s.%N)" | awk '{printf "%.3f %.3f %.3f\n", $$2 - $$1, $$1, $$2}' > $@.seconds && \
	 cp $< $@.ran && mv $@.run $@

$(OUT)/runs/%.summary.tsv: $(OUT)/runs/%.tsv $(PROGRAM)
	@$(PROGRAM) summary $< --output $@

why: $(PROGRAM) ## say which run is stale, because of what, and how long all will take
	@{ $(foreach r,$(RUNS),$(call why_run,$(r));)} | awk -f tex/why.awk

why-%: $(PROGRAM) FORCE
	@$(call why_run,$*) | awk -f tex/why.awk

why_run = sh tex/why.sh $(1) $(OUT)/runs/$(1).tsv \
    $(PROGRAM) $($(1).command) $($(1).$(SCALE)) $(if $(call is_simulation,$(1)),$(call archive_of,$(1)))

archive: $(foreach r,$(NETWORKS),$(if $($(r).archive),,archive-$(r))) ## move finished cells of paper scale into data/paper

archive-%: $(PROGRAM) FORCE | $(ARCHIVE)/
	@if [ -s $(OUT)/runs/$*.tsv.run.journal ]; then \
	    $(PROGRAM) $(run_words) --archive $(ARCHIVE)/$*.tsv --output $(OUT)/runs/$*.tsv.run --store; fi

# One run whose cells disagree, or are not there, does not keep the others from being verified.
ARCHIVED := $(strip $(foreach r,$(NETWORKS),$(if $(wildcard $(ARCHIVE)/$(r).tsv),$(r))))

verify: $(PROGRAM) ## recompute CELLS cells a run of data/paper and compare bits
	$(if $(ARCHIVED),,$(error $(ARCHIVE) has no simulation to verify))
	@$(MAKE) --keep-going --no-print-directory $(ARCHIVED:%=verify-%)

verify-%: $(PROGRAM) FORCE
	@$(PROGRAM) $(run_words) --quiet --archive $(ARCHIVE)/$*.tsv --verify $(CELLS)

# The books of desk scale show these beside their own.
verdicts: $(PROGRAM) ## write data/verdicts.tsv from the runs that data/paper has whole
	@whole=; $(foreach r,$(ARCHIVED),$(PROGRAM) $($(r).command) $($(r).paper) --dry-run \
	    --archive $(ARCHIVE)/$(r).tsv 2>&1 | grep -q '^cells.0$$' && whole="$$whole $(r)";) \
	 $(MAKE) --no-print-directory SCALE=paper WHOLE="$$whole" $(OUT)/whole.tsv
	@mv $(OUT)/whole.tsv data/verdicts.tsv

$(OUT)/whole.tsv: $(patsubst %,$(OUT)/runs/%.tsv,$(filter-out $(NETWORKS),$(RUNS)) $(sort $(STANDING) $(WHOLE)) \
    $(patsubst %,%.summary,$(filter $(SUMMARISED),$(filter-out $(NETWORKS),$(RUNS)) $(WHOLE))))

# One after the other, since each takes the time of steps.
estimate: $(PROGRAM) ## say how long the simulations of the scale still take
	@{ $(foreach r,$(SIMULATIONS),$(call estimate_run,$(r),$($(r).command) $($(r).$(SCALE))))} | \
	    awk -f tex/estimate.awk

# A run whose table is up to date takes no time.
define estimate_run
[ -f $(OUT)/runs/$(1).tsv ] && \
    $(if $(FRESH),! grep -q '^# archived: ' $(OUT)/runs/$(1).tsv && )\
    $(PROGRAM) $(2) --dry-run --quiet | cmp -s - $(OUT)/runs/$(1).tsv.ran || { \
    echo '# run: $(1)'; \
    $(PROGRAM) $(2) --dry-run $(call archive_of,$(1)) --output $(OUT)/runs/$(1).tsv.run || \
        echo '# failed'; };
endef

# ---- plot: a script says on a line "# reads: ..." which tables it needs

FIGURES := $(patsubst figures/%.gp,%,$(filter-out figures/style.gp,$(wildcard figures/*.gp)))
PLOTS := $(FIGURES:%=$(OUT)/figures/%.tex)
unique = $(if $(1),$(firstword $(1)) $(call unique,$(filter-out $(firstword $(1)),$(1))))
reads = $(shell sed -n 's/^\# reads: //p' figures/$(1).gp)$(if $(filter 0,$(.SHELLSTATUS)),,$(error sed fails))

figures: $(TABLES) $(PLOTS) ## draw every figure whose script or data changed

# A script finds the tables that it declares, in a folder of its own, and no others; what gnuplot
# complains of, a table that is not there or has no rows, is an error.  Of its two files the tex, which
# names the pdf, gets its place last.
define figure_rule
$(OUT)/figures/$(1).tex: figures/$(1).gp figures/style.gp $(OUT)/numbers.gp $(foreach t,$(call reads,$(1)),$(OUT)/runs/$(t).tsv) | $(OUT)/figures/ $(OUT)/growth.tsv
	@echo 'gnuplot $(1)'
	@rm -rf $(OUT)/draw/$(1) && mkdir -p $(OUT)/draw/$(1)/runs $(OUT)/draw/$(1)/figures
	@cd $(OUT)/draw/$(1) && ln -s ../../numbers.gp ../../growth.tsv ../../../../data/errors.tsv . && \
	    for table in $(call reads,$(1)); do ln -s ../../../runs/$$$$table.tsv runs/; done
	@cd $(OUT)/draw/$(1) && { GNUPLOT_LIB=../../../../figures gnuplot -e 'name="$(1)"' ../../../../figures/$(1).gp 2> log || \
	    echo 'gnuplot fails' >> log; }
	@[ ! -s $(OUT)/draw/$(1)/log ] || { sed -n 's,^.*\(figures/[a-z-]*\.gp\)" line \([0-9]*\):,\1:\2:,p' $(OUT)/draw/$(1)/log >&2; \
	    echo 'figures/$(1).gp: every table must stand on its line "# reads:" and have rows' >&2; false; }
	@mv $(OUT)/draw/$(1)/figures/$(1).pdf $(OUT)/figures/ && mv $(OUT)/draw/$(1)/figures/$(1).tex $(OUT)/figures/
endef
$(foreach f,$(FIGURES),$(eval $(call figure_rule,$(f))))

# Every relinked program writes the numbers again, but only new numbers redraw anything.
$(OUT)/numbers.tex $(OUT)/numbers.gp: $(OUT)/numbers.%: $(OUT)/written.%
	@sed '/^[#%] \(module\|commit\|compiler\)/d' $< > $@.new; $(keep_if_same)

# What the authors' own scripts gave is a table beside those of the runs.
$(OUT)/runs/authors-time.tsv: tests/reference/authors-time.tsv | $(OUT)/runs/
	@cp $< $@

$(OUT)/written.%: $(TABLES) $(SUMMARIES) $(OUT)/runs/authors-time.tsv $(PROGRAM)
	@$(PROGRAM) numbers --runs $(OUT)/runs $(if $(filter gp,$*),--gnuplot) --output $@

$(OUT)/verdicts.tsv: $(TABLES) $(SUMMARIES)
$(OUT)/verdicts.tsv $(OUT)/whole.tsv: $(OUT)/runs/authors-time.tsv $(PROGRAM)
	@$(PROGRAM) verdicts --runs $(OUT)/runs --output $@

# At desk scale the books show beside its verdicts those of the archive, where they differ.
ARCHIVED_VERDICTS := $(if $(filter desk,$(SCALE)),$(wildcard data/verdicts.tsv) $(OUT)/verdicts.tsv)
$(OUT)/archive.tex: $(ARCHIVED_VERDICTS) tex/archive.awk | $(OUT)/
	@$(if $(ARCHIVED_VERDICTS),$(TABLES_TO_TEX) -f tex/archive.awk $(ARCHIVED_VERDICTS),true) > $@.new; $(keep_if_same)

# The README shows one figure as a picture, and the verdicts of a few claims.
.PHONY: readme
readme: $(OUT)/figures/emergence.tex $(OUT)/verdicts.tsv ## write the README's picture and results from the runs of the scale
	$(if $(filter smoke,$(SCALE)),$(error the README shows a desk or paper run, not a smoke run))
	@cd $(OUT) && pdflatex -interaction=batchmode -jobname=picture \
	    '\def\figuretoshow{emergence}\input{figure}' > typeset.log && \
	 pdftoppm -r 160 -png -singlefile picture.pdf picture && mv picture.png ../../figures/emergence.png
	@awk -v scale=$(SCALE) -f tex/readme.awk $(OUT)/verdicts.tsv data/verdicts.tsv README.md > README.md.new; mv README.md.new README.md

space := $() $()
comma := ,
comma_list = $(subst $(space),$(comma)$(space),$(strip $(1)))

# ---- weave: each chapter by itself, one index for all, then latexmk

WOVEN := $(foreach b,paper program,$(patsubst %,$(OUT)/$(b)/%.tex,$(call chapters_of,$(b))) $(OUT)/$(b)-book.tex)
ifndef SOURCE_DATE_EPOCH
export SOURCE_DATE_EPOCH := $(shell git log -1 --format=%ct 2>/dev/null || echo 0)
endif

# The identifiers of all chapters, without the standard types and a few words that are also prose.
$(OUT)/all.defs: FORCE | $(OUT)/
	@for chapter in $(CHAPTERS); do nodefs -autodefs c $$chapter; done | sort -u | \
	    grep -vxE '(u?int(8|16|32|64)?_t|bool|size_t|[A-Za-z]{1,2}|part|parts|count|now|low|mask|mark|four|real|set|total|difference|value|group|data|table|cell|run|row)' \
	    > $@.new; $(keep_if_same)

$(OUT)/evaluations: FORCE | $(OUT)/
	@awk -f tex/evaluates.awk $(CHAPTERS) > $@.new; $(keep_if_same)

index_paper :=
index_program = -indexfrom $(OUT)/all.defs -autodefs c
define book_rule
$(OUT)/$(1)/%.tex: src/%.nw tex/book.awk tex/weave.awk $(OUT)/all.defs $(OUT)/evaluations | $(OUT)/$(1)/
	@awk -v book=$(1) -v evaluations=$(OUT)/evaluations -f tex/book.awk $$< > $(OUT)/$(1)/$$*.nw
	@noweave -n -delay $$(index_$(1)) $(OUT)/$(1)/$$*.nw | \
	    awk -f tex/weave.awk > $$@.new
	@mv $$@.new $$@
endef
$(foreach b,paper program,$(eval $(call book_rule,$(b))))

$(OUT)/%-book.tex: paper.nw tex/book.awk | $(OUT)/
	@{ echo '\def\book{$*}'; awk -v book=$* -f tex/book.awk $< | noweave -n -delay -; } > $@.new
	@mv $@.new $@

TABLES_TO_TEX := awk -f tex/table.awk

$(OUT)/sources.tex: $(PLOTS) $(TABLES) src/runs.mk tex/table.awk tex/runs.awk Makefile
	@{ $(foreach f,$(FIGURES),printf '%s\n' '\setfiguresource{$(f)}{$(call comma_list,$(foreach t,$(call unique,$(patsubst %.summary,%,$(call reads,$(f)))),\runlink{$(t)}))}';) \
	   { printf 'run\tcommand\tseconds\n'; $(foreach r,$(RUNS),read -r seconds _ < $(OUT)/runs/$(r).tsv.seconds; \
	       printf '%s\t%s\t%s\n' '$(r)' '$($(r).command) $($(r).$(SCALE))' "$$seconds";) } | \
	       $(TABLES_TO_TEX) -f tex/runs.awk; } > $@.new
	@mv $@.new $@

$(OUT)/provenance.tex: FORCE $(TABLES)
	@bash tex/provenance.sh paper '$(SCALE)' '$(CC)' $(TABLES) > $@.new; $(keep_if_same)

$(OUT)/mutants.tex: tests/mutants.tsv tex/table.awk tex/mutants.awk | $(OUT)/
	@$(TABLES_TO_TEX) -f tex/mutants.awk $< > $@.new
	@mv $@.new $@

$(OUT)/paper.pdf: $(TABLES) $(OUT)/mutants.tex
$(OUT)/paper.pdf: $(WOVEN) $(PLOTS) $(OUT)/numbers.tex $(OUT)/sources.tex $(OUT)/bench.tex $(OUT)/certified.tex $(OUT)/transformer-tables.tex $(OUT)/archive.tex $(OUT)/provenance.tex $(wildcard tex/*.bib) tex/preamble.tex
	@awk -f tex/promises.awk $(filter %.tex,$(filter-out $(OUT)/%-book.tex $(OUT)/paper/% $(OUT)/program/%,$^)) paper.nw $(CHAPTERS)
	@echo 'latexmk paper program'
	@cd $(OUT) && { bash ../../tex/typeset.sh > typeset.log 2>&1 || { tail -n 40 typeset.log; exit 1; }; }
	@for book in paper program; do bash tex/complaints.sh $$book $(OUT)/proof-$$book.log; done
	@for book in program paper; do cp $(OUT)/proof-$$book.pdf $(OUT)/$$book.pdf.new && mv $(OUT)/$$book.pdf.new $(OUT)/$$book.pdf; done

paper: $(OUT)/paper.pdf ## reproduce every figure and typeset paper.pdf and program.pdf
	@for book in paper program; do cp $(OUT)/$$book.pdf $$book.pdf.new && mv $$book.pdf.new $$book.pdf; done
	@echo 'paper.pdf and program.pdf are done (scale $(SCALE)).'

# ---- hand on

VERSION := $(shell sed -n 's/^version: *//p' CITATION.cff)
RELEASE := emergence-$(VERSION)
# Equal contents make equal archives.
pack = tar --create --gzip --sort=name --mtime=@$(SOURCE_DATE_EPOCH) --owner=0 --group=0 --numeric-owner
.PHONY: release arxiv

release: paper ## pack sources, archive and both books into build/emergence-VERSION.tar.gz
	@git ls-files -z | $(pack) --null --files-from=- --transform='s,^,$(RELEASE)/,' --file=$(BUILD)/$(RELEASE).tar.gz.new \
	    --add-file=paper.pdf --add-file=program.pdf
	@mv $(BUILD)/$(RELEASE).tar.gz.new $(BUILD)/$(RELEASE).tar.gz
	@echo '$(BUILD)/$(RELEASE).tar.gz is done.'

# One TeX file with everything that the paper inputs, its bibliography, its figures and noweb's style.
arxiv: $(OUT)/paper.pdf ## pack the paper's TeX, bibliography and figures into build/<scale>/arxiv.tar.gz
	@rm -rf $(OUT)/arxiv && mkdir -p $(OUT)/arxiv/figures
	@cd $(OUT) && awk -v path=.:../../tex -f ../../tex/flatten.awk paper-book.tex > arxiv/paper.tex
	@cd $(OUT) && cp proof-paper.bbl arxiv/paper.bbl && cp figures/*.tex figures/*.pdf arxiv/figures/ && \
	    cp "$$(kpsewhich noweb.sty)" arxiv/
	@$(pack) --directory=$(OUT)/arxiv --file=$(OUT)/arxiv.tar.gz paper.tex paper.bbl noweb.sty figures
	@echo '$(OUT)/arxiv.tar.gz is done.'

# ---- certify: constants and errors enclosed by ball arithmetic; nothing else needs Arb

CERTIFY := $(BUILD)/bin/certify

.PHONY: certify
certify: $(CERTIFY) ## write the certified tables anew (needs Arb)
	@$< constants > $(BUILD)/constants.new && mv $(BUILD)/constants.new tests/reference/certified.tsv
	@$< errors > $(BUILD)/errors.new && mv $(BUILD)/errors.new data/errors.tsv

# The compiler takes a pointer to a midpoint for one to the whole ball, and warns.
$(CERTIFY): tests/certify.c $(FLAGS) | $(BUILD)/bin/
	$(call needs,arb.h,libflint-arb-dev)
	$(CC) $(CPPFLAGS) $(CFLAGS) -Wno-stringop-overread -o $@ $< $(LDFLAGS) -lflint-arb -lflint -lm

$(OUT)/certified.tex: tex/table.awk tex/certified.awk tests/reference/certified.tsv data/errors.tsv | $(OUT)/
	@$(TABLES_TO_TEX) -f $(wordlist 2,9,$^) > $@.new; $(keep_if_same)

$(OUT)/figures/bounds.tex: data/errors.tsv

# ---- check

check: program $(BUILD)/bin/bench $(BUILD)/bin/growth $(BUILD)/bin/bench-transformer $(CERTIFY) ## run all tests; closes with "N passed, N failed"
	$(call needs,cmocka.h,libcmocka-dev)
	@MAKE='$(MAKE)' sh tests/run.sh

UNITS := $(patsubst tests/%.c,%,$(wildcard tests/test_*.c))
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=undefined -g
.PHONY: unit-tests sanitized-tests

unit-tests: $(UNITS:%=$(BUILD)/tests/%)
sanitized-tests: $(UNITS:%=$(BUILD)/sanitized/%)

define tested
$(BUILD)/$(1)/%: tests/%.c $(OBJECTS:$(BUILD)/obj/%=$(BUILD)/$(2)/%) $(wildcard tests/*.h) | $(BUILD)/$(1)/
	$$(CC) $$(CPPFLAGS) $$(CFLAGS) $(3) -o $$@ $$(filter-out %.h,$$^) -lcmocka $$(LDLIBS)
endef
$(eval $(call tested,tests,obj))
$(eval $(call tested,sanitized,sanitized,$(SANITIZE)))
$(eval $(call compiled,sanitized/,$(COMPILED),$$$$(call source_of,$$$$*),$(SANITIZE) $$(variant_flags)))

# For the call graph every function has a section of its own, and nothing is inlined.
.PHONY: graph
graph: $(MODULES:%=$(BUILD)/graph/%.o)
$(eval $(call compiled,graph/,$(MODULES),src/%.c,-O0 -ffunction-sections -fdata-sections -fno-jump-tables -DVARIANT=plain -DREAL=float))

# Mutants are compiled in a folder of their own; optimising less compiles faster, to the same bits.
.PHONY: mutants
mutants: program ## change the theory's formulas in 200 places: do the tests notice? (15 minutes)
	$(call need,python3,python3)$(call needs,cmocka.h,libcmocka-dev)
	@python3 tests/mutants.py --cc '$(CC) $(CPPFLAGS) $(CFLAGS) -O1' --libraries '$(LDLIBS)' \
	    --objects '$(OBJECTS)'

# Findings are errors; .clang-tidy says which checks count.
LINTED := $(MODULES:%=src/%.c) $(wildcard bench/*.c)
lint: ## run cppcheck and clang-tidy on the C sources
	$(call need,cppcheck,cppcheck)$(call need,clang-tidy,clang-tidy)
	@cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr \
	    --error-exitcode=1 -Isrc --suppress=missingIncludeSystem $(LINTED)
	@clang-tidy --quiet $(LINTED) -- $(CPPFLAGS) -DVARIANT=plain -std=c17 2> /dev/null

# ---- bench: the paper shows the archived table unless there is one of this machine

BENCH := $(firstword $(wildcard $(BUILD)/bench/bench.tsv) data/bench.tsv)
GROWTH := $(firstword $(wildcard $(BUILD)/bench/growth.tsv) data/growth.tsv)

bench: $(BUILD)/bin/bench $(BUILD)/bin/growth $(BUILD)/bin/bench-transformer | $(BUILD)/bench/ ## time steps against CBLAS and PyTorch (4 minutes)
	@$< --output $(BUILD)/bench/bench.tsv
	@$(BUILD)/bin/growth --output $(BUILD)/bench/growth.tsv
	@$(BUILD)/bin/bench-transformer --output $(BUILD)/bench/transformer.tsv

$(BUILD)/bin/bench $(BUILD)/bin/growth: $(BUILD)/bin/%: $(BUILD)/obj/bench_%.o $(BUILD)/obj/bench_common.o $(OBJECTS) | $(BUILD)/bin/
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# Its matrix products pass a clock.
$(BUILD)/bin/bench-transformer: $(BUILD)/obj/bench_transformer.o $(BUILD)/obj/bench_common.o $(OBJECTS) | $(BUILD)/bin/
	$(CC) $(CFLAGS) $(LDFLAGS) -Wl,--wrap=cblas_sgemm -o $@ $^ $(LDLIBS)

$(eval $(call compiled,obj/bench_,bench growth transformer common,bench/%.c))

BENCH_TRANSFORMER := $(firstword $(wildcard $(BUILD)/bench/transformer.tsv) data/transformer-bench.tsv)

$(OUT)/transformer-tables.tex: FORCE | $(OUT)/
	@$(TABLES_TO_TEX) -v source='$(BENCH_TRANSFORMER)' -f tex/transformer.awk \
	    $(BENCH_TRANSFORMER) > $@.new; $(keep_if_same)

$(OUT)/bench.tex: FORCE | $(OUT)/
	@$(TABLES_TO_TEX) -v source='$(BENCH)' -f tex/bench.awk $(BENCH) $(GROWTH) > $@.new; $(keep_if_same)

$(OUT)/figures/growth.tex: $(OUT)/growth.tsv
$(OUT)/growth.tsv: FORCE | $(OUT)/
	@cp $(GROWTH) $@.new; $(keep_if_same)

clean: ## remove everything made
	rm -rf $(BUILD) paper.pdf program.pdf

%/:
	@mkdir -p $@

FORCE:
