/* Every bound on what outsiders can make us spend, in one place. Bytes unless the name says otherwise. */
#ifndef REGWATCH_BASE_LIMITS_H
#define REGWATCH_BASE_LIMITS_H

#define LIMIT_ANSWER (32 << 20)		/* one HTTP answer, unpacked; a page of 100 items measures about 600 KB */
#define LIMIT_HEADERS (64 << 10)	/* all headers of one answer */
#define LIMIT_HEADER_VALUE 4000		/* one header value that we keep: an ETag, a Location */
#define LIMIT_URL 4000
#define LIMIT_REDIRECTS 5
#define LIMIT_ANSWER_SECONDS 60		/* one exchange, from connect to last byte */
#define LIMIT_STALL_SECONDS 20		/* under 100 bytes a second for so long ends an exchange */
#define LIMIT_FILE (512 << 20)		/* a file given to import; the bulk workbook is 45 MB */
#define LIMIT_UNPACKED ((size_t)2 << 30)	/* all members of one archive */
#define LIMIT_MEMBERS 10000		/* of one archive */
#define LIMIT_JSON_DEPTH 32
#define LIMIT_JSON_MENDS 1000		/* broken characters of one item */
#define LIMIT_XML_DEPTH 200
#define LIMIT_XML_ATTRIBUTES 1000	/* of one element of a page */
#define LIMIT_ITEMS 1000		/* in one page of an API answer */
#define LIMIT_PAGES 2000		/* of one query */
#define LIMIT_ROWS 2000000		/* of one workbook */
#define LIMIT_CELL (1 << 20)		/* one cell of a workbook */
#define LIMIT_TEXT (1 << 20)		/* one text field of a record */
#define LIMIT_LINE 4000			/* one single-line field of a record: a title measured 1,846 characters */
#define LIMIT_LIST 2000			/* values of one list field */
#define LIMIT_SYMBOLS 40		/* symbols of one joint notification */
#define LIMIT_RECORD (8 << 20)		/* the text form of a record */
#define LIMIT_CONF (1 << 20)		/* the configuration file */
#define LIMIT_DOCUMENT (50 << 20)	/* an attached text as fetched */
#define LIMIT_DOCUMENT_TEXT (16 << 20)	/* what is made of it; a draft of 100 pages measures 200 KB */
#define LIMIT_DOCUMENT_UNPACKED ((size_t)200 << 20)	/* all parts of it that are read */
#define LIMIT_DOCUMENT_MEMBERS 100	/* texts in one ZIP */
#define LIMIT_DOCUMENT_CELLS 1000	/* of one row of a table */
#define LIMIT_DOCUMENT_STYLES 20000	/* and list definitions; Word itself ends at 4,079 styles and 2,047 lists */
#define LIMIT_PDF_PAGES 2000
#define LIMIT_PDF_LAYOUT (32 << 20)	/* what pdftotext makes of one, blanks and all */
#define LIMIT_PDF_LINES 1000000
#define LIMIT_RX_STEPS 1000000		/* match limit of one regular expression */

#endif
