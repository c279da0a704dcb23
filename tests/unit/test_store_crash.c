/* A writer killed at each of its steps: the store stays clean, and doing it again gives what would have been. The functions below stand before those of
 * libc, also for libgit2. */
#include "store_fixture.h"

#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "store/delivered.h"
#include "store/maintain.h"

static int steps_left = -1;	/* -1: live */

static void
step(void)
{
	if (steps_left > 0 && --steps_left == 0)
		kill(getpid(), SIGKILL);
}

int
rename(const char *from, const char *to)
{
	step();
	return (int)syscall(SYS_rename, from, to);
}

int
link(const char *from, const char *to)
{
	step();
	return (int)syscall(SYS_link, from, to);
}

int
unlink(const char *path)
{
	step();
	return (int)syscall(SYS_unlink, path);
}

int
fsync(int fd)
{
	step();
	return (int)syscall(SYS_fsync, fd);
}

/* Runs 'work' on the store in a process that dies at its n-th step (0: never); false when it came to its end. */
static bool
killed_at(struct fixture *f, int n, void (*work)(struct fixture *f))
{
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		fixture_open(f);
		steps_left = n;
		work(f);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
		return true;
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	return false;
}

/* A crash may leave objects that nothing needs, but nothing broken, and nothing that stands in the way. */
static void
assert_sound(struct fixture *f)
{
	assert_shell(f, "find . -name '*.lock' -o -name 'tmp_*' -o -name '*_git2_*'; "
	    "git fsck --strict --no-progress 2>&1 | grep -v -e '^dangling ' -e '^notice: ' || true", "");
}

/* On a copy of the store: killed at the n-th step, looked at, done again. What 'show' then prints; *killed tells whether there was an n-th step. */
static char *
try_step(const struct fixture *start, int n, void (*work)(struct fixture *f), const char *show, bool *killed)
{
	struct fixture f = { .folder = start->folder, .path = xasprintf("%s/work.git", start->folder) };
	char *said;

	free(fixture_shell(start, "rm -rf ../work.git && cp -al . ../work.git"));
	*killed = killed_at(&f, n, work);
	fixture_open(&f);
	assert_sound(&f);
	if (*killed)
		work(&f);
	fixture_close(&f);
	said = fixture_shell(&f, show);
	free(f.path);
	return said;
}

static void
try_each_step(const struct fixture *start, void (*work)(struct fixture *f), const char *show, int at_least)
{
	bool killed;
	AUTO_FREE char *expected = try_step(start, 0, work, show, &killed);
	int n = 0;

	assert_false(killed);
	do {
		AUTO_FREE char *said = try_step(start, ++n, work, show, &killed);

		assert_string_equal(said, expected);
	} while (killed);
	assert_true(n > at_least);
}

#define SHOW_TIPS "cat refs/heads/main refs/heads/raw"

/* As a fetch would: what the store holds already makes no version. */
static void
add_up_to(struct fixture *f, int last)
{
	AUTO_BUF record = BUF_INIT;
	struct sample s;

	sample_init(&s, last, 1);
	if (store_read(f->st, "", s.path, &record, NULL, NULL) < 0 || strcmp(buf_str(&record), s.record) != 0)
		fixture_add(f, 101, last, 1, NULL);
	events_clear(&s.events);
}

static void
add_one(struct fixture *f)
{
	add_up_to(f, 101);
}

static void
add_thirty(struct fixture *f)
{
	add_up_to(f, 130);
}

static void
test_loose_batch_killed_anywhere_is_done_whole_or_not_at_all(void **state)
{
	struct fixture *f = *state;

	fixture_add(f, 101, 101, 0, NULL);
	try_each_step(f, add_one, SHOW_TIPS, 20);
}

static void
test_packed_batch_killed_anywhere_is_done_whole_or_not_at_all(void **state)
{
	struct fixture *f = *state;

	fixture_add(f, 101, 101, 0, NULL);
	try_each_step(f, add_thirty, SHOW_TIPS, 10);
}

static void
test_first_batch_of_a_store_may_be_killed_too(void **state)
{
	try_each_step(*state, add_thirty, SHOW_TIPS, 10);
}

/* Goes on from where it finds the inbox, as an alert would. */
static void
deliver(struct fixture *f)
{
	AUTO_RECEIPT r = RECEIPT_INIT;
	AUTO_STRV reminders = STRV_INIT;
	char tip[OID_HEX];
	struct delivery d = { .up_to = tip, .message_id = "<1@example.org>", .message = "synthetic", .n = 9, .reminders = &reminders };

	strv_add(&reminders, "G/TBT/N/USA/1 2026-06-01");
	assert_ok(f, store_tip(f->st, STORE_MAIN, tip, &f->err));
	assert_ok(f, delivered_newest(f->st, "toys", "mailto:a@example.org", &r, &f->err));
	if (r.state == RECEIPT_NONE)
		assert_ok(f, delivered_begin(f->st, &r, "", FIXTURE_TIME, &f->err));
	if (r.state == RECEIPT_SENT && strcmp(r.up_to, tip) != 0)
		assert_ok(f, delivered_pend(f->st, &r, &d, FIXTURE_TIME + 1, &f->err));
	if (r.state == RECEIPT_PENDING)
		assert_ok(f, delivered_settle(f->st, &r, true, NULL, FIXTURE_TIME + 2, &f->err));
}

static void
test_delivery_killed_anywhere_is_recorded_once(void **state)
{
	struct fixture *f = *state;

	fixture_add(f, 1, 1, 0, NULL);
	try_each_step(f, deliver, "git for-each-ref refs/regwatch; git log --format=%s $(git for-each-ref --format='%(objectname)' refs/regwatch)", 20);
}

static void
maintain(struct fixture *f)
{
	assert_ok(f, store_maintain(f->st, &f->err));
}

static void
test_housekeeping_killed_on_its_way_loses_nothing(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *expected = NULL;
	bool killed = true;

	for (int i = 1; i <= 320; i += 20)
		fixture_add(f, i, i + 19, 0, NULL);
	expected = fixture_shell(f, "git rev-list --objects --all | sort");
	/* some steps up to the new pack's appearance, then some of the thousands of files that go */
	for (int n = 1; killed; n = n < 8 ? n + 1 : n * 8) {
		AUTO_FREE char *said = try_step(f, n, maintain, "git rev-list --objects --all | sort", &killed);

		assert_string_equal(said, expected);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_loose_batch_killed_anywhere_is_done_whole_or_not_at_all, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_packed_batch_killed_anywhere_is_done_whole_or_not_at_all, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_first_batch_of_a_store_may_be_killed_too, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_delivery_killed_anywhere_is_recorded_once, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_housekeeping_killed_on_its_way_loses_nothing, fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
