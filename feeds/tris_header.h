/* The header of a TRIS page: label and value pairs in whichever of the known layouts the page is built. */
#ifndef REGWATCH_FEEDS_TRIS_HEADER_H
#define REGWATCH_FEEDS_TRIS_HEADER_H

#include "../lib/base/date.h"
#include "../lib/base/strv.h"
#include "../lib/base/xml.h"

struct tris_header {
	char *number;			/* canonical "2024/0321/FI"; NULL: the page is of no known layout */
	char *country;			/* in brackets behind the number, or NULL */
	char *title;			/* the page's heading, one line, or NULL */
	struct date received;
	struct date standstill;		/* as first shown; DATE_NONE without one */
	struct date extended;		/* in brackets behind it */
	bool standstill_unclear;	/* none was read although some date stands under an unknown label, or words where a date was due */
	char *withdrawal;		/* what the page says of a withdrawal, or NULL */
	struct strv comments_by, opinions_by;
};

#define AUTO_TRIS_HEADER __attribute__((cleanup(tris_header_clear))) struct tris_header

/* Tries, in this order: ECL rows (a div of class ecl-col-3 and the div behind it), dl/dt/dd, table rows, and lines "Label: value" of 'above',
 * the page's text above the message (form of utf8_clean, lines kept). The first one that knows the number is the page's layout. Labels that are not
 * known become warnings. */
void tris_header_read(xmlDocPtr doc, const char *above, struct tris_header *out, struct strv *warnings);
void tris_header_clear(struct tris_header *h);

#endif
