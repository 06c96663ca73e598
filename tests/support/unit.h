/* SPDX-License-Identifier: EUPL-1.2 */
/* What unit tests share: cmocka with the headers it needs, children that die, folders that go. */
#ifndef TESTS_SUPPORT_UNIT_H
#define TESTS_SUPPORT_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Runs `body` in a child; true when it aborts. `out` gets what it wrote to standard error. */
bool unit_aborts(void (*body)(void), char *out, size_t size);

/* Runs `body` with standard error going to `out`; what does not fit is lost. */
void unit_capture(void (*body)(void), char *out, size_t size);

/* A new empty folder; its path is kept in a static buffer until the next one is made. */
const char *unit_folder_make(void);

/* "<folder>/<name>", in one of a few static buffers that take turns. */
const char *unit_path(const char *folder, const char *name);

/* Writes a small file as it is, without the care of base/file.h. */
void unit_write(const char *path, const char *text);

/* Removes a folder with all that is in it. */
void unit_folder_remove(const char *path);

#endif
