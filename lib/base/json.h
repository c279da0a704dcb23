/* JSON over jansson: bounded reading, and writing of JSON Lines. */
#ifndef REGWATCH_BASE_JSON_H
#define REGWATCH_BASE_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "cleanup.h"
#include "date.h"
#include "strv.h"

struct buf;
struct error;

CLEANUP_POINTER(json, json_t *, json_decref)
#define AUTO_JSON __attribute__((cleanup(cleanup_json))) json_t

/* Parses a whole text; a NUL byte, depth over LIMIT_JSON_DEPTH, repeats of a key and bytes after the value are errors. The escape of NUL in a string
 * or key gives U+0001, which utf8_clean drops as it would the NUL: no string holds one, none ends early. *out is the caller's. Fails with ERR_DATA, "line L, column C: ...". */
int json_parse(const char *text, size_t n, json_t **out, struct error *err);

/* The same, but one broken character costs only itself: in strings, bytes that are no UTF-8 and halves of surrogate pairs are read as U+FFFD, control bytes
 * as themselves and a backslash that escapes nothing as a backslash. *mended is how many there were; when any, err says where the first is though all is well.
 * Fails also when they are more than LIMIT_JSON_MENDS. */
int json_parse_mended(const char *text, size_t n, json_t **out, size_t *mended, struct error *err);

/* What it parses when a text does not parse: appended. Returns *mended; past LIMIT_JSON_MENDS it stops. */
size_t json_mend(const char *text, size_t n, struct buf *out);

/* Where each element of the array under 'key' of the top-level object (or of the top-level array when key is NULL) stands in a
 * text that json_parse accepted: spans[i] = {offset, length}. Returns the number, spans is the caller's (free). */
struct json_span { size_t offset, length; };
size_t json_spans(const char *text, size_t n, const char *key, struct json_span **spans);

/* Where the values of these members of the object at text[0] stand, in the same way; length 0 of one that it lacks. Text that nobody accepted gives
 * spans inside of it that mean nothing. */
void json_members(const char *text, size_t n, const char *const *keys, size_t keys_n, struct json_span *spans);

/* A string member, NULL when absent, null or no string. The object's. */
const char *json_str(const json_t *object, const char *key);

/* A date member "2025-06-12", DATE_NONE when absent or no date. */
struct date json_date(const json_t *object, const char *key);

/* Compact, keys in the order they were set, UTF-8 unescaped except controls; appends the object and "\n" if line. */
void json_write(const json_t *value, bool line, struct buf *out);

/* Appends one string of valid UTF-8 with its quotes, the bytes that json_write would give; for many of them, six times as fast. */
void json_write_string(const char *s, struct buf *out);

/* Setters that write null for what is absent: a NULL string, DATE_NONE. Arrays are never null. */
void json_set_str(json_t *object, const char *key, const char *value);
void json_set_date(json_t *object, const char *key, struct date value);
void json_set_strv(json_t *object, const char *key, const struct strv *value);
void json_set_bool(json_t *object, const char *key, bool value);

#endif
