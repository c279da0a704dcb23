/* Synthetic Word documents for tests: a package made of parts given as text. */
#ifndef REGWATCH_TESTS_DOCX_MAKER_H
#define REGWATCH_TESTS_DOCX_MAKER_H

#include "xlsx_maker.h"

#define DOCX_W_SPACE "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define DOCX_SPACES "xmlns:w=\"" DOCX_W_SPACE "\" xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" " \
	"xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:v=\"urn:schemas-microsoft-com:vml\" " \
	"xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" " \
	"xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""

/* What stands inside each part's root; NULL for a part that there is not. */
struct docx_parts {
	const char *body, *styles, *numbering, *footnotes, *endnotes;
};

static inline void
docx_member(struct zip_maker *zip, const char *name, const char *root, const char *inside)
{
	char *part;

	if (inside == NULL)
		return;
	part = xasprintf("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:%s " DOCX_SPACES ">%s</w:%s>", root, inside, root);
	zip_text(zip, name, part);
	free(part);
}

/* The bytes are zip->file; buf_clear them. */
static inline void
docx_make(struct zip_maker *zip, const struct docx_parts *parts)
{
	char *body = xasprintf("<w:body>%s</w:body>", parts->body);

	zip_text(zip, "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
	docx_member(zip, "word/document.xml", "document", body);
	docx_member(zip, "word/styles.xml", "styles", parts->styles);
	docx_member(zip, "word/numbering.xml", "numbering", parts->numbering);
	docx_member(zip, "word/footnotes.xml", "footnotes", parts->footnotes);
	docx_member(zip, "word/endnotes.xml", "endnotes", parts->endnotes);
	zip_end(zip);
	free(body);
}

#endif
