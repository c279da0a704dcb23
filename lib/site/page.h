/* The frame that all pages share, and how outside text, dates and links enter a page. Everything appends. */
#ifndef REGWATCH_SITE_PAGE_H
#define REGWATCH_SITE_PAGE_H

#include "site.h"

enum page_section { PAGE_START, PAGE_DEADLINES, PAGE_SECTORS, PAGE_MEMBERS, PAGE_YEARS, PAGE_SEARCH, PAGE_ABOUT, PAGE_NONE };

/* A file beside the page, announced in its head: <link rel="alternate">. */
struct page_beside {
	const char *type;		/* "application/atom+xml" */
	const char *path;		/* in the site */
	const char *title;		/* "Toys: what is new" */
	const char *word;		/* for the link in the page: "Atom feed" */
};

#define PAGE_BESIDE 4

struct page {
	const char *path;		/* of this page in the site: all links are relative to it */
	const char *title;		/* of the page alone; outside text; the h1 */
	const char *symbol;		/* before the title where the h1 is not seen: in the head; NULL: none */
	const char *lang;		/* of the title; NULL or "": ours */
	const char *lead;		/* a sentence below the h1 and the description for machines; NULL: none */
	enum page_section section;	/* whose link in the navigation is the current one */
	bool within;			/* it lies below that section's page */
	struct page_beside beside[PAGE_BESIDE];	/* up to the first without a path */
	const char *const *scripts;	/* paths in the site, NULL at the end; NULL: none. Loaded with defer. No page needs them to be read */
};

/* From <!DOCTYPE> to behind the h1, the lead and the links to what lies beside. The policy in the head allows this site's files and nothing else: no
 * style attribute, no inline script works. */
void page_begin(const struct site_meta *m, const struct page *p, struct buf *out);
void page_end(const struct site_meta *m, const struct page *p, struct buf *out);

/* Outside text as one line of element content or of an attribute: cleaned (no controls, no bidi controls), cut to 'columns' (0: not), escaped. */
void page_text(const char *s, size_t columns, struct buf *out);

/* <ELEMENT class="..." lang="es" dir="auto">text</ELEMENT>. class NULL: none; lang NULL or "": not known. English is the page's own language and gets no
 * lang. dir="auto" is the element's own direction: a title in Arabic stays in its place. */
void page_quote(const char *element, const char *class, const char *lang, const char *s, size_t columns, struct buf *out);

/* A text of several paragraphs: a <p> each. */
void page_paragraphs(const char *lang, const char *s, struct buf *out);

/* The relative address of a file of the site, as attribute value (without quotes); of one in the page's own folder its name alone, which paper shows. */
void page_href(const struct page *p, const char *path, struct buf *out);

/* <a href="RELATIVE">text</a>; text is outside text. */
void page_link(const struct page *p, const char *path, const char *text, struct buf *out);

/* A link out of the site, only to http and https; what is none is shown as text. */
void page_source_link(const char *url, const char *text, struct buf *out);

/* <time>2025-06-12</time>, which machines read as well; nothing for no date. */
void page_time(struct date d, struct buf *out);

/* "June 2025" of a date. */
void page_month(struct date d, struct buf *out);

/* A table of notifications: caption (ours, escaped here), headings with scope, a row each. */
void page_rows(const struct site_meta *m, const struct page *p, const char *caption, const struct site_row *const *rows, size_t n, struct buf *out);

/* Table of how far each feed was read. */
void page_coverage(const struct site_meta *m, struct buf *out);

/* " <span class="mark open">open</span>" ... for what a row is; without 'open' where all are. */
void page_marks(const struct site_row *r, bool open, struct buf *out);

/* Language of a title that came without one: by its script, else by its words; "en" when undecided. */
const char *page_title_language(const char *title);

/* Title of a sector by its name; "In no sector" for "" and "uncoded"; the name itself when it is not in force. */
const char *page_sector_title(const struct site_meta *m, const char *name);

#endif
