/* The store against git fast-import: the same commits of main, byte for byte, and the same raw files, both synced to disk.
 *
 *	bulk [-n VERSIONS] FOLDER
 *
 * fast-import runs twice: for both branches, and for main alone. Its streams are prepared first, untimed; our own side makes its versions while being
 * timed. Of the branch raw only the files are the same: fast-import gets one short commit for all. Prints seconds, peak memory and size of the pack of
 * each; fails when the tips of main or the trees of raw differ. */
#include <assert.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/base/alloc.h"
#include "lib/base/cleanup.h"
#include "lib/base/date.h"
#include "lib/base/error.h"
#include "store/commit.h"
#include "store/git.h"
#include "store/stale.h"
#include "versions.h"

static long versions_wanted = 105000;

static void
must(int rc, const struct error *err)
{
	if (rc >= 0)
		return;
	fprintf(stderr, "bulk: %s\n", err->text);
	exit(1);
}

static void
put_data(FILE *out, const void *data, size_t n)
{
	fprintf(out, "data %zu\n", n);
	fwrite(data, 1, n, out);
	putc('\n', out);
}

static void
put_version(FILE *out, const struct new_version *v, long i, bool with_raw)
{
	AUTO_BUF message = BUF_INIT;
	char hex[OID_HEX];
	struct error err;
	git_oid raw;

	store_hash(v->raw, v->raw_len, hex);
	store_oid(hex, &raw);
	if (with_raw) {
		fprintf(out, "blob\nmark :%ld\n", i + 1);
		put_data(out, v->raw, v->raw_len);
	}
	must(commit_message(v, &raw, &message, &err), &err);
	fprintf(out, "commit " STORE_MAIN "\nauthor %s <%s> %" PRId64 " +0000\ncommitter " STORE_COMMITTER " %" PRId64 " +0000\n", v->author_name,
	    v->author_email, v->author_time, v->commit_time);
	put_data(out, message.data, message.len);
	fprintf(out, "M 100644 inline %s\n", v->path);
	put_data(out, v->record, v->record_len);
}

/* What fast-import reads. The raw branch comes last: one commit of all raw files. */
static void
write_stream(const char *path, bool with_raw)
{
	AUTO_BUF paths = BUF_INIT;
	struct versions *all = versions_new();
	FILE *out = fopen(path, "w");
	int64_t time = 0;

	assert(out != NULL);
	for (long i = 0; i < versions_wanted; i++) {
		const struct new_version *v = versions_next(all);

		put_version(out, v, i, with_raw);
		if (with_raw)
			buf_addf(&paths, "M 100644 :%ld %s\n", i + 1, v->raw_path);
		time = i == 0 ? v->commit_time : time;
	}
	if (with_raw) {
		AUTO_FREE char *subject = xasprintf("eping: %ld payloads\n", versions_wanted);

		fprintf(out, "commit " STORE_RAW "\ncommitter " STORE_COMMITTER " %" PRId64 " +0000\n", time);
		put_data(out, subject, strlen(subject));
		fputs(buf_str(&paths), out);
	}
	assert(fclose(out) == 0);
	versions_free(all);
}

static int
run_ours(const char *repository, const char *stream)
{
	struct versions *all = versions_new();
	struct error err;
	struct store *st;
	struct batch *b;
	char commit[OID_HEX];

	(void)stream;
	must(store_open(repository, true, &st, &err), &err);
	must(batch_begin(st, &b, &err), &err);
	for (long i = 0; i < versions_wanted; i++)
		must(batch_add(b, versions_next(all), commit, &err), &err);
	must(batch_commit(b, &err), &err);
	batch_free(b);
	store_free(st);
	versions_free(all);
	return 0;
}

/* Only making the versions: what part of our time is the bench's own. */
static int
run_nothing(const char *repository, const char *stream)
{
	struct versions *all = versions_new();

	(void)repository;
	(void)stream;
	for (long i = 0; i < versions_wanted; i++)
		versions_next(all);
	versions_free(all);
	return 0;
}

static int
run_git(const char *repository, const char *stream)
{
	int fd = open(stream, O_RDONLY);

	dup2(fd, 0);
	execlp("git", "git", "--git-dir", repository, "fast-import", "--quiet", (char *)NULL);
	return 1;
}

static void
run_quietly(const char *command, const char *repository, char *line, size_t size)
{
	AUTO_FREE char *whole = xasprintf("cd '%s' && %s", repository, command);
	FILE *p = popen(whole, "r");

	if (p == NULL || fgets(line, (int)size, p) == NULL)
		line[0] = '\0';
	line[strcspn(line, "\n\t")] = '\0';
	if (p != NULL)
		pclose(p);
}

struct side {
	const char *name;
	int (*run)(const char *repository, const char *stream);
	const char *stream;		/* file in the folder */
	char main[64], raw_tree[64];	/* ids afterwards */
};

/* Runs one side in a process of its own and prints its row. */
static void
measure(struct side *side, const char *folder)
{
	AUTO_FREE char *repository = xasprintf("%s/%s.git", folder, side->name);
	AUTO_FREE char *stream = xasprintf("%s/%s", folder, side->stream);
	struct rusage used;
	struct error err;
	char bytes[64];
	double start, seconds;
	int status;
	pid_t pid;

	must(store_create(repository, &err), &err);
	start = clock_monotonic();
	pid = fork();
	if (pid == 0)
		_exit(side->run(repository, stream));
	wait4(pid, &status, 0, &used);
	seconds = clock_monotonic() - start;
	assert(status == 0);
	run_quietly("du -cb objects/pack/*.pack 2>/dev/null | tail -1", repository, bytes, sizeof(bytes));
	run_quietly("git rev-parse -q --verify main", repository, side->main, sizeof(side->main));
	run_quietly("git rev-parse -q --verify raw^{tree}", repository, side->raw_tree, sizeof(side->raw_tree));
	printf("%-22s %7.2f s  user %6.2f s  sys %5.2f s  %7ld KB peak  %10s bytes of pack\n", side->name, seconds,
	    (double)used.ru_utime.tv_sec + (double)used.ru_utime.tv_usec / 1e6, (double)used.ru_stime.tv_sec + (double)used.ru_stime.tv_usec / 1e6,
	    used.ru_maxrss, bytes);
	fflush(stdout);
}

static void
prepare(const char *folder)
{
	AUTO_FREE char *both = xasprintf("%s/both", folder), *alone = xasprintf("%s/alone", folder);

	write_stream(both, true);
	write_stream(alone, false);
}

int
main(int argc, char **argv)
{
	struct side sides[] = {
		{ .name = "making-versions", .run = run_nothing, .stream = "" },
		{ .name = "regwatch", .run = run_ours, .stream = "" },
		{ .name = "fast-import", .run = run_git, .stream = "both" },
		{ .name = "fast-import-main-only", .run = run_git, .stream = "alone" },
	};
	AUTO_FREE char *folder = NULL;
	int option;
	bool same;

	while ((option = getopt(argc, argv, "n:")) != -1)
		versions_wanted = option == 'n' ? atol(optarg) : versions_wanted;
	assert(optind < argc);
	folder = xasprintf("%s/bulk-XXXXXX", argv[optind]);
	assert(mkdtemp(folder) != NULL);
	prepare(folder);
	for (size_t i = 0; i < sizeof(sides) / sizeof(sides[0]); i++)
		measure(&sides[i], folder);
	same = strcmp(sides[1].main, sides[2].main) == 0 && strcmp(sides[1].main, sides[3].main) == 0 && strcmp(sides[1].raw_tree, sides[2].raw_tree) == 0;
	printf("main %s %s\n", sides[1].main, same ? "in all three" : "differs");
	if (getenv("BULK_KEEP") == NULL)
		stale_remove_folder(folder, NULL);
	return !same;
}
