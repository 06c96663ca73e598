/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * steund's commands, one file each. They get the arguments from their own name on, and return the
 * exit status: 0 good, 1 something is wrong (told on standard error), 2 misused.
 */
#ifndef SERVE_COMMANDS_H
#define SERVE_COMMANDS_H

int command_serve(int argc, char **argv);
int command_check(int argc, char **argv);
int command_migrate(int argc, char **argv);
int command_keygen(int argc, char **argv);
int command_audit(int argc, char **argv);

/* `steund rules VERB`, and its verbs, which go by "rules test" and so on. */
int command_rules(int argc, char **argv);
int command_rules_test(int argc, char **argv);
int command_rules_explain(int argc, char **argv);
int command_rules_catalogue(int argc, char **argv);
int command_rules_replay(int argc, char **argv);

#endif
