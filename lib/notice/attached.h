/* Attached texts beside the record: where they lie in the store, and the payload from which a version with such a text is made. */
#ifndef REGWATCH_NOTICE_ATTACHED_H
#define REGWATCH_NOTICE_ATTACHED_H

#include "../base/buf.h"
#include "notice.h"

struct error;

/* Path of the text of one of n's documents, the same on both branches: "tris/2024/FI/0321/documents/draft.en.txt",
 * "eping/TBT/USA/22xx/2211/documents/Add.1-draft-26_01234_00_e.en.txt". From the link alone, so that a document keeps its place when others come and go;
 * "und" stands for a language that nobody told. Appended. */
void attached_path(const struct notice *n, const struct document *d, struct buf *out);

/* "draft.en", the file's name in that path without its ending. Caller frees. */
char *attached_name(const struct notice *n, const struct document *d);

/* Is this the path of such a text (".../documents/NAME.LANG.txt")? */
bool attached_is_path(const char *path);

/* What was extracted, as the branch raw keeps it:
 *
 *	Notification: 2024/0321/FI
 *	Document: draft en https://...
 *	Bytes-SHA256: 5f3b...
 *	Extractor: regwatch-docx 1
 *	Note: 12 tracked changes were accepted		(any number of these lines, or none)
 *	(an empty line, then the text)
 */
struct attached {
	char *notification;		/* id */
	struct document document;	/* text_sha256 is that of the text */
	char *bytes_sha256;		/* of the file as it was received; not kept itself */
	char *extractor;		/* name and version of what made the text */
	struct strv notes;		/* what people should know of how it was read; at most ATTACHED_NOTES are kept */
	const char *text;		/* into the payload that was read */
	size_t text_len;
};

#define ATTACHED_NOTES 20

#define ATTACHED_INIT { .notification = NULL }
#define AUTO_ATTACHED __attribute__((cleanup(attached_clear))) struct attached
void attached_clear(struct attached *a);

/* Values lose what could leave their line. */
void attached_write(const struct attached *a, struct buf *out);

/* ERR_DATA, "line 2: ...", for what attached_write would not write. out is initialised by the call and borrows 'payload'. */
int attached_read(const char *payload, size_t n, struct attached *out, struct error *err);

/* The document of n that the text belongs to: the same kind, language and link; NULL without one. */
struct document *attached_find(const struct notice *n, const struct document *d);

/* Does the record have a document of this kind, whether or not its text is held? */
bool attached_lists(const struct notice *n, const char *kind);

/* The first document of this kind and language (NULL: any) whose text is held; NULL without one. */
const struct document *attached_held(const struct notice *n, const char *kind, const char *lang);

#endif
