/* SPDX-License-Identifier: EUPL-1.2 */
/* libyaml says what its scanner missed; people need to know what to write instead. */
#ifndef YAML_ADVICE_H
#define YAML_ADVICE_H

/* What to do about one of libyaml's problems, or NULL where the problem says enough. */
const char *yaml_advice(const char *problem);

#endif
