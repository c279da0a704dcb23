/* The index at its full size, alone: 105,000 synthetic notifications applied in one transaction, then each question that has a figure to reach.
 * Usage: index_bench FILE [ROWS]. FILE is made anew. Prints a line a measure: name, milliseconds of CPU, rows. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "lib/base/error.h"
#include "store/index.h"
#include "tests/unit/fake_sectors.h"

static const char *const words[] = { "aerosols", "batteries", "cement", "dairy", "elevators", "feed", "glass", "helmets", "insulation", "jewellery", "lamps",
	"machines", "nuts", "oils", "paper", "radio", "spices", "toys", "vehicles", "wine" };
#define WORDS (sizeof(words) / sizeof(*words))
static const struct sectors sectors = { "bench", words, WORDS };

static const char *const codes[][2] = { { "USA", "US" }, { "CHN", "CN" }, { "BRA", "BR" }, { "UGA", "UG" }, { "EU", "EU" }, { "KEN", "KE" }, { "TZA", "TZ" },
	{ "ISR", "IL" }, { "KOR", "KR" }, { "JPN", "JP" }, { "CHL", "CL" }, { "ARE", "AE" } };
#define CODES (sizeof(codes) / sizeof(*codes))

static const char *const filler[] = { "the", "of", "requirements", "for", "and", "safety", "products", "draft", "regulation", "technical", "shall", "labelling",
	"national", "standard", "measures", "conformity", "food", "limits", "maximum", "residue", "packaging", "procedures", "test", "methods", "import",
	"certificate", "energy", "efficiency", "specifies", "scope", "sampling", "marking", "health", "protection", "consumer", "quality" };
#define FILLER (sizeof(filler) / sizeof(*filler))

static unsigned seed = 1;

static unsigned
dice(unsigned n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

static double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);	/* of this process: other load on the machine does not count */
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Common words often, a long tail of rare ones, one subject word in a hundred. */
static void
add_prose(struct buf *out, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		if (dice(4) > 0)
			buf_addf(out, "%s ", filler[dice(dice((unsigned)FILLER) + 1)]);
		else if (dice(25) == 0)
			buf_addf(out, "%s ", words[dice((unsigned)WORDS)]);
		else
			buf_addf(out, "w%u ", dice(dice(50000) + 1));
}

static void
prose(struct text *t, unsigned n, const char *subject)
{
	AUTO_BUF b = BUF_INIT;

	add_prose(&b, n);
	buf_adds(&b, subject);
	notice_set_text(t, buf_str(&b), "en");
}

static void
make_notice(unsigned i, struct notice *n)
{
	unsigned member = dice((unsigned)CODES), tail = i % 3;	/* base, addendum, base */
	unsigned number = (tail == 1 ? i - 1 : i) + 1;

	if (tail == 1)
		member = (i - 1) % CODES;
	else
		member = i % CODES;
	notice_init(n);
	n->dossier = xasprintf("G/TBT/N/%s/%u", codes[member][0], number);
	n->id = tail == 1 ? xasprintf("%s/Add.1", n->dossier) : xstrdup(n->dossier);
	strv_add(&n->symbols, n->id);
	memcpy(n->member, codes[member][1], 3);
	strv_add(&n->members, n->member);
	n->kind = kind_of(n->id, false);
	n->area = i % 4 == 0 ? AREA_SPS : AREA_TBT;
	prose(&n->title, 12, dice(3) == 0 ? words[dice((unsigned)WORDS)] : "matters");
	prose(&n->products, 12, "");
	prose(&n->description, 120, "");
	n->agency = xstrdup("Ministry of Trade");
	n->distributed = date_add_days((struct date){ 1995, 1, 1 }, (int32_t)(i * 11600ULL / 105000));
	if (tail != 1)
		n->deadline = date_add_days(n->distributed, 60);
}

static int
count_row(void *ctx, const struct index_row *row)
{
	*(long *)ctx += row->id[0] != '\0';
	return 0;
}

static int
count_event(void *ctx, const struct index_event *e)
{
	*(long *)ctx += e->commit[0] != '\0';
	return 0;
}

static void
check(int rc, const struct error *err)
{
	if (rc < 0) {
		fprintf(stderr, "index_bench: %s\n", err->text);
		exit(1);
	}
}

static void
fill(struct index *ix, unsigned rows)
{
	struct error err;
	double applied = 0;

	check(index_begin(ix, &err), &err);
	for (unsigned i = 0; i < rows; i++) {
		AUTO_NOTICE n = NOTICE_INIT;
		AUTO_VERSION v = VERSION_INIT;
		char blob[OID_HEX];
		double t;

		make_notice(i, &n);
		snprintf(v.commit, sizeof(v.commit), "%08x%032x", i * 2654435761u, i);
		snprintf(blob, sizeof(blob), "%040x", i);
		v.at = 1700000000 + i * 60;
		v.subject = xasprintf("%s: new", n.id);
		events_add(&v.events, EVENT_NEW, NULL, NULL, NULL);
		t = now_ms();
		check(index_apply(ix, &v, "eping/TBT/USA/22xx/2211/notification.md", blob, &n, &err), &err);
		applied += now_ms() - t;
	}
	printf("%-28s %9.1f ms %8u rows, %.3f ms each\n", "apply", applied, rows, applied / rows);
	applied = now_ms();
	check(index_end(ix, true, &err), &err);
	printf("%-28s %9.1f ms\n", "commit", now_ms() - applied);
}

struct question {
	const char *name, *sector, *member, *words, *log;
	enum index_order order;
	bool open, uncoded;
	long limit;
};

static void
ask(struct index *ix, const struct question *q)
{
	struct filter f = FILTER_INIT;
	struct error err;
	double best = 1e9;
	long rows = 0;

	if (q->sector != NULL)
		strv_add(&f.sectors, q->sector);
	if (q->member != NULL)
		strv_add(&f.members, q->member);
	f.open = q->open;
	f.uncoded = q->uncoded;
	f.limit = q->limit;
	for (int i = 0; i < 3; i++) {
		double t = now_ms();

		rows = 0;
		if (q->log != NULL)
			check(index_log(ix, &f, q->log[0] != '\0' ? q->log : NULL, NULL, false, count_event, &rows, &err), &err);
		else
			check(index_list(ix, &f, q->words, q->order, count_row, &rows, &err), &err);
		t = now_ms() - t;
		best = t < best ? t : best;
	}
	printf("%-28s %9.2f ms %8ld rows\n", q->name, best, rows);
	filter_clear(&f);
}

static void
ask_all(struct index *ix)
{
	static const struct question questions[] = {
		{ .name = "list --open", .open = true },
		{ .name = "list --open --sector", .open = true, .sector = "toys" },
		{ .name = "list --open --member", .open = true, .member = "US" },
		{ .name = "list --sector", .sector = "toys" },
		{ .name = "list --member", .member = "US" },
		{ .name = "list --uncoded --limit 100", .uncoded = true, .limit = 100 },
		{ .name = "list --limit 100", .limit = 100 },
		{ .name = "list --sector --limit 100", .sector = "toys", .limit = 100 },
		{ .name = "list", .limit = 0 },
		{ .name = "deadlines", .order = ORDER_DEADLINE },
		{ .name = "deadlines --sector", .order = ORDER_DEADLINE, .sector = "toys" },
		{ .name = "search rare", .words = "w4711", .order = ORDER_BEST },
		{ .name = "search two", .words = "toys batteries", .order = ORDER_BEST },
		{ .name = "search phrase", .words = "\"food limits\"", .order = ORDER_BEST, .limit = 20 },
		{ .name = "search subject", .words = "toys", .order = ORDER_BEST, .limit = 20 },
		{ .name = "search subject, all", .words = "toys", .order = ORDER_BEST },
		{ .name = "search common", .words = "safety", .order = ORDER_BEST, .limit = 20 },
		{ .name = "search symbol", .words = "\"G/TBT/N/USA/37\"", .order = ORDER_BEST, .limit = 20 },
		{ .name = "search prefix", .words = "batter*", .order = ORDER_BEST, .limit = 20 },
		{ .name = "search --sector", .words = "safety", .order = ORDER_BEST, .limit = 20, .sector = "toys" },
		{ .name = "log ID", .log = "G/TBT/N/USA/37" },
		{ .name = "log --sector --limit 100", .log = "", .sector = "toys", .limit = 100 },
		{ .name = "log --limit 100", .log = "", .limit = 100 },
	};

	for (size_t i = 0; i < sizeof(questions) / sizeof(*questions); i++)
		ask(ix, &questions[i]);
}

static void
ask_one(struct index *ix)
{
	AUTO_BUF id = BUF_INIT;
	struct index_counts counts;
	struct error err;
	double t = now_ms();
	long rows = 0;

	for (int i = 0; i < 1000; i++)
		index_resolve(ix, "g/tbt/n/usa/37", &id);
	printf("%-28s %9.3f ms\n", "resolve", (now_ms() - t) / 1000);
	t = now_ms();
	check(index_get(ix, buf_str(&id), count_row, &rows, &err), &err);
	printf("%-28s %9.3f ms\n", "get", now_ms() - t);
	t = now_ms();
	check(index_counts(ix, &counts, &err), &err);
	printf("%-28s %9.3f ms (%ld notifications, %ld open, %ld uncoded)\n", "counts", now_ms() - t, counts.notifications, counts.open, counts.uncoded);
}

int
main(int argc, char **argv)
{
	unsigned rows = argc > 2 ? (unsigned)atoi(argv[2]) : 105000;
	struct index *ix;
	struct rusage used;
	struct error err;
	double t;

	if (argc < 2) {
		fprintf(stderr, "usage: index_bench FILE [ROWS]\n");
		return 64;
	}
	setenv("REGWATCH_NOW", "2026-09-12T06:00:00Z", 1);
	unlink(argv[1]);
	check(index_open(argv[1], NULL, &sectors, &ix, &err), &err);
	fill(ix, rows);
	t = now_ms();
	index_free(ix);
	printf("%-28s %9.2f ms\n", "close", now_ms() - t);
	t = now_ms();
	check(index_open(argv[1], NULL, &sectors, &ix, &err), &err);
	printf("%-28s %9.2f ms\n", "open", now_ms() - t);
	ask_all(ix);
	ask_one(ix);
	index_free(ix);
	getrusage(RUSAGE_SELF, &used);
	printf("%-28s %9ld MB\n", "memory at most", used.ru_maxrss / 1024);
	return 0;
}
