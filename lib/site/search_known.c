/* What the search over closed segments was made of the last time. A line: "segment KEY MADE_OF DOCUMENTS" and the fingerprints of its bands; or "group NUMBER MADE_OF" and
 * "WORD RANK FINGERPRINT" of each of its frequent words. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/cleanup.h"
#include "search_past_private.h"

void
past_bands_clear(struct past_segment *s)
{
	for (size_t i = 0; s->bands != NULL && i < SEARCH_BANDS; i++)
		buf_clear(&s->bands[i]);
	free(s->bands);
	s->bands = NULL;
}

void
past_segments_clear(struct past_segments *s)
{
	for (size_t i = 0; i < s->n; i++)
		past_bands_clear(&s->v[i]);
	free(s->v);
	*s = (struct past_segments){ NULL, 0, 0 };
}

/* ---- reading ---- */

/* The next word of a line. */
static const char *
next_word(char **line)
{
	char *word;

	while ((word = strsep(line, " ")) != NULL && *word == '\0')
		;
	return word;
}

static bool
read_hex(char **line, uint64_t *out)
{
	const char *word = next_word(line);
	char *end;

	if (word == NULL)
		return false;
	*out = strtoull(word, &end, 16);
	return *end == '\0';
}

static bool
read_segment(struct past_known *k, char *line)
{
	struct past_segment s = { .n = 0 };
	const char *key = next_word(&line);
	uint64_t n;

	if (key == NULL || strlen(key) >= sizeof(s.key) || !read_hex(&line, &s.made_of) || !read_hex(&line, &n))
		return false;
	(void)snprintf(s.key, sizeof(s.key), "%s", key);
	s.n = (size_t)n;
	for (size_t i = 0; i < SEARCH_BANDS; i++)
		if (!read_hex(&line, &s.prints[i]))
			return false;
	k->segments.v = xgrow(k->segments.v, k->segments.n, &k->segments.cap, sizeof(s));
	k->segments.v[k->segments.n++] = s;
	return true;
}

static bool
read_group(struct past_known *k, char *line)
{
	uint64_t group, made_of, rank, print;
	const char *word;

	if (!read_hex(&line, &group) || group >= SEARCH_BANDS || !read_hex(&line, &made_of))
		return false;
	while ((word = next_word(&line)) != NULL) {
		if (!read_hex(&line, &rank) || rank >= SEARCH_RANKS || !read_hex(&line, &print))
			return false;
		(void)past_often_add(&k->often, word, (unsigned)group, (uint32_t)rank, print);
	}
	k->groups[group] = (struct past_group){ made_of, true };
	return true;
}

void
past_known_read(struct past_known *k, const char *text)
{
	AUTO_FREE char *copy = xstrdup(text);
	char *rest = copy, *line;
	bool good = true;

	while (good && (line = strsep(&rest, "\n")) != NULL && rest != NULL) {
		const char *kind = next_word(&line);

		good = kind != NULL && (strcmp(kind, "segment") == 0 ? read_segment(k, line) : strcmp(kind, "group") == 0 && read_group(k, line));
	}
}

/* ---- writing ---- */

static void
add_segment(const struct past_segment *s, struct buf *out)
{
	buf_addf(out, "segment %s %" PRIx64 " %zx", s->key, s->made_of, s->n);
	for (size_t i = 0; i < SEARCH_BANDS; i++)
		buf_addf(out, " %" PRIx64, s->prints[i]);
	buf_addc(out, '\n');
}

static void
add_group(const struct search_past *p, unsigned group, struct buf *out)
{
	buf_addf(out, "group %x %" PRIx64, group, p->groups[group].made_of);
	for (size_t i = 0; i < p->often.n; i++) {
		const struct past_often *o = &p->often.v[i];

		if (o->group == group)
			buf_addf(out, " %s %" PRIx32 " %" PRIx64, o->word, o->rank, o->print);
	}
	buf_addc(out, '\n');
}

void
search_past_known(const struct search_past *p, struct buf *out)
{
	for (size_t i = 0; i < p->segments.n; i++)
		add_segment(&p->segments.v[i], out);
	for (unsigned group = 0; group < p->groups_n; group++)
		if (p->groups[group].done)
			add_group(p, group, out);
}
