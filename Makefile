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
	mandoc systemd util-linux procps tzdata ca-certificates

# Floors, lowest first; each links the ones before it.
FLOORS        := base yaml programme report rule wire store serve
CLIENT_FLOORS := base yaml programme report rule wire

WARNINGS := -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wundef \
	-Wpointer-arith -Wcast-qual -Wwrite-strings -Wformat=2 -Wswitch-enum -Wnull-dereference
HARDENING := -fstack-protector-strong -fPIE
CFLAGS_release := -O2 -g -D_FORTIFY_SOURCE=2
CFLAGS_debug   := -O0 -g3
CFLAGS_asan    := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
CFLAGS_tsan    := -O1 -g -fsanitize=thread
CFLAGS_cov     := -O0 -g --coverage -DCOVERAGE
CFLAGS_fuzz    := -O1 -g -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all
CC_release := gcc
CC_debug   := gcc
CC_asan    := clang
CC_tsan    := clang
CC_cov     := gcc
CC_fuzz    := clang
CC := $(CC_$(VARIANT))

LIBRARIES := libzmq libpq yaml-0.1 libsodium libpcre2-8 libsystemd
PKG_CFLAGS = $(shell pkg-config --cflags $(LIBRARIES))
CFLAGS_ALL = -std=gnu11 $(WARNINGS) $(HARDENING) $(CFLAGS_$(VARIANT)) -Idaemon -Iclient -I. $(PKG_CFLAGS) \
	-DSTEUN_VERSION='"$(VERSION)"' -MMD -MP $(CFLAGS)
LDFLAGS_ALL = $(CFLAGS_$(VARIANT)) -pie -Wl,-z,relro,-z,now -Wl,--as-needed $(LDFLAGS)
LDLIBS_client := -lzmq -lyaml -lsodium -lpcre2-8 -lsystemd
LDLIBS_daemon := $(LDLIBS_client) -lpq

# What is built -----------------------------------------------------------------------------------

sources  = $(wildcard daemon/$(1)/*.c)
objects  = $(patsubst %.c,$(OUT)/%.o,$(1))
archives = $(patsubst %,$(OUT)/lib%.a,$(1))
reverse  = $(if $(1),$(call reverse,$(wordlist 2,$(words $(1)),$(1))) $(firstword $(1)))

.PHONY: all deps help clean
all: $(OUT)/steund $(OUT)/steun ## build steund and steun (VARIANT=debug|release|asan|tsan|cov|fuzz)

$(OUT)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -c -o $@ $<

define floor_rule
$(OUT)/lib$(1).a: $(call objects,$(call sources,$(1)))
	@rm -f $$@
	@mkdir -p $$(@D)
	ar rcs $$@ $$^
endef
$(foreach floor,$(FLOORS),$(eval $(call floor_rule,$(floor))))

$(OUT)/steund: $(OUT)/daemon/main.o $(call archives,$(call reverse,$(FLOORS)))
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LDLIBS_daemon)

CLIENT_SOURCES := $(wildcard client/*.c)
$(OUT)/steun: $(call objects,$(CLIENT_SOURCES)) $(call archives,$(call reverse,$(CLIENT_FLOORS)))
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LDLIBS_client)

# Unit tests --------------------------------------------------------------------------------------
# tests/unit/<floor>/test_<file>.c links its own floor and those below. "client" links client/*.c
# but main. A line "wrap: f g" in a comment of the test wraps those functions at link time.

SUPPORT_OBJECTS = $(call objects,$(wildcard tests/support/*.c))
floors_to = $(if $(filter client,$(1)),$(CLIENT_FLOORS),$(call upto,$(1),$(FLOORS)))
upto      = $(firstword $(2)) $(if $(filter $(1),$(firstword $(2))),,$(call upto,$(1),$(wordlist 2,$(words $(2)),$(2))))
UNIT_SOURCES := $(wildcard tests/unit/*/test_*.c)
UNIT_TESTS    = $(patsubst %.c,$(OUT)/%,$(if $(FLOOR),$(filter tests/unit/$(FLOOR)/%,$(UNIT_SOURCES)),$(UNIT_SOURCES)))
wraps         = $(patsubst %,-Wl$(comma)--wrap=%,$(shell sed -n 's/.*wrap: *//p' $(1) | tr -d '*/'))
comma := ,

define unit_rule
$(OUT)/tests/unit/$(1)/%: $(OUT)/tests/unit/$(1)/%.o $(if $(filter client,$(1)),$(call objects,$(filter-out client/main.c,$(CLIENT_SOURCES)))) $(call archives,$(call reverse,$(call floors_to,$(1)))) $(SUPPORT_OBJECTS)
	$$(CC) $$(LDFLAGS_ALL) $$(call wraps,$$(patsubst $(OUT)/%.o,%.c,$$<)) -o $$@ $$^ -lcmocka $(LDLIBS_daemon)
endef
$(foreach floor,$(FLOORS) client,$(eval $(call unit_rule,$(floor))))

.PHONY: unit
.SECONDARY:
unit: $(UNIT_TESTS) ## run the unit tests (FLOOR=base for one floor)
	@BUILD=$(BUILD) VARIANT=$(VARIANT) tests/support/run_units $(UNIT_TESTS)

help: ## this list
	@sed -n 's/^\([a-z][a-z -]*\):.*## \(.*\)/\1\t\2/p' Makefile | sort | expand -t 18

clean: ## remove everything that was built
	rm -rf $(BUILD)

-include $(shell find $(OUT) -name '*.d' 2>/dev/null)
