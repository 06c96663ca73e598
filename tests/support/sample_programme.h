/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The Steunpakket as a struct programme, built without any file: what a test needs when the
 * programme is not the thing it tests. Ids, titles and figures are those of the shipped
 * programmes/steunpakket-2021.yaml; it runs from 2021-01 to 2022-12 and is due 30 days after a
 * month. All memory is the arena's.
 */
#ifndef SUPPORT_SAMPLE_PROGRAMME_H
#define SUPPORT_SAMPLE_PROGRAMME_H

#include "programme/programme.h"

const struct programme *sample_programme(struct arena *arena);

#endif
