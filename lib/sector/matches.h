/* Lists of matches and their reasons. Private to lib/sector. */
#ifndef REGWATCH_SECTOR_MATCHES_H
#define REGWATCH_SECTOR_MATCHES_H

#include "sector.h"

/* The match of a sector, added without reasons when there is none yet. Valid until the next is added. */
struct sector_match *matches_of(struct sector_matches *m, size_t sector);

/* Copies; lang and note may be NULL. */
void match_reason(struct sector_match *m, const char *field, const char *what, const char *lang, double points, const char *note);

/* Best score first, then by number of the sector. */
void matches_sort(struct sector_matches *m);

#endif
