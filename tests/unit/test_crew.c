/* Processes that share work: all of it is done once, and a failure of one of them is the failure of all. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/base/crew.h"
#include "lib/base/error.h"

#define PIECES 1000

struct board {
	unsigned char done[PIECES];	/* how often */
};

static struct board *
board(void)
{
	struct board *b = mmap(NULL, sizeof(*b), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	assert_true(b != MAP_FAILED);
	return b;
}

static int
mark_numbers(void *ctx, struct crew *c, size_t number, struct error *err)
{
	struct board *b = ctx;

	(void)c;
	(void)err;
	b->done[number]++;
	return 0;
}

static void
test_each_process_has_its_number(void **state)
{
	struct board *b = board();
	struct crew *c;
	struct error err;

	(void)state;
	assert_int_equal(crew_begin(3, mark_numbers, b, &c, &err), 0);
	assert_int_equal(crew_wait(c, &err), 0);
	crew_free(c);
	for (size_t i = 0; i < PIECES; i++)
		assert_int_equal(b->done[i], i >= 1 && i <= 3);
	munmap(b, sizeof(*b));
}

static int
fail_second(void *ctx, struct crew *c, size_t number, struct error *err)
{
	(void)ctx;
	(void)c;
	return number == 2 ? error_set(err, ERR_IO, "cannot write 'x'") : 0;
}

static void
test_a_failure_comes_with_its_words(void **state)
{
	struct crew *c;
	struct error err;

	(void)state;
	assert_int_equal(crew_begin(3, fail_second, NULL, &c, &err), 0);
	assert_int_equal(crew_wait(c, &err), ERR_IO);
	assert_int_equal(err.code, ERR_IO);
	assert_string_equal(err.text, "cannot write 'x'");
	crew_free(c);
}

static int
kill_first(void *ctx, struct crew *c, size_t number, struct error *err)
{
	(void)ctx;
	(void)c;
	(void)err;
	if (number == 1)
		kill(getpid(), SIGTERM);
	return 0;
}

static void
test_a_killed_process_is_a_failure(void **state)
{
	struct crew *c;
	struct error err;

	(void)state;
	assert_int_equal(crew_begin(2, kill_first, NULL, &c, &err), 0);
	assert_int_equal(crew_wait(c, &err), ERR_SYSTEM);
	assert_string_equal(err.text, "process 1 was ended by signal 15");
	crew_free(c);
}

static int
never_end(void *ctx, struct crew *c, size_t number, struct error *err)
{
	(void)ctx;
	(void)c;
	(void)number;
	(void)err;
	for (;;)
		pause();
	return 0;
}

static void
test_who_gives_up_leaves_none_behind(void **state)
{
	struct crew *c;
	struct error err;

	(void)state;
	assert_int_equal(crew_begin(2, never_end, NULL, &c, &err), 0);
	crew_free(c);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);	/* no child */
}

static int
take_pieces(void *ctx, struct crew *c, size_t number, struct error *err)
{
	struct board *b = ctx;

	(void)number;
	(void)err;
	for (size_t i; (i = crew_next(c)) < PIECES; )
		__atomic_fetch_add(&b->done[i], 1, __ATOMIC_RELAXED);
	return 0;
}

static void
test_each_piece_of_work_is_taken_once(void **state)
{
	struct board *b = board();
	struct crew *c;
	struct error err;

	(void)state;
	assert_int_equal(crew_begin(2, take_pieces, b, &c, &err), 0);
	take_pieces(b, c, 0, &err);
	assert_int_equal(crew_wait(c, &err), 0);
	crew_free(c);
	for (size_t i = 0; i < PIECES; i++)
		assert_int_equal(b->done[i], 1);
	munmap(b, sizeof(*b));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_process_has_its_number),
		cmocka_unit_test(test_a_failure_comes_with_its_words),
		cmocka_unit_test(test_a_killed_process_is_a_failure),
		cmocka_unit_test(test_who_gives_up_leaves_none_behind),
		cmocka_unit_test(test_each_piece_of_work_is_taken_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
