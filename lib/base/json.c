#include "json.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "buf.h"
#include "error.h"
#include "limits.h"
#include "utf8.h"

#define REAL_DIGITS 12	/* 0.7 + 0.7 is 1.4 for people, not 1.3999999999999999 */
#define BOM "\xef\xbb\xbf"

static size_t
bom_length(const char *text, size_t n)
{
	return n >= 3 && memcmp(text, BOM, 3) == 0 ? 3 : 0;
}

/* Behind the string that starts at text[i] == '"', or n when it does not end. */
static size_t
string_end(const char *text, size_t n, size_t i)
{
	for (i++; i < n && text[i] != '"'; i++)
		if (text[i] == '\\')
			i++;
	return i < n ? i + 1 : n;
}

/* The place where the text nests deeper than allowed, or n. */
static size_t
too_deep(const char *text, size_t n)
{
	size_t depth = 0;

	for (size_t i = 0; i < n; ) {
		char c = text[i];

		if (c == '"') {
			i = string_end(text, n, i);
			continue;
		}
		if ((c == '[' || c == '{') && ++depth > LIMIT_JSON_DEPTH)
			return i;
		if ((c == ']' || c == '}') && depth > 0)
			depth--;
		i++;
	}
	return n;
}

static int
error_at(const char *text, size_t at, struct error *err, const char *what)
{
	size_t line = 1, start = 0;

	for (size_t i = 0; i < at; i++)
		if (text[i] == '\n') {
			line++;
			start = i + 1;
		}
	return error_set(err, ERR_DATA, "line %zu, column %zu: %s", line, at - start + 1, what);
}

/* C text ends at a NUL, so what stands behind one would be lost unseen: the escape of another control that means nothing, as long as the first so that
 * all places stay. */
static void
escape_no_nul(const char *text, size_t n, struct buf *out)
{
	static const char nul[] = "\\u0000";
	const size_t length = sizeof(nul) - 1;

	if (n == 0 || memmem(text, n, nul, length) == NULL)
		return;
	buf_add(out, text, n);
	for (size_t i = 0; i + length <= n; i++) {
		if (text[i] != '\\')
			continue;
		if (memcmp(text + i, nul, length) == 0)
			out->data[i + length - 1] = '1';
		i++;	/* a backslash that is escaped itself escapes nothing */
	}
}

static json_t *
load(const char *text, size_t n, size_t flags, json_error_t *e)
{
	AUTO_BUF changed = BUF_INIT;

	escape_no_nul(text, n, &changed);
	return json_loadb(changed.len > 0 ? changed.data : text, n, flags, e);
}

int
json_parse(const char *text, size_t n, json_t **out, struct error *err)
{
	size_t skip = bom_length(text, n), at;
	const char *nul;
	json_error_t e;

	*out = NULL;
	text += skip;
	n -= skip;
	nul = n > 0 ? memchr(text, '\0', n) : NULL;
	if (nul != NULL)	/* jansson passes over one behind a number */
		return error_at(text, (size_t)(nul - text), err, "a NUL byte");
	at = too_deep(text, n);
	if (at < n)
		return error_at(text, at, err, "nested too deeply");
	*out = load(text, n, JSON_REJECT_DUPLICATES, &e);
	return *out != NULL ? 0 : error_set(err, ERR_DATA, "line %d, column %d: %s", e.line, e.column, e.text);
}

static size_t
skip_blanks(const char *text, size_t n, size_t i)
{
	while (i < n && strchr(" \t\r\n", text[i]) != NULL && text[i] != '\0')
		i++;
	return i;
}

/* Behind the value that starts at i. */
static size_t
value_end(const char *text, size_t n, size_t i)
{
	size_t depth = 0;

	while (i < n) {
		char c = text[i];

		if (depth == 0 && strchr(",]}", c) != NULL)
			break;
		if (c == '"') {
			i = string_end(text, n, i);
		} else {
			depth += c == '[' || c == '{';
			depth -= c == ']' || c == '}';
			i++;
		}
		if (depth == 0 && strchr("\"]}", c) != NULL)
			break;
	}
	return i;
}

static size_t
trimmed(const char *text, size_t from, size_t to)
{
	while (to > from && strchr(" \t\r\n", text[to - 1]) != NULL)
		to--;
	return to - from;
}

/* Is the string text[from..to), quotes included, this key? */
static bool
is_key(const char *text, size_t from, size_t to, const char *key)
{
	AUTO_JSON *decoded = NULL;
	size_t n = strlen(key);

	if (memchr(text + from, '\\', to - from) == NULL)
		return to - from == n + 2 && memcmp(text + from + 1, key, n) == 0;
	decoded = load(text + from, to - from, JSON_DECODE_ANY, NULL);
	return decoded != NULL && strcmp(json_string_value(decoded), key) == 0;
}

/* A member of an object: where its key stands, quotes included, and where its value begins. */
struct member {
	size_t from, to, value;
};

/* The member behind the '{' or ',' at i. */
static bool
member_at(const char *text, size_t n, size_t i, struct member *m)
{
	m->from = skip_blanks(text, n, i + 1);
	if (m->from >= n || text[m->from] != '"')
		return false;
	m->to = string_end(text, n, m->from);
	i = skip_blanks(text, n, m->to);
	m->value = skip_blanks(text, n, i < n ? i + 1 : n);
	return true;
}

/* The ',' behind a value that ends at i, or n. */
static size_t
next_comma(const char *text, size_t n, size_t i)
{
	i = skip_blanks(text, n, i);
	return i < n && text[i] == ',' ? i : n;
}

/* Where the value of a member of the object at i starts, or n. */
static size_t
member(const char *text, size_t n, size_t i, const char *key)
{
	struct member m;

	while (i < n && member_at(text, n, i, &m)) {
		if (is_key(text, m.from, m.to, key))
			return m.value;
		i = next_comma(text, n, value_end(text, n, m.value));
	}
	return n;
}

void
json_members(const char *text, size_t n, const char *const *keys, size_t keys_n, struct json_span *spans)
{
	size_t i = skip_blanks(text, n, 0), end;
	struct member m;

	memset(spans, 0, keys_n * sizeof(*spans));
	if (i < n && text[i] != '{')
		return;
	for (; i < n && member_at(text, n, i, &m); i = next_comma(text, n, end)) {
		end = value_end(text, n, m.value);
		for (size_t k = 0; k < keys_n; k++)
			if (is_key(text, m.from, m.to, keys[k]))
				spans[k] = (struct json_span){ m.value, trimmed(text, m.value, end) };
	}
}

size_t
json_spans(const char *text, size_t n, const char *key, struct json_span **spans)
{
	size_t i = skip_blanks(text, n, bom_length(text, n)), count = 0, cap = 0;

	*spans = NULL;
	if (key != NULL)
		i = i < n && text[i] == '{' ? member(text, n, i, key) : n;
	if (i >= n || text[i] != '[')
		return 0;
	for (i++; i < n; i++) {
		size_t from = skip_blanks(text, n, i);

		i = value_end(text, n, from);
		if (i > from) {
			*spans = xgrow(*spans, count, &cap, sizeof(**spans));
			(*spans)[count++] = (struct json_span){ from, trimmed(text, from, i) };
		}
		i = skip_blanks(text, n, i);
		if (i >= n || text[i] != ',')
			break;
	}
	return count;
}

const char *
json_str(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

struct date
json_date(const json_t *object, const char *key)
{
	const char *text = json_str(object, key);
	struct date d = DATE_NONE;

	if (text != NULL)
		date_parse_iso(text, &d, NULL);
	return d;
}

/* The escape of the character at s and how many bytes it stands for, 0 when s is written as it is: what jansson escapes, and DEL and the C1
 * controls, which a terminal may obey. */
static size_t
escape_at(const unsigned char *s, char escape[8])
{
	static const char letters[] = "\b\f\n\r\t", names[] = "bfnrt";
	bool c1 = s[0] == 0xc2 && s[1] >= 0x80 && s[1] <= 0x9f;
	const char *p = *s != '\0' ? strchr(letters, *s) : NULL;

	if (*s == '"' || *s == '\\')
		snprintf(escape, 8, "\\%c", *s);
	else if (p != NULL)
		snprintf(escape, 8, "\\%c", names[p - letters]);
	else if (*s < 0x20 || *s == 0x7f || c1)
		snprintf(escape, 8, "\\u%04X", (unsigned)(c1 ? s[1] : s[0]));
	else
		return 0;
	return c1 ? 2 : 1;
}

void
json_write_string(const char *s, struct buf *out)
{
	static const bool looked_at[256] = { [0 ... 0x1f] = true, ['"'] = true, ['\\'] = true, [0x7f] = true, [0xc2] = true };
	size_t kept = 0, i = 0;
	char escape[8];

	buf_addc(out, '"');
	for (;;) {
		size_t n;

		while (!looked_at[(unsigned char)s[i]])
			i++;
		if (s[i] == '\0')
			break;
		n = escape_at((const unsigned char *)s + i, escape);
		if (n > 0) {
			buf_add(out, s + kept, i - kept);
			buf_adds(out, escape);
			kept = i + n;
		}
		i += n > 0 ? n : 1;
	}
	buf_add(out, s + kept, i - kept);
	buf_addc(out, '"');
}

static void
write_array(const json_t *array, struct buf *out)
{
	size_t n = json_array_size(array);

	buf_addc(out, '[');
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_addc(out, ',');
		json_write(json_array_get(array, i), false, out);
	}
	buf_addc(out, ']');
}

static void
write_object(const json_t *value, struct buf *out)
{
	json_t *object = (json_t *)(uintptr_t)value;	/* an iterator could change it, ours does not */

	buf_addc(out, '{');
	for (void *at = json_object_iter(object), *next; at != NULL; at = next) {
		next = json_object_iter_next(object, at);
		json_write_string(json_object_iter_key(at), out);
		buf_addc(out, ':');
		json_write(json_object_iter_value(at), false, out);
		if (next != NULL)
			buf_addc(out, ',');
	}
	buf_addc(out, '}');
}

static int
append(const char *data, size_t n, void *out)
{
	buf_add(out, data, n);
	return 0;
}

/* jansson would look at each character and hand on the pieces one by one; numbers are its own. No string holds NUL: none is parsed, none is made. */
void
json_write(const json_t *value, bool line, struct buf *out)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT: write_object(value, out); break;
	case JSON_ARRAY: write_array(value, out); break;
	case JSON_STRING: json_write_string(json_string_value(value), out); break;
	case JSON_NULL: buf_adds(out, "null"); break;
	case JSON_TRUE: buf_adds(out, "true"); break;
	case JSON_FALSE: buf_adds(out, "false"); break;
	default: json_dump_callback(value, append, out, JSON_ENCODE_ANY | JSON_REAL_PRECISION(REAL_DIGITS)); break;
	}
	if (line)
		buf_addc(out, '\n');
}

/* jansson takes valid UTF-8 only; a member is never left out for its value's sake. */
static json_t *
string_value(const char *value)
{
	AUTO_BUF repaired = BUF_INIT;
	json_t *s;

	if (value == NULL)
		return json_null();
	s = json_string(value);
	if (s != NULL)
		return s;
	utf8_from(value, strlen(value), "utf-8", &repaired);
	return json_string(buf_str(&repaired));
}

void
json_set_str(json_t *object, const char *key, const char *value)
{
	json_object_set_new(object, key, string_value(value));
}

void
json_set_date(json_t *object, const char *key, struct date value)
{
	char text[DATE_TEXT];

	json_set_str(object, key, date_is_set(value) ? date_format(value, text) : NULL);
}

void
json_set_strv(json_t *object, const char *key, const struct strv *value)
{
	json_t *array = json_array();

	for (size_t i = 0; i < value->n; i++)
		json_array_append_new(array, string_value(value->v[i]));
	json_object_set_new(object, key, array);
}

void
json_set_bool(json_t *object, const char *key, bool value)
{
	json_object_set_new(object, key, json_boolean(value));
}
