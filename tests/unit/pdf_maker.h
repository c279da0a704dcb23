/* Small PDF files for tests, all synthetic: lines of Helvetica at given places. */
#ifndef REGWATCH_TESTS_PDF_MAKER_H
#define REGWATCH_TESTS_PDF_MAKER_H

#include <stdio.h>
#include <string.h>

#include "lib/base/buf.h"

struct pdf_maker {
	struct buf out;
	size_t at[64];		/* of object i */
	unsigned objects;
	unsigned spare;		/* free places in the table of objects: poppler believes no more pages than it has places */
};

#define PDF_MAKER_INIT { .out = BUF_INIT, .objects = 0 }

static inline void
pdf_object(struct pdf_maker *m, const char *body)
{
	if (m->out.len == 0)
		buf_adds(&m->out, "%PDF-1.4\n");
	m->at[++m->objects] = m->out.len;
	buf_addf(&m->out, "%u 0 obj\n%s\nendobj\n", m->objects, body);
}

static inline void
pdf_stream(struct pdf_maker *m, const char *content)
{
	AUTO_BUF b = BUF_INIT;

	buf_addf(&b, "<< /Length %zu >>\nstream\n%s\nendstream", strlen(content), content);
	pdf_object(m, buf_str(&b));
}

/* The table of objects and the trailer; 'more' goes into the trailer's dictionary. */
static inline void
pdf_end(struct pdf_maker *m, const char *more)
{
	size_t start = m->out.len;

	buf_addf(&m->out, "xref\n0 %u\n0000000000 65535 f \n", m->objects + 1 + m->spare);
	for (unsigned i = 1; i <= m->objects; i++)
		buf_addf(&m->out, "%010zu 00000 n \n", m->at[i]);
	for (unsigned i = 0; i < m->spare; i++)
		buf_adds(&m->out, "0000000000 65535 f \n");
	buf_addf(&m->out, "trailer\n<< /Size %u /Root 1 0 R %s >>\nstartxref\n%zu\n%%%%EOF\n", m->objects + 1 + m->spare, more, start);
}

/* A file of 'pages' pages which all show the same content; "" shows nothing. Objects: 1 catalogue, 2 pages, 3 page, 4 font, 5 content. */
static inline void
pdf_make(struct pdf_maker *m, unsigned pages, const char *content, const char *more)
{
	AUTO_BUF kids = BUF_INIT;

	pdf_object(m, "<< /Type /Catalog /Pages 2 0 R >>");
	buf_addf(&kids, "<< /Type /Pages /Count %u /Kids [", pages);
	for (unsigned i = 0; i < pages; i++)
		buf_adds(&kids, "3 0 R ");
	buf_adds(&kids, "] >>");
	pdf_object(m, buf_str(&kids));
	pdf_object(m, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>");
	pdf_object(m, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
	pdf_stream(m, content);
	m->spare = pages;
	pdf_end(m, more);
}

/* A line of text at x, y (points from the lower left). */
static inline void
pdf_line(struct buf *content, int x, int y, const char *text)
{
	buf_addf(content, "BT /F1 11 Tf %d %d Td (%s) Tj ET\n", x, y, text);
}

#endif
