#include "versions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/alloc.h"

#define MEMBERS 160
#define START INT64_C(788918400)	/* 1995-01-01 */
#define STEP 9000			/* seconds from one to the next: 105,000 fill thirty years */
#define LEARNT INT64_C(1780000000)
#define WORDS 4000

struct versions {
	uint64_t random;
	long n;
	int last[MEMBERS];
	struct buf record, raw;
	struct events events;
	char words[WORDS][14];
	char path[80], raw_path[90], subject[120], notification[40], author[20], email[40];
	struct new_version v;
};

/* xorshift64 */
static uint32_t
draw(struct versions *v, uint32_t below)
{
	v->random ^= v->random << 13;
	v->random ^= v->random >> 7;
	v->random ^= v->random << 17;
	return (uint32_t)(v->random >> 32) % below;
}

/* Small numbers much more often than large ones, as words and members are. */
static uint32_t
draw_uneven(struct versions *v, uint32_t below)
{
	double x = (double)draw(v, 1u << 24) / (1u << 24);

	return (uint32_t)((double)below * x * x * x);
}

static void
make_words(struct versions *v)
{
	static const char *const syllables[] = { "re", "tech", "ni", "cal", "pro", "duct", "stan", "dard", "la", "bel", "mar", "ket", "im", "port", "sa", "fe", "ty",
	    "mea", "sure", "con", "form", "test", "ing", "ment", "ion", "al", "food", "de", "vice", "ap", "pli", "ance" };

	for (int i = 0; i < WORDS; i++) {
		int parts = 1 + (int)draw(v, 3);

		v->words[i][0] = '\0';
		for (int k = 0; k < parts; k++)
			strcat(v->words[i], syllables[draw(v, sizeof(syllables) / sizeof(syllables[0]))]);
	}
}

struct versions *
versions_new(void)
{
	struct versions *v = xcalloc(1, sizeof(*v));

	v->random = UINT64_C(0x2545f4914f6cdd1d);
	make_words(v);
	events_add(&v->events, EVENT_ARCHIVED, NULL, NULL, NULL);
	return v;
}

void
versions_free(struct versions *v)
{
	buf_clear(&v->record);
	buf_clear(&v->raw);
	events_clear(&v->events);
	free(v);
}

static void
add_sentences(struct versions *v, int n)
{
	for (int i = 0; i < n; i++) {
		int words = 8 + (int)draw(v, 20);

		for (int k = 0; k < words; k++)
			buf_addf(&v->record, "%s%s", k > 0 ? " " : "", v->words[draw_uneven(v, WORDS)]);
		buf_adds(&v->record, ".\n");
	}
}

static void
add_record(struct versions *v, int member, int year)
{
	buf_reset(&v->record);
	buf_adds(&v->record, "# ");
	add_sentences(v, 1);
	buf_addf(&v->record, "\nNotification: %s  \nDossier: %s  \nSource: eping  \nArea: TBT  \nKind: draft  \nMember: %c%c  \n", v->notification, v->notification,
	    'A' + member % 26, 'A' + member / 26);
	buf_addf(&v->record, "Distributed: %d-%02u-%02u  \nComments until: %d-%02u-%02u  \n", year, 1 + draw(v, 12), 1 + draw(v, 28), year, 1 + draw(v, 12),
	    1 + draw(v, 28));
	for (uint32_t i = 1 + draw(v, 4); i > 0; i--)
		buf_addf(&v->record, "HS: %04u.%02u  \n", 100 + draw(v, 9600), draw(v, 100));
	buf_addf(&v->record, "ICS: %02u.%03u  \nURL: https://epingalert.org/en/Search/Index?viewData=%s  \n\n## Products\n\n", 1 + draw(v, 97), draw(v, 200) * 5, v->notification);
	add_sentences(v, 1);
	buf_adds(&v->record, "\n## Description\n\n");
	add_sentences(v, 4 + (int)draw(v, 7));
	buf_adds(&v->record, "\n## Rationale\n\n");
	add_sentences(v, 1 + (int)draw(v, 3));
}

/* The same words, as sources give them: in running text without our lines. */
static void
add_raw(struct versions *v)
{
	buf_reset(&v->raw);
	buf_addf(&v->raw, "{\"row\":%ld,\"documentSymbol\":\"%s\",\"text\":\"", v->n, v->notification);
	for (size_t i = 0; i < v->record.len; i++)
		buf_addc(&v->raw, v->record.data[i] == '\n' ? ' ' : v->record.data[i]);
	buf_adds(&v->raw, "\"}\n");
}

static void
name_version(struct versions *v, int member)
{
	int number = ++v->last[member];

	snprintf(v->notification, sizeof(v->notification), "G/TBT/N/%c%cA/%d", 'A' + member % 26, 'A' + member / 26, number);
	snprintf(v->path, sizeof(v->path), "eping/TBT/%c%cA/%dxx/%d/notification.md", 'A' + member % 26, 'A' + member / 26, number / 100, number);
	snprintf(v->raw_path, sizeof(v->raw_path), "eping/TBT/%c%cA/%dxx/%d/notification.row.json", 'A' + member % 26, 'A' + member / 26, number / 100, number);
	snprintf(v->subject, sizeof(v->subject), "%s: archived", v->notification);
	snprintf(v->author, sizeof(v->author), "Member %d", member);
	snprintf(v->email, sizeof(v->email), "%c%c@member.invalid", 'a' + member % 26, 'a' + member / 26);
}

const struct new_version *
versions_next(struct versions *v)
{
	int64_t t = START + v->n * STEP;
	int member = (int)draw_uneven(v, MEMBERS);

	name_version(v, member);
	add_record(v, member, 1995 + (int)((t - START) / 31556952));
	add_raw(v);
	v->n++;
	v->v = (struct new_version){ .path = v->path, .record = v->record.data, .record_len = v->record.len, .raw_path = v->raw_path,
		.raw = v->raw.data, .raw_len = v->raw.len, .subject = v->subject, .author_name = v->author, .author_email = v->email,
		.author_time = t / 86400 * 86400, .commit_time = LEARNT, .notification = v->notification, .dossier = v->notification, .source = "eping",
		.events = &v->events, .fetched = LEARNT };
	return &v->v;
}
