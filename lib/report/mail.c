/* A message out of its parts. */
#include "mail.h"

#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/error.h"
#include "../base/sha.h"
#include "mail_parts.h"

CLEANUP_POINTER(message, GMimeMessage *, g_object_unref)
CLEANUP_POINTER(part, GMimePart *, g_object_unref)
CLEANUP_POINTER(multipart, GMimeMultipart *, g_object_unref)
CLEANUP_POINTER(stream, GMimeStream *, g_object_unref)
CLEANUP_POINTER(format, GMimeFormatOptions *, g_mime_format_options_free)
#define AUTO_MESSAGE __attribute__((cleanup(cleanup_message))) GMimeMessage
#define AUTO_PART __attribute__((cleanup(cleanup_part))) GMimePart
#define AUTO_MULTIPART __attribute__((cleanup(cleanup_multipart))) GMimeMultipart
#define AUTO_STREAM __attribute__((cleanup(cleanup_stream))) GMimeStream
#define AUTO_FORMAT __attribute__((cleanup(cleanup_format))) GMimeFormatOptions

void
mail_library(void)
{
	static bool done;

	if (!done)
		g_mime_init();
	done = true;
}

/* Quoted-printable takes three bytes for each that is not ASCII, base64 four for three of all. */
static bool
better_base64(const struct buf *text)
{
	size_t escaped = 0;

	for (size_t i = 0; i < text->len; i++)
		escaped += (unsigned char)text->data[i] >= 0x80 || text->data[i] == '=';
	return escaped * 6 > text->len;
}

/* Line ends of a text are CRLF before base64 hides them (RFC 2046, 4.1.1). */
static void
add_canonical(const struct buf *text, struct buf *out)
{
	for (size_t i = 0; i < text->len; i++) {
		if (text->data[i] == '\n')
			buf_addc(out, '\r');
		buf_addc(out, text->data[i]);
	}
}

static GMimePart *
text_part(const char *subtype, const struct buf *text)
{
	GMimePart *part = g_mime_part_new_with_type("text", subtype);
	bool base64 = better_base64(text);
	AUTO_BUF canonical = BUF_INIT;
	AUTO_STREAM *stream = NULL;
	GMimeDataWrapper *content;

	if (base64)
		add_canonical(text, &canonical);
	else
		buf_add(&canonical, buf_str(text), text->len);
	stream = g_mime_stream_mem_new_with_buffer(buf_str(&canonical), canonical.len);
	content = g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
	g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
	g_mime_part_set_content_encoding(part, base64 ? GMIME_CONTENT_ENCODING_BASE64 : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	g_mime_part_set_content(part, content);
	g_object_unref(content);
	return part;
}

/* "=_" occurs in neither encoding, so that no text can hold the boundary. */
static GMimeMultipart *
multipart(const char *subtype, const char *message_id)
{
	GMimeMultipart *m = g_mime_multipart_new_with_subtype(subtype);
	AUTO_FREE char *seed = xasprintf("%s %s", subtype, message_id), *boundary = NULL;
	char hash[SHA256_HEX];

	sha256_hex(seed, strlen(seed), hash);
	boundary = xasprintf("=_%.32s", hash);
	g_mime_multipart_set_boundary(m, boundary);
	return m;
}

static void
add_part(GMimeMultipart *m, const char *subtype, const struct buf *text)
{
	AUTO_PART *part = text_part(subtype, text);

	g_mime_multipart_add(m, GMIME_OBJECT(part));
}

static GMimeMultipart *
build(const struct mail_bodies *bodies, const char *message_id)
{
	AUTO_MULTIPART *alternative = multipart("alternative", message_id);
	AUTO_PART *list = NULL;
	GMimeMultipart *mixed;

	add_part(alternative, "plain", bodies->text);
	add_part(alternative, "html", bodies->html);
	if (bodies->list == NULL)
		return TAKE(alternative);
	mixed = multipart("mixed", message_id);
	g_mime_multipart_add(mixed, GMIME_OBJECT(alternative));
	list = text_part("plain", bodies->list);
	g_mime_object_set_disposition(GMIME_OBJECT(list), "attachment");
	g_mime_part_set_filename(list, MAIL_LIST_NAME);
	g_mime_multipart_add(mixed, GMIME_OBJECT(list));
	return mixed;
}

int
mail_write(const struct digest *d, const struct mail_envelope *e, const struct mail_bodies *bodies, struct buf *out, struct error *err)
{
	AUTO_MESSAGE *m = NULL;
	AUTO_MULTIPART *body = NULL;
	AUTO_STREAM *stream = NULL;
	AUTO_FORMAT *format = NULL;
	GByteArray *bytes;
	int rc;

	mail_library();
	m = g_mime_message_new(FALSE);
	if ((rc = mail_head(d, e, m, err)) < 0)
		return rc;
	body = build(bodies, e->message_id);
	g_mime_message_set_mime_part(m, GMIME_OBJECT(body));
	format = g_mime_format_options_clone(g_mime_format_options_get_default());
	g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
	stream = g_mime_stream_mem_new();
	if (g_mime_object_write_to_stream(GMIME_OBJECT(m), format, stream) < 0)
		return error_set(err, ERR_BUG, "a message could not be written");
	bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
	buf_add(out, bytes->data, bytes->len);
	return 0;
}
