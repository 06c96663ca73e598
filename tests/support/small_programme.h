/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The sections of a small programme file, klein.yaml: a test writes the section it is about by
 * hand, at the top where places are easy to count, and takes the others from here.
 */
#ifndef TESTS_SUPPORT_SMALL_PROGRAMME_H
#define TESTS_SUPPORT_SMALL_PROGRAMME_H

#define SMALL_NAME "klein.yaml"

#define SMALL_HEADER                                                                               \
	"programme: klein\n"                                                                       \
	"title: {nl: Klein, en: Small}\n"                                                          \
	"opens: 2021-01\n"                                                                         \
	"closes: 2021-12\n"                                                                        \
	"deadline_days: 30\n"

#define SMALL_DEPARTMENTS                                                                          \
	"departments:\n"                                                                           \
	"  - {id: VWS, title: {nl: Zorg}, contact: post@vws.example}\n"                            \
	"  - {id: OCW, title: {nl: Onderwijs}, contact: post@ocw.example}\n"

#define SMALL_ACTION_LINES                                                                         \
	"action_lines:\n"                                                                          \
	"  - {id: jeugd, title: {nl: Jeugd}, budget: 1000}\n"                                      \
	"  - {id: ouderen, title: {nl: Ouderen}}\n"

#define SMALL_ITEMS                                                                                \
	"items:\n"                                                                                 \
	"  - {id: jeugd.werk, title: {nl: Werk}, action_line: jeugd, departments: [VWS],\n"        \
	"     budget: 600.50, funding: gf, fundings: [gf, eigen]}\n"                               \
	"  - {id: overig, title: {nl: Overig}, departments: [VWS, OCW], fundings: [eigen]}\n"

#define SMALL_FUNDING_LINES                                                                        \
	"funding_lines: [{id: gf, title: {nl: Fonds}}, {id: eigen, title: {nl: Eigen}}]\n"

#define SMALL_VOCABULARIES                                                                         \
	"target_groups: [{id: jongeren, title: {nl: Jongeren, en: Young people}}]\n"               \
	"partners: [{id: ggd, title: {nl: GGD}}]\n"                                                \
	"domains: [{id: sport, title: {nl: Sport}}]\n"                                             \
	"approaches: [{id: nieuw, title: {nl: Nieuw}}]\n"

#define SMALL_PROGRAMME                                                                            \
	SMALL_HEADER SMALL_DEPARTMENTS SMALL_ACTION_LINES SMALL_ITEMS SMALL_FUNDING_LINES          \
		SMALL_VOCABULARIES

#endif
