# SPDX-License-Identifier: EUPL-1.2
# steund and steun. `make help` lists what can be made.

.DEFAULT_GOAL := all
SHELL := /bin/bash
MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:

# Where and how -----------------------------------------------------------------------------------

VARIANT ?= release
BUILD   ?= .build
OUT     := $(BUILD)/$(VARIANT)
JOBS    ?= $(shell nproc)
PYTHON  := /usr/bin/python3
VERSION := 1.0.0

PREFIX     ?= /usr
SYSCONFDIR ?= /etc
UNITDIR    ?= $(PREFIX)/lib/systemd
DATADIR    := $(PREFIX)/share/steun
MANDIR     := $(PREFIX)/share/man

# Debian packages: what building, testing and the demo need, in this one place.
PACKAGES := gcc make pkg-config libc6-dev clang clang-format llvm libclang-rt-14-dev \
	libzmq3-dev libpq-dev libyaml-dev libsodium-dev libpcre2-dev libsystemd-dev libcmocka-dev \
	postgresql-15 postgresql-client-15 python3 python3-zmq python3-jsonschema python3-yaml \
	mandoc systemd util-linux procps tzdata ca-certificates \
	gcovr libfaketime openssl git

# Floors, lowest first; each links the ones before it.
FLOORS        := base cel yaml programme report rule tell wire store serve
CLIENT_FLOORS := base yaml programme report wire

WARNINGS := -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wundef \
	-Wpointer-arith -Wcast-qual -Wwrite-strings -Wformat=2 -Wswitch-enum -Wnull-dereference
HARDENING := -fstack-protector-strong -fPIE
CFLAGS_release := -O2 -g -D_FORTIFY_SOURCE=2
CFLAGS_debug   := -O0 -g3
CFLAGS_asan    := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
CFLAGS_cov     := -O0 -g --coverage -DCOVERAGE
CFLAGS_fuzz    := -O1 -g -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all
CC_release := gcc
CC_debug   := gcc
CC_asan    := clang
CC_cov     := gcc
CC_fuzz    := clang
CC := $(CC_$(VARIANT))
QUIET := $(if $(V),,@)# V=1 shows the commands whole.

LIBRARIES := libzmq libpq yaml-0.1 libsodium libpcre2-8 libsystemd
PKG_CFLAGS = $(eval PKG_CFLAGS := $(shell pkg-config --cflags $(LIBRARIES)))$(PKG_CFLAGS)
CFLAGS_ALL = -std=gnu11 $(WARNINGS) $(HARDENING) $(CFLAGS_$(VARIANT)) -Idaemon -Iclient -I. $(PKG_CFLAGS) \
	-DSTEUN_VERSION='"$(VERSION)"' -DSTEUN_DATADIR='"$(DATADIR)"' -MMD -MP $(CFLAGS)
LDFLAGS_ALL = $(CFLAGS_$(VARIANT)) -pie -Wl,-z,relro,-z,now -Wl,--as-needed $(LDFLAGS)
LDLIBS_client := -lzmq -lyaml -lsodium -lsystemd
LDLIBS_daemon := $(LDLIBS_client) -lpcre2-8 -lpq

# What is built -----------------------------------------------------------------------------------

sources  = $(wildcard daemon/$(1)/*.c)
objects  = $(patsubst %.c,$(OUT)/%.o,$(1))
archives = $(patsubst %,$(OUT)/lib%.a,$(1))
reverse  = $(if $(1),$(call reverse,$(wordlist 2,$(words $(1)),$(1))) $(firstword $(1)))

DEPENDENCIES := tests/support/dependencies

.PHONY: all deps
deps: ## install the Debian packages that are missing
	@$(DEPENDENCIES) $(PACKAGES)

all: $(OUT)/steund $(OUT)/steun ## build steund and steun (VARIANT=debug|release|asan|cov|fuzz)

$(OUT)/%.o: %.c
	@mkdir -p $(@D)
	@echo '  CC    $<'
	$(QUIET)$(CC) $(CFLAGS_ALL) -c -o $@ $<

define floor_rule
$(OUT)/lib$(1).a: $(call objects,$(call sources,$(1)))
	@rm -f $$@
	@mkdir -p $$(@D)
	$(QUIET)ar rcs $$@ $$^
endef
$(foreach floor,$(FLOORS),$(eval $(call floor_rule,$(floor))))

$(OUT)/steund: $(OUT)/daemon/main.o $(call archives,$(call reverse,$(FLOORS)))
	@echo '  LINK  $@'
	$(QUIET)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LDLIBS_daemon)

CLIENT_SOURCES := $(wildcard client/*.c)
$(OUT)/steun: $(call objects,$(CLIENT_SOURCES)) $(call archives,$(call reverse,$(CLIENT_FLOORS)))
	@echo '  LINK  $@'
	$(QUIET)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LDLIBS_client)

# Unit tests --------------------------------------------------------------------------------------
# tests/unit/<floor>/test_<file>.c links its own floor and those below. "client" links client/*.c
# but main. A line "wrap: f g" in a comment of the test wraps those functions at link time.

# What several tests share, an archive before the floors: a test draws only on what it names.
$(OUT)/libsupport.a: $(call objects,$(filter-out tests/support/tool_%,$(wildcard tests/support/*.c)))
	@rm -f $@
	@mkdir -p $(@D)
	$(QUIET)ar rcs $@ $^

# The language is tested with the names that rules have, so its tests may draw on those as well.
floors_to = $(if $(filter client,$(1)),$(CLIENT_FLOORS),$(call upto,$(patsubst cel,rule,$(1)),$(FLOORS)))
upto      = $(firstword $(2)) $(if $(filter $(1),$(firstword $(2))),,$(call upto,$(1),$(wordlist 2,$(words $(2)),$(2))))
UNIT_SOURCES := $(wildcard tests/unit/*/test_*.c)
UNIT_TESTS    = $(patsubst %.c,$(OUT)/%,$(if $(FLOOR),$(filter tests/unit/$(FLOOR)/%,$(UNIT_SOURCES)),$(UNIT_SOURCES)))
wraps         = $(patsubst %,-Wl$(comma)--wrap=%,$(shell sed -n 's/.*wrap: *//p' $(1) | tr -d '*/'))
comma := ,

define unit_rule
$(OUT)/tests/unit/$(1)/%: $(OUT)/tests/unit/$(1)/%.o $(if $(filter client,$(1)),$(call objects,$(filter-out client/main.c,$(CLIENT_SOURCES)))) $(OUT)/libsupport.a $(call archives,$(call reverse,$(call floors_to,$(1))))
	@echo '  LINK  $$@'
	$(QUIET)$$(CC) $$(LDFLAGS_ALL) $$(call wraps,$$(patsubst $(OUT)/%.o,%.c,$$<)) -o $$@ $$^ -lcmocka $(LDLIBS_daemon)
endef
$(foreach floor,$(FLOORS) client,$(eval $(call unit_rule,$(floor))))

.PHONY: unit
.SECONDARY:
unit: $(UNIT_TESTS) ## run the unit tests (FLOOR=base for one floor)
	@BUILD=$(BUILD) VARIANT=$(VARIANT) tests/support/run_units $(UNIT_TESTS)

# Checks ------------------------------------------------------------------------------------------

.PHONY: check e2e lint coverage conformance
check: deps ## everything that must pass: lint, unit tests, sanitizers, end to end
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@$(MAKE) --no-print-directory -j$(JOBS) VARIANT=asan all
	@tests/support/check

conformance: $(OUT)/tools/conformance ## hold the rule language against CEL's public tests (../shared/cel)
	@$<

e2e: all tools ## run the end-to-end tests (VARIANT=asan for the sanitized programs; T=name for one)
	@BUILD=$(abspath $(BUILD)) VARIANT=$(VARIANT) tests/e2e/run $(T)

lint: ## floors, rooms, sizes, banned words, formats, man pages
	@tests/support/lint

coverage: deps ## line coverage of all tests; fails below 90 %
	@$(MAKE) --no-print-directory -j$(JOBS) VARIANT=cov all
	@$(MAKE) --no-print-directory VARIANT=cov unit e2e
	@cd $(BUILD)/cov && gcovr --root $(CURDIR) --object-directory . --filter '$(CURDIR)/daemon/' \
		--filter '$(CURDIR)/client/' --exclude-unreachable-branches --fail-under-line 90 .

# Tools that tests run as programs: tests/support/tool_NAME.c -> .build/VARIANT/tools/NAME
TOOL_SOURCES := $(wildcard tests/support/tool_*.c tests/bench/bench_*.c)
TOOLS         = $(foreach source,$(TOOL_SOURCES),$(OUT)/tools/$(patsubst tool_%,%,$(notdir $(source:.c=))))

.PHONY: tools
tools: $(TOOLS)
define tool_rule
$(OUT)/tools/$(patsubst tool_%,%,$(notdir $(1:.c=))): $(OUT)/$(1:.c=.o) $(OUT)/libsupport.a $(call archives,$(call reverse,$(FLOORS)))
	@mkdir -p $$(@D)
	@echo '  LINK  $$@'
	$(QUIET)$$(CC) $$(LDFLAGS_ALL) -o $$@ $$^ $(LDLIBS_daemon)
endef
$(foreach source,$(TOOL_SOURCES),$(eval $(call tool_rule,$(source))))

.PHONY: decimals
decimals: $(OUT)/tools/decimal ## a million decimal operations, held against Python's decimal
	@tests/support/decimals $<

# Fuzzing and measuring ---------------------------------------------------------------------------

FUZZ_SECONDS ?= 60
FUZZ_TARGETS := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))

.PHONY: fuzz fuzz-programs bench bench-rules
$(BUILD)/fuzz/fuzz_%: $(BUILD)/fuzz/tests/fuzz/fuzz_%.o $(call objects,$(filter-out client/main.c,$(CLIENT_SOURCES))) $(OUT)/libsupport.a $(call archives,$(call reverse,$(FLOORS)))
	@echo '  LINK  $@'
	$(QUIET)$(CC) $(LDFLAGS_ALL) -fsanitize=fuzzer -o $@ $^ $(LDLIBS_daemon)

fuzz-programs: $(patsubst %,$(BUILD)/fuzz/fuzz_%,$(if $(T),$(T),$(FUZZ_TARGETS)))

fuzz: deps ## fuzz every target for FUZZ_SECONDS (60) under ASan and UBSan; T=json for one
	@$(MAKE) --no-print-directory -j$(JOBS) VARIANT=fuzz fuzz-programs
	@tests/support/run_fuzzers $(BUILD)/fuzz $(FUZZ_SECONDS) $(if $(T),$(T),$(FUZZ_TARGETS))

bench-rules: deps ## CPU of loading the rules, and of judging a report by them
	@$(MAKE) --no-print-directory -j$(JOBS) VARIANT=release tools
	@$(BUILD)/release/tools/bench_rules config tests/bench/forty.yaml

bench: bench-rules ## the same, and durable receipts a second, against a bare libpq loop
	@$(MAKE) --no-print-directory -j$(JOBS) VARIANT=release all
	@BUILD=$(abspath $(BUILD)) tests/bench/run

# The demo ----------------------------------------------------------------------------------------

.PHONY: demo demo-up demo-down demo-psql demo-programs
demo-programs: deps
	@$(MAKE) --no-print-directory -j$(JOBS) VARIANT=release all
demo: demo-programs ## 352 municipalities report a year, on a private cluster under .build/demo
	@BUILD=$(abspath $(BUILD)) tests/demo/demo run
demo-up: demo-programs ## leave the demo's cluster and daemon running; writes .build/demo/env
	@BUILD=$(abspath $(BUILD)) tests/demo/demo up
demo-down: ## end what demo-up left running
	@BUILD=$(abspath $(BUILD)) tests/demo/demo down
demo-psql: ## open the demo's database
	@BUILD=$(abspath $(BUILD)) tests/demo/demo psql

# Installing --------------------------------------------------------------------------------------

ETC   := $(DESTDIR)$(SYSCONFDIR)
SHARE := $(DESTDIR)$(DATADIR)
CONFIG_FILES := $(shell cd config && find . -type f ! -name '*.[1578]' ! -path './samples/*' ! -name '*.schema.json' ! -name steun.yaml 2>/dev/null)

.PHONY: install uninstall
install: all ## install below DESTDIR, PREFIX=/usr, SYSCONFDIR=/etc; keeps configuration that is there
	install -D -m 755 $(OUT)/steund $(DESTDIR)$(PREFIX)/sbin/steund
	install -D -m 755 $(OUT)/steun $(DESTDIR)$(PREFIX)/bin/steun
	install -d $(SHARE)/sql/views $(SHARE)/samples $(DESTDIR)$(MANDIR)/man1 $(DESTDIR)$(MANDIR)/man5 $(DESTDIR)$(MANDIR)/man8
	install -m 644 sql/*.sql $(SHARE)/sql
	install -m 644 sql/views/*.sql $(SHARE)/sql/views
	install -m 644 config/*.schema.json $(SHARE)
	install -m 644 config/samples/* $(SHARE)/samples
	install -m 644 client/*.1 $(DESTDIR)$(MANDIR)/man1
	install -m 644 config/*.5 $(DESTDIR)$(MANDIR)/man5
	install -m 644 daemon/*.8 $(DESTDIR)$(MANDIR)/man8
	install -D -m 644 systemd/steund.service $(DESTDIR)$(UNITDIR)/system/steund.service
	@sed -i 's|/usr/sbin/steund|$(PREFIX)/sbin/steund|' $(DESTDIR)$(UNITDIR)/system/steund.service
	install -D -m 644 systemd/steund.sysusers $(DESTDIR)$(PREFIX)/lib/sysusers.d/steund.conf
	install -D -m 644 systemd/steund.tmpfiles $(DESTDIR)$(PREFIX)/lib/tmpfiles.d/steund.conf
	@for file in $(CONFIG_FILES); do \
		test -e $(ETC)/steund/$$file || install -D -m 644 config/$$file $(ETC)/steund/$$file; done
	@for file in steun.yaml $(patsubst config/%,%,$(wildcard config/programmes/*)); do \
		test -e $(ETC)/steun/$$file || install -D -m 644 config/$$file $(ETC)/steun/$$file; done
	@echo "Installed. A first set-up, and what an upgrade takes: steund(8), EXAMPLES."

uninstall: ## remove what install put in place; configuration, keys and data stay
	rm -f $(DESTDIR)$(PREFIX)/sbin/steund $(DESTDIR)$(PREFIX)/bin/steun
	rm -f $(DESTDIR)$(UNITDIR)/system/steund.service
	rm -f $(DESTDIR)$(PREFIX)/lib/sysusers.d/steund.conf $(DESTDIR)$(PREFIX)/lib/tmpfiles.d/steund.conf
	rm -f $(patsubst client/%,$(DESTDIR)$(MANDIR)/man1/%,$(wildcard client/*.1))
	rm -f $(patsubst config/%,$(DESTDIR)$(MANDIR)/man5/%,$(wildcard config/*.5))
	rm -f $(patsubst daemon/%,$(DESTDIR)$(MANDIR)/man8/%,$(wildcard daemon/*.8))
	rm -rf $(SHARE)
	@echo "Left in place: $(ETC)/steund, $(ETC)/steun and the database."

.PHONY: help clean
help: ## this list
	@sed -n 's/^\([a-z][a-z -]*\):.*## \(.*\)/\1\t\2/p' Makefile | sort | expand -t 18

clean: ## remove everything that was built
	rm -rf $(BUILD)

-include $(shell find $(OUT) -name '*.d' 2>/dev/null)
