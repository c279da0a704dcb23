/* 'sectors test': what a rule would have sent. Private to the commands on sectors. */
#ifndef REGWATCH_CMD_SECTORS_TEST_H
#define REGWATCH_CMD_SECTORS_TEST_H

#include "../lib/base/json.h"
#include "../lib/sector/sector.h"
#include "cmd.h"

/* Opens the store as it is labelled, replays, prints. Fails with ERR_USAGE for an unknown sector. */
int sectors_test(struct app *app, const struct options *o, const char *sector, struct error *err);

/* The reasons of a match as an array, empty for NULL; the caller's. */
json_t *sectors_reasons(const struct sector_match *m);

#endif
