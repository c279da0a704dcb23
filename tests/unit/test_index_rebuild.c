#include "index_world.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#include "store/stale.h"

static const struct spec more_specs[] = {
	{ .id = "G/TBT/N/USA/10", .title = "Safety of toys, second text", .description = "Sets limits.", .distributed = "2026-05-01",
	  .deadline = "2026-07-01", .event = "edited: title" },
	{ .id = "G/TBT/N/USA/11", .title = "Wheels", .distributed = "2026-06-08" },
};

static void
remove_index(struct world *w)
{
	static const char *const tails[] = { "", "-wal", "-shm" };

	index_free(w->ix);
	w->ix = NULL;
	for (size_t i = 0; i < 3; i++) {
		AUTO_FREE char *name = xasprintf("%s%s", w->path, tails[i]);

		unlink(name);
	}
}

static void
assert_same(struct world *w, const char *expected)
{
	AUTO_FREE char *now = world_dump(w);

	assert_string_equal(now, expected);
}

static void
test_index_deleted_and_synced_answers_the_same(void **state)
{
	struct world *w = *state;
	AUTO_FREE char *before = NULL;

	world_take(w, more_specs, 2);
	before = world_dump(w);
	remove_index(w);
	world_open(w, &world_sectors);
	assert_string_equal(index_tip(w->ix), "");
	assert_ok(w->f, index_sync(w->ix, &w->f->err));
	assert_same(w, before);
}

static void
test_index_sync_reads_only_what_is_new(void **state)
{
	struct world *w = *state;
	AUTO_FREE char *synced = NULL;

	world_push(w, more_specs, 2);
	assert_string_equal(world_list(w, NULL, "wheels", ORDER_BEST), "");
	assert_ok(w->f, index_sync(w->ix, &w->f->err));
	assert_string_equal(world_list(w, NULL, "wheels", ORDER_BEST), "G/TBT/N/USA/11\n");
	synced = world_dump(w);
	assert_ok(w->f, index_sync(w->ix, &w->f->err));
	assert_same(w, synced);
	remove_index(w);
	world_open(w, &world_sectors);
	assert_ok(w->f, index_sync(w->ix, &w->f->err));
	assert_same(w, synced);
}

static void
test_index_writer_catches_up_first(void **state)
{
	struct world *w = *state;

	world_push(w, more_specs, 1);
	world_take(w, &more_specs[1], 1);
	assert_string_equal(world_list(w, NULL, "second", ORDER_BEST), "G/TBT/N/USA/10\n");
	assert_string_equal(world_list(w, NULL, "wheels", ORDER_BEST), "G/TBT/N/USA/11\n");
}

/* Another history under the same index: nothing of the old one may stay. */
static void
test_index_of_another_store_is_made_anew(void **state)
{
	struct world *w = *state;
	AUTO_FREE char *before = NULL;

	index_free(w->ix);
	w->ix = NULL;
	fixture_close(w->f);
	assert_ok(w->f, stale_remove_folder(w->f->path, &w->f->err));
	assert_ok(w->f, store_create(w->f->path, &w->f->err));
	fixture_open(w->f);
	w->at += 86400;
	world_push(w, &world_specs[2], 2);
	world_open(w, &world_sectors);
	assert_ok(w->f, index_sync(w->ix, &w->f->err));
	assert_string_equal(world_list(w, NULL, NULL, ORDER_NEWEST), "G/TBT/N/BDI/608\nG/SPS/N/KEN/7\n");
	before = world_dump(w);
	remove_index(w);
	world_open(w, &world_sectors);
	assert_ok(w->f, index_sync(w->ix, &w->f->err));
	assert_same(w, before);
}

static void
overwrite(const char *path, off_t from, size_t n)
{
	AUTO_FREE char *junk = xmalloc(n);
	AUTO_FD fd = open(path, O_WRONLY);

	assert_true(fd >= 0);
	memset(junk, 0x5a, n);
	assert_int_equal(pwrite(fd, junk, n, from), (ssize_t)n);
}

static void
mends(struct world *w, const char *expected)
{
	world_open(w, &world_sectors);
	assert_ok(w->f, index_sync(w->ix, &w->f->err));
	assert_same(w, expected);
}

static void
test_index_mends_a_damaged_or_foreign_file(void **state)
{
	struct world *w = *state;
	AUTO_FREE char *good = world_dump(w);

	index_free(TAKE(w->ix));
	overwrite(w->path, 0, 100);
	mends(w, good);
	index_free(TAKE(w->ix));
	assert_int_equal(truncate(w->path, 5000), 0);
	mends(w, good);
	index_free(TAKE(w->ix));
	assert_int_equal(truncate(w->path, 0), 0);
	mends(w, good);
	index_free(TAKE(w->ix));
	overwrite(w->path, 60, 4);	/* user_version stands here */
	mends(w, good);
	index_free(TAKE(w->ix));
	overwrite(w->path, 4096, 8192);
	mends(w, good);
}

static int
query_all(struct world *w)
{
	static const struct filter all = FILTER_INIT;
	int rc = index_list(w->ix, &all, NULL, ORDER_NEWEST, world_print_row, &w->out, &w->f->err);

	if (rc == 0)
		rc = index_log(w->ix, &all, NULL, NULL, false, world_print_event, &w->out, &w->f->err);
	return rc == 0 ? index_list(w->ix, &all, "toys", ORDER_BEST, world_print_row, &w->out, &w->f->err) : rc;
}

/* Damage deep inside shows only when it is read: that command fails, the next one finds a new index. */
static void
test_index_damage_met_by_a_question_is_mended_by_the_next_command(void **state)
{
	struct world *w = *state;
	AUTO_FREE char *good = world_dump(w);
	struct stat st;
	size_t met = 0;

	index_free(TAKE(w->ix));
	assert_int_equal(stat(w->path, &st), 0);
	for (off_t page = 8192; page + 4096 <= st.st_size; page += 4096) {
		bool damaged;

		overwrite(w->path, page, 4096);
		world_open(w, &world_sectors);
		damaged = query_all(w) < 0;
		if (damaged) {
			assert_int_equal(w->f->err.code, ERR_IO);
			assert_non_null(strstr(w->f->err.text, "damaged"));
			met++;
		} else
			remove_index(w);	/* no question came by that page */
		mends(w, good);
		index_free(TAKE(w->ix));
	}
	assert_true(met > 3);
}

/* ---- labels ---- */

static const char *const other_words[] = { "glass", "standard", "toys" };
static const struct sectors other_sectors = { "second", other_words, 3 };

static void
count_in_sector(struct world *w, const char *sector, const char *expected)
{
	struct filter f = FILTER_INIT;

	strv_add(&f.sectors, sector);
	assert_string_equal(world_list(w, &f, NULL, ORDER_NEWEST), expected);
	filter_clear(&f);
}

static void
test_index_labels_again_when_the_sectors_change(void **state)
{
	struct world *w = *state;
	AUTO_FREE char *first = world_dump(w);
	char tip[OID_HEX];

	snprintf(tip, sizeof(tip), "%s", index_tip(w->ix));
	world_open(w, &other_sectors);
	assert_string_equal(index_tip(w->ix), tip);
	count_in_sector(w, "glass", "2020/0026/D\n");
	count_in_sector(w, "standard", "G/TBT/N/BDI/608\n");
	count_in_sector(w, "toys", "G/TBT/N/USA/10/Add.1\nG/TBT/N/USA/10\n");
	count_in_sector(w, "wine", "");
	world_open(w, &world_sectors);
	assert_same(w, first);
}

static int
print_label(void *ctx, const char *sector, double score, bool low, const char *reason)
{
	buf_addf(ctx, "%s %.1f%s %s\n", sector, score, low ? " low" : "", reason);
	return 0;
}

static void
labels_are(struct world *w, const char *id, const char *expected)
{
	AUTO_BUF out = BUF_INIT;

	assert_ok(w->f, index_labels(w->ix, id, print_label, &out, &w->f->err));
	assert_string_equal(buf_str(&out), expected);
}

static void
test_index_labels_tell_why_and_follow_ups_inherit(void **state)
{
	struct world *w = *state;

	labels_are(w, "G/TBT/N/USA/10", "toys 3.0 title: toys\n");
	labels_are(w, "G/TBT/N/USA/10/Add.1", "toys 3.0 dossier: base\n");
	labels_are(w, "G/TBT/N/FIN/55", "wine 1.0 low products: wine\n");
	labels_are(w, "2020/0026/D", "");
}

/* What a follow-up may be about counts for nothing while its base is surely about something, and counts again once it is not. */
static void
test_index_guess_of_a_follow_up_gives_way_to_its_base(void **state)
{
	struct world *w = *state;
	struct spec guess = { .id = "G/TBT/N/USA/10/Add.2", .title = "Addendum", .products = "wine", .distributed = "2026-05-02", .event = "addendum" };
	struct spec changed = { .id = "G/TBT/N/USA/10", .title = "Safety", .distributed = "2026-05-01", .event = "edited: title" };
	struct spec back = { .id = "G/TBT/N/USA/10", .title = "Safety of wine", .distributed = "2026-05-01", .event = "edited: title" };

	world_take(w, &guess, 1);
	labels_are(w, "G/TBT/N/USA/10/Add.2", "toys 3.0 dossier: base\n");
	count_in_sector(w, "wine", "2026/0321/FI\nG/TBT/N/FIN/55\n");
	world_take(w, &changed, 1);
	labels_are(w, "G/TBT/N/USA/10/Add.2", "wine 1.0 low products: wine\n");
	world_take(w, &back, 1);
	labels_are(w, "G/TBT/N/USA/10/Add.2", "wine 3.0 dossier: base\n");
}

/* A base that loses a sector takes it from its follow-ups too. */
static void
test_index_follow_ups_lose_what_their_base_loses(void **state)
{
	struct world *w = *state;
	struct spec changed = { .id = "G/TBT/N/USA/10", .title = "Safety of dairy", .distributed = "2026-05-01", .event = "edited: title" };

	world_take(w, &changed, 1);
	labels_are(w, "G/TBT/N/USA/10/Add.1", "dairy 3.0 dossier: base\n");
	count_in_sector(w, "toys", "");
}

static void
test_index_without_sectors_is_labelled_at_the_next_opening(void **state)
{
	struct world *w = *state;
	struct spec one = { .id = "G/TBT/N/UGA/1", .title = "More toys", .distributed = "2026-06-09" };

	world_open(w, NULL);
	labels_are(w, "G/TBT/N/USA/10", "toys 3.0 title: toys\n");
	world_take(w, &one, 1);
	labels_are(w, "G/TBT/N/UGA/1", "");
	world_open(w, &world_sectors);
	labels_are(w, "G/TBT/N/UGA/1", "toys 3.0 title: toys\n");
}

/* ---- hostile history ---- */

static void
push_text(struct world *w, const char *id, const char *record)
{
	AUTO_EVENTS events = EVENTS_INIT;
	AUTO_BUF path = BUF_INIT;
	char commit[OID_HEX];
	struct batch *b;

	events_add(&events, EVENT_NEW, NULL, NULL, NULL);
	symbol_path(id, &path);
	buf_adds(&path, ".md");
	assert_ok(w->f, batch_begin(w->f->st, &b, &w->f->err));
	assert_ok(w->f, batch_add(b, &(struct new_version){ .path = buf_str(&path), .record = record, .record_len = strlen(record), .subject = "x",
	    .author_name = "Member", .author_email = "xx@member.invalid", .author_time = w->at, .commit_time = w->at, .notification = id, .dossier = id,
	    .source = "eping", .events = &events, .fetched = w->at }, commit, &w->f->err));
	assert_ok(w->f, batch_commit(b, &w->f->err));
	batch_free(b);
	w->at += 3600;
}

static void
test_index_passes_over_a_record_that_makes_no_sense(void **state)
{
	struct world *w = *state;
	char tip[OID_HEX];

	push_text(w, "G/TBT/N/USA/66", "no record at all\n");
	world_push(w, &more_specs[1], 1);
	assert_ok(w->f, index_sync(w->ix, &w->f->err));
	assert_string_equal(world_list(w, NULL, "wheels", ORDER_BEST), "G/TBT/N/USA/11\n");
	push_text(w, "G/TBT/N/USA/67", "nor this\n");
	assert_ok(w->f, index_sync(w->ix, &w->f->err));
	assert_ok(w->f, store_tip(w->f->st, STORE_MAIN, tip, &w->f->err));
	assert_string_equal(index_tip(w->ix), tip);
	assert_string_equal(world_log(w, NULL, NULL, tip, false), "");	/* a receipt may stand on it */
}

/* ---- other processes ---- */

/* In a child: begins a transaction and applies until it is killed. */
static void
write_until_killed(struct world *w, int ready)
{
	struct batch *b;

	index_free(TAKE(w->ix));
	world_open(w, &world_sectors);
	batch_begin(w->f->st, &b, NULL);
	index_begin(w->ix, NULL);
	for (int i = 1;; i++) {
		AUTO_FREE char *id = xasprintf("G/TBT/N/BRA/%d", i);
		struct spec s = { .id = id, .title = "Half a batch of toys", .distributed = "2026-06-09", .deadline = "2026-09-09" };

		world_add(w, b, &s, true);
		if (i == 2 && write(ready, "x", 1) != 1)
			_exit(1);
	}
}

/* A child that is writing; returns when it is well under way. */
static pid_t
start_writer(struct world *w)
{
	int ends[2];
	pid_t child;
	char c;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		write_until_killed(w, ends[1]);
		_exit(0);
	}
	close(ends[1]);
	assert_int_equal(read(ends[0], &c, 1), 1);
	close(ends[0]);
	return child;
}

static void
end_writer(pid_t child)
{
	int status;

	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
}

static void
test_index_killed_while_it_writes_is_as_it_was(void **state)
{
	struct world *w = *state;
	AUTO_FREE char *before = world_dump(w);

	for (unsigned delay = 0; delay < 6; delay++) {
		pid_t child;

		index_free(TAKE(w->ix));
		child = start_writer(w);
		usleep(delay * 1700);
		end_writer(child);
		world_open(w, &world_sectors);
		assert_ok(w->f, index_sync(w->ix, &w->f->err));
		assert_same(w, before);
	}
	fixture_close(w->f);	/* clears what the killed batches left */
	fixture_open(w->f);
	world_open(w, &world_sectors);
	world_take(w, more_specs, 2);
	assert_string_equal(world_list(w, NULL, "wheels", ORDER_BEST), "G/TBT/N/USA/11\n");
}

static void
test_index_is_read_while_another_process_writes(void **state)
{
	struct world *w = *state;
	AUTO_FREE char *before = world_dump(w);
	pid_t child;

	index_free(TAKE(w->ix));
	child = start_writer(w);
	world_open(w, &world_sectors);
	assert_ok(w->f, index_sync(w->ix, &w->f->err));
	assert_same(w, before);
	end_writer(child);
}

static void
test_index_works_from_the_store_where_it_cannot_be_kept(void **state)
{
	struct world *w = *state;
	AUTO_FREE char *before = world_dump(w);

	free(w->path);
	w->path = xasprintf("%s/nosuch/index.sqlite", w->f->folder);
	world_open(w, &world_sectors);
	assert_ok(w->f, index_sync(w->ix, &w->f->err));
	assert_same(w, before);
}

/* As root every folder can be written: give that up in a child. */
static void
test_index_in_a_read_only_folder_is_read_as_it_is(void **state)
{
	struct world *w = *state;
	AUTO_FREE char *before = world_dump(w);
	int status;
	pid_t child;

	index_free(TAKE(w->ix));
	assert_int_equal(chmod(w->path, 0444), 0);
	assert_int_equal(chmod(w->f->folder, 0555), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		AUTO_FREE char *now = NULL;

		if (geteuid() == 0 && (setgid(65534) < 0 || setuid(65534) < 0))
			_exit(77);
		if (index_open(w->path, w->f->st, &world_sectors, &w->ix, &w->f->err) < 0 || index_sync(w->ix, &w->f->err) < 0)
			_exit(1);
		now = world_dump(w);
		_exit(strcmp(now, before) == 0 && index_begin(w->ix, &w->f->err) == ERR_IO ? 0 : 2);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	chmod(w->f->folder, 0755);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_index_deleted_and_synced_answers_the_same, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_sync_reads_only_what_is_new, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_writer_catches_up_first, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_of_another_store_is_made_anew, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_mends_a_damaged_or_foreign_file, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_damage_met_by_a_question_is_mended_by_the_next_command, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_labels_again_when_the_sectors_change, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_labels_tell_why_and_follow_ups_inherit, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_guess_of_a_follow_up_gives_way_to_its_base, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_follow_ups_lose_what_their_base_loses, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_without_sectors_is_labelled_at_the_next_opening, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_passes_over_a_record_that_makes_no_sense, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_killed_while_it_writes_is_as_it_was, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_is_read_while_another_process_writes, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_works_from_the_store_where_it_cannot_be_kept, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_in_a_read_only_folder_is_read_as_it_is, world_setup, world_teardown),
	};

	return cmocka_run_group_tests_name("index_rebuild", tests, NULL, NULL);
}
