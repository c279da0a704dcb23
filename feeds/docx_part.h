/* A DOCX as a package of parts, and a part as a stream of events; inside docx*.c only. */
#ifndef REGWATCH_FEEDS_DOCX_PART_H
#define REGWATCH_FEEDS_DOCX_PART_H

#include <stdbool.h>
#include <stddef.h>

#include "../lib/base/buf.h"
#include "../lib/base/error.h"
#include "../lib/base/xml_stream.h"

struct zip;

enum docx_role { DOCX_MAIN, DOCX_STYLES, DOCX_NUMBERING, DOCX_FOOTNOTES, DOCX_ENDNOTES, DOCX_ROLES };

struct docx_package {
	const char *bytes;
	size_t n;
	char *part[DOCX_ROLES];		/* names of members, NULL where the package has none */
	size_t unpacked;		/* of all parts read so far */
};

#define AUTO_DOCX_PACKAGE __attribute__((cleanup(docx_package_close))) struct docx_package
void docx_package_close(struct docx_package *package);

/* Finds the parts by the package's relationships, by their usual names where those do not tell. The bytes must outlive the package. Fails with ERR_DATA, also
 * when a member's name leads outside the package. */
int docx_package_open(const char *bytes, size_t n, struct docx_package *package, struct error *err);

enum docx_event { DOCX_OPEN, DOCX_CLOSE, DOCX_TEXT };
enum docx_space { DOCX_W, DOCX_M, DOCX_MC, DOCX_OTHER };	/* wordprocessingml, math, markup-compatibility; transitional or strict */

struct docx_part {
	struct docx_package *package;
	struct zip *zip;
	xmlTextReaderPtr reader;
	struct error read_error;	/* of the archive, which the parser cannot carry */
	const void *last_uri;
	enum docx_space last_space;
	bool close_next;		/* <a/> is opened and closed */
	struct buf value;
	/* the event: */
	enum docx_event event;
	enum docx_space space;
	const char *name;		/* without prefix; "" for text */
	int depth;
};

#define AUTO_DOCX_PART __attribute__((cleanup(docx_part_close))) struct docx_part
void docx_part_close(struct docx_part *p);

/* 1, or 0 when the package has no such part. p is all zero before. */
int docx_part_open(struct docx_package *package, const char *name, struct docx_part *p, struct error *err);

/* The next event: 1, 0 at the end. */
int docx_part_next(struct docx_part *p, struct error *err);

bool docx_opens(const struct docx_part *p, enum docx_space space, const char *name);
bool docx_closes(const struct docx_part *p, enum docx_space space, const char *name);

/* The part's root must be this element of wordprocessingml; ERR_DATA otherwise. */
int docx_part_root(struct docx_part *p, const char *name, struct error *err);

/* An attribute of the element that opens, by its name without prefix; NULL without. Valid until the next call. */
const char *docx_attribute(struct docx_part *p, const char *name);
/* A number, 'otherwise' when it is absent or no number between min and max. */
long docx_number(struct docx_part *p, const char *name, long min, long max, long otherwise);
/* Of <w:b/>, <w:b w:val="false"/>: is it on? */
bool docx_switch(struct docx_part *p);
/* The text of a DOCX_TEXT. */
const char *docx_value(const struct docx_part *p);

#endif
