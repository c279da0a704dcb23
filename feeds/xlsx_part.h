/* One XML part of a workbook, streamed out of the archive; inside xlsx*.c only. */
#ifndef REGWATCH_FEEDS_XLSX_PART_H
#define REGWATCH_FEEDS_XLSX_PART_H

#include "../lib/base/error.h"
#include "../lib/base/xml_stream.h"
#include "xlsx.h"
#include "xlsx_strings.h"

struct buf;
struct zip;

struct xlsx_part {
	struct zip *zip;
	xmlTextReaderPtr reader;
	struct error read_error;	/* of zip_read, which the parser cannot carry */
};

#define AUTO_XLSX_PART __attribute__((cleanup(xlsx_part_close))) struct xlsx_part

/* 1, 0 when the archive has no such member; an error names the member. p is all zero before. */
int xlsx_part_open(const char *path, const char *name, struct xlsx_part *p, struct error *err);
void xlsx_part_close(struct xlsx_part *p);

/* The next node: 1, 0 at the end. */
int xlsx_part_next(struct xlsx_part *p, struct error *err);

/* The element that opens at this node / that ends here, also at once (<c/>); "" at any other node. */
const char *xlsx_opened(const struct xlsx_part *p);
const char *xlsx_closed(const struct xlsx_part *p);

/* A copy of an attribute by its name without prefix; NULL without. The caller's. */
char *xlsx_attribute(const struct xlsx_part *p, const char *name);

/* Appends the node when it is text; ERR_DATA when out grows over LIMIT_CELL. */
int xlsx_add_text(const struct xlsx_part *p, struct buf *out, struct error *err);

struct xlsx_workbook {
	const char *path;
	char *sheet;			/* name of the member with the first sheet */
	char *strings_name;
	bool from_1904;
	struct xlsx_strings *strings;
};

/* xlsx_sheet.c: the rows of the sheet. */
int xlsx_sheet_read(struct xlsx_workbook *w, xlsx_row_fn *fn, void *ctx, struct error *err);

#endif
