/* What a redline of attached texts costs: redline_bench. A draft of 200 KB against its final text, and texts made to be hard; all SYNTHETIC. Each in a process
 * of its own, for its time and peak memory. The first is to take less than half a second; scripts/bench shows the table. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/redline/redline.h"
#include "lib/redline/requirements.h"

#define BYTES 200000

typedef void make(struct buf *old, struct buf *new);

static unsigned seed = 7;

static unsigned
chance(unsigned n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

static void
add_sentence(struct buf *out)
{
	static const char *const words[] = { "the", "manufacturer", "toys", "documentation", "conformity", "assessment", "importer", "shall", "keep", "market", "of",
		"and", "authority", "limit", "lead", "records", "label", "warning", "consumer", "annex" };

	for (unsigned n = 8 + chance(14); n > 0; n--)
		buf_addf(out, "%s%u ", words[chance(20)], chance(5) == 0 ? chance(900) : 0);
	buf_adds(out, "ends.");
}

/* Articles of a few paragraphs; a final text has one sentence in thirty reworded, an article in forty more, and so all behind it with other numbers. */
static void
draft_and_final(struct buf *old, struct buf *new)
{
	for (unsigned i = 1, j = 1; old->len < BYTES; i++, j++) {
		buf_addf(old, "Article %u\nMatter %u\n", i, i);
		if (chance(40) == 0) {
			buf_addf(new, "Article %u\nNew matter\n", j++);
			add_sentence(new);
			buf_adds(new, "\n");
		}
		buf_addf(new, "Article %u\nMatter %u\n", j, i);
		for (unsigned k = 1; k <= 4; k++) {
			size_t at;

			buf_addf(old, "(%u) ", k);
			at = old->len;
			add_sentence(old);
			buf_addf(new, "(%u) ", k);
			buf_adds(new, chance(30) == 0 ? "Moreover, " : "");
			buf_adds(new, old->data + at);
			buf_adds(old, "\n");
			buf_adds(new, "\n");
		}
	}
}

static void
nothing_in_common(struct buf *old, struct buf *new)
{
	for (unsigned i = 1; old->len < BYTES; i++) {
		buf_addf(old, "Article %u\nOld%u matter%u of%u the%u first%u kind%u.\n", i, i, i, i, i, i, i);
		buf_addf(new, "Article %u\nNew%u thing%u in%u a%u second%u form%u.\n", i, i, i, i, i, i, i);
	}
}

static void
same_labels(struct buf *old, struct buf *new)
{
	for (unsigned i = 0; i < 10000; i++) {
		buf_adds(old, "Article 5\nThe same text stands here.\n");
		buf_adds(new, i % 3 == 0 ? "Article 5\nAnother text stands here.\n" : "Article 5\nThe same text stands here.\n");
	}
}

static void
reversed(struct buf *old, struct buf *new)
{
	for (unsigned i = 0; i < 5000; i++) {
		buf_addf(old, "Article %u\nRecord %u of operator %u is kept.\n", i + 1, i, i);
		buf_addf(new, "Article %u\nRecord %u of operator %u is kept.\n", i + 1, 4999 - i, 4999 - i);
	}
}

static void
one_word(struct buf *old, struct buf *new)
{
	for (unsigned i = 0; i < 100000; i++)
		buf_adds(i % 2 ? old : new, "word word ");
	buf_adds(new, "word");
}

static void
one_paragraph(struct buf *old, struct buf *new)
{
	while (old->len < BYTES) {
		buf_addf(old, "w%u ", chance(3000));
		buf_addf(new, "w%u ", chance(3000));
	}
}

static void
rows(struct buf *old, struct buf *new)
{
	for (unsigned i = 0; i < 9000; i++) {
		buf_addf(old, "| Substance %u | %u mg/kg |\n", i, i % 90);
		buf_addf(new, "| Substance %u | %u mg/kg |\n", i % 7 == 0 ? i + 20000 : i, i % 80);
	}
}

static const struct {
	const char *name;
	make *make;
} cases[] = {
	{ "draft against final text", draft_and_final }, { "nothing in common", nothing_in_common }, { "10,000 provisions of one label", same_labels },
	{ "5,000 provisions in reverse", reversed }, { "one word 100,000 times", one_word }, { "one paragraph, words at random", one_paragraph },
	{ "9,000 rows of a table", rows }
};

static double
seconds(const struct timeval *t)
{
	return (double)t->tv_sec + (double)t->tv_usec / 1e6;
}

/* The child makes the texts, compares and renders, and tells how much of its time the texts took. */
static void
run(size_t i, int out)
{
	struct redline r = REDLINE_INIT;
	struct requirements q;
	struct buf old = BUF_INIT, new = BUF_INIT, html = BUF_INIT;
	const struct redline_style style = { .context = 1 };
	struct rusage before, after;
	char line[200];
	int n;

	cases[i].make(&old, &new);
	getrusage(RUSAGE_SELF, &before);
	redline_add_document(&r, "draft.en", buf_str(&old), buf_str(&new), "en");
	getrusage(RUSAGE_SELF, &after);
	redline_html_styled(&r, &style, &html);
	requirements_find(&r, &q);
	n = snprintf(line, sizeof(line), "%6zu KB  %7.0f ms  %9zu steps%s", (old.len + new.len) / 2000, 1000 * (seconds(&after.ru_utime) - seconds(&before.ru_utime)),
	    r.documents_n > 0 ? r.documents[0].diff.text.steps : 0, r.documents_n > 0 && r.documents[0].diff.text.coarse ? "  coarse" : "        ");
	if (write(out, line, (size_t)n) < 0)
		_exit(74);
	_exit(0);	/* what was allocated goes with the process */
}

int
main(void)
{
	printf("redline of attached texts (each side; CPU of the comparison; peak memory with rendering and requirements)\n");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct rusage used;
		char line[201] = "";
		int ends[2], status;
		pid_t child;
		ssize_t n;

		fflush(stdout);
		if (pipe(ends) < 0 || (child = fork()) < 0)
			return 71;
		if (child == 0)
			run(i, ends[1]);
		close(ends[1]);
		n = read(ends[0], line, sizeof(line) - 1);
		close(ends[0]);
		if (wait4(child, &status, 0, &used) < 0 || status != 0 || n <= 0)
			return 70;
		line[n] = '\0';
		printf("  %-34s %s  %4ld MB\n", cases[i].name, line, used.ru_maxrss / 1024);
	}
	return 0;
}
