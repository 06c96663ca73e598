/* SPDX-License-Identifier: EUPL-1.2 */
/* What systemd is told: ready only when reports can be stored, and one telling line of status. */
#ifndef SERVE_NOTIFY_H
#define SERVE_NOTIFY_H

#include "serve/service.h"

/* READY=1 with the status, once the settings are in force; says nothing before. */
void notify_ready(const struct service *service);

void notify_reloading(void);
void notify_stopping(void);
void notify_watchdog(void);

/* STATUS= as it is now. */
void notify_status(const struct service *service);

/* The line itself. */
void notify_write(const struct service *service, struct buf *out);

#endif
