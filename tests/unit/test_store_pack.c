/* Parts of packs: differences, trees as bytes, the nested trees of a batch, the pack and its index. */
#include "store_fixture.h"

#include "store/bulk.h"
#include "store/delta.h"
#include "store/objects.h"
#include "store/tree.h"
#include "store/tree_bytes.h"

/* Applies a difference as git would; NULL when it is malformed. */
static char *
apply(const char *base, size_t base_len, const struct buf *delta, size_t *len)
{
	const unsigned char *p = (const unsigned char *)delta->data, *end = p + delta->len;
	struct buf out = BUF_INIT;
	size_t sizes[2] = { 0, 0 };

	for (int i = 0; i < 2; i++)
		for (unsigned shift = 0;; shift += 7) {
			sizes[i] |= (size_t)(*p & 127) << shift;
			if ((*p++ & 128) == 0)
				break;
		}
	assert_int_equal(sizes[0], base_len);
	while (p < end) {
		unsigned op = *p++;
		size_t offset = 0, n = 0;

		if ((op & 0x80) == 0) {
			assert_true(op > 0);
			buf_add(&out, p, op);
			p += op;
			continue;
		}
		for (unsigned i = 0; i < 4; i++)
			offset |= (op & (1u << i)) != 0 ? (size_t)*p++ << (8 * i) : 0;
		for (unsigned i = 0; i < 3; i++)
			n |= (op & (0x10u << i)) != 0 ? (size_t)*p++ << (8 * i) : 0;
		assert_true(n > 0 && offset + n <= base_len);
		buf_add(&out, base + offset, n);
	}
	assert_int_equal(sizes[1], out.len);
	*len = out.len;
	return buf_take(&out);
}

static void
assert_delta(const char *base, size_t base_len, const char *result, size_t result_len, size_t at_most)
{
	AUTO_BUF delta = BUF_INIT;
	AUTO_FREE char *again = NULL;
	size_t len;

	assert_true(delta_find(base, base_len, result, result_len, SIZE_MAX / 2, &delta));
	again = apply(base, base_len, &delta, &len);
	assert_int_equal(len, result_len);
	assert_memory_equal(again, result, len);
	assert_true(delta.len <= at_most);
}

static void
test_delta_gives_the_result_back(void **state)
{
	const char text[] = "The first sentence of a synthetic record.\nThe second one.\nA third, which is the longest of them all, ends it.\n";
	const char changed[] = "The first sentence of a synthetic record.\nAnother second one.\nA third, which is the longest of them all, ends it.\n";

	(void)state;
	/* two sizes, copy of 42 with a new word, copy of the rest */
	assert_delta(text, strlen(text), changed, strlen(changed), 2 + 3 + 9 + 4 + 3);
	assert_delta(text, strlen(text), text, strlen(text), 2 + 3);
	assert_delta("", 0, text, strlen(text), 2 + 1 + strlen(text));
	assert_delta(text, strlen(text), "", 0, 2);
	assert_delta("", 0, "", 0, 2);
	assert_delta(text, 15, text, 15, 2 + 1 + 15);
}

static void
test_delta_copies_long_stretches_in_parts(void **state)
{
	size_t n = 200000;
	AUTO_FREE char *base = xmalloc(n);
	uint32_t x = 1;

	(void)state;
	for (size_t i = 0; i < n; i++) {
		x = x * 1664525 + 1013904223;
		base[i] = (char)(x >> 24);
	}
	assert_delta(base, n, base, n, 40);
	assert_delta(base, n, base + 70001, n - 70001, 40);
	assert_delta(base + 1000, n - 1000, base, n, 1100);
}

static void
test_delta_gives_up_when_it_would_be_too_long(void **state)
{
	AUTO_BUF delta = BUF_INIT;

	(void)state;
	buf_adds(&delta, "x");
	assert_false(delta_find("abc", 3, "a text without anything in common", 33, 30, &delta));
	assert_string_equal(buf_str(&delta), "x");
}

static void
test_tree_entries_stand_in_the_order_of_git(void **state)
{
	AUTO_BUF tree = BUF_INIT;
	git_oid id, found;

	(void)state;
	memset(&id, 'i', sizeof(id));
	tree_bytes_put(&tree, "b", true, &id);
	tree_bytes_put(&tree, "b.md", false, &id);	/* '.' comes before the '/' of a folder */
	tree_bytes_put(&tree, "a", false, &id);
	tree_bytes_put(&tree, "b0", false, &id);
	assert_int_equal(tree.len, 4 * 20 + 7 + 2 + 7 + 5 + 6 + 2 + 7 + 3);
	assert_memory_equal(tree.data, "100644 a\0iiiiiiiiiiiiiiiiiiii100644 b.md\0iiiiiiiiiiiiiiiiiiii40000 b\0iiiiiiiiiiiiiiiiiiii100644 b0\0iiiiiiiiiiiiiiiiiiii", tree.len);
	assert_true(tree_bytes_valid(tree.data, tree.len));
	memset(&id, 'j', sizeof(id));
	tree_bytes_put(&tree, "b", true, &id);
	assert_int_equal(tree_bytes_find(&tree, "b", &found), TREE_FOLDER);
	assert_true(git_oid_equal(&found, &id));
	assert_int_equal(tree_bytes_find(&tree, "b.md", &found), TREE_FILE);
	assert_int_equal(tree_bytes_find(&tree, "c", &found), TREE_ABSENT);
}

static void
test_foreign_tree_bytes_are_recognised(void **state)
{
#define ID "iiiiiiiiiiiiiiiiiiii"
	static const struct {
		const char *bytes;
		size_t n;
		bool valid;
	} cases[] = {
		{ "", 0, true },
		{ "100644 a\0" ID, 29, true },
		{ "100644 a\0" ID, 28, false },
		{ "100644 a\0" ID "1", 30, false },
		{ "100644 a", 8, false },
		{ "100644 ", 7, false },
		{ "100644 \0" ID, 28, false },
		{ "100755 a\0" ID, 29, false },
		{ "120000 a\0" ID, 29, false },
		{ "160000 a\0" ID, 29, false },
		{ "040000 a\0" ID, 29, false },
		{ "100644 ..\0" ID, 30, false },
		{ "40000 .git\0" ID, 31, false },
		{ "100644 a/b\0" ID, 31, false },
		{ "100644 b\0" ID "100644 a\0" ID, 58, false },
		{ "100644 a\0" ID "100644 a\0" ID, 58, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (tree_bytes_valid(cases[i].bytes, cases[i].n) != cases[i].valid)
			fail_msg("case %zu", i);
}

static void
test_pack_is_what_git_expects(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *folder = xasprintf("%s/objects/pack", f->path);
	AUTO_BUF text = BUF_INIT, delta = BUF_INIT;
	struct bulk *b;
	git_oid ids[120];

	assert_ok(f, bulk_new(folder, &b, &f->err));
	for (int i = 0; i < 120; i++) {
		struct bulk_delta d = { .base = i > 0 ? &ids[i - 1] : NULL };
		AUTO_BUF before = BUF_INIT;

		buf_add(&before, text.data, text.len);
		buf_addf(&text, "line %d of a synthetic text that grows\n", i);
		buf_reset(&delta);
		assert_int_equal(git_odb_hash(&ids[i], text.data, text.len, GIT_OBJECT_BLOB), 0);
		if (i > 0) {
			assert_true(delta_find(before.data, before.len, text.data, text.len, SIZE_MAX / 2, &delta));
			d.data = delta.data;
			d.n = delta.len;
		}
		assert_ok(f, bulk_add(b, GIT_OBJECT_BLOB, &ids[i], text.data, text.len, i > 0 ? &d : NULL, &f->err));
		assert_ok(f, bulk_add(b, GIT_OBJECT_BLOB, &ids[i], text.data, text.len, NULL, &f->err));	/* twice is once */
	}
	assert_ok(f, bulk_finish(b, &f->err));
	bulk_free(b);
	assert_shell(f, "ls objects/pack | wc -l; git verify-pack -v objects/pack/*.idx | tail -n +1 | grep -c blob; "
	    "git verify-pack -s objects/pack/*.idx | grep -e '^non delta' -e 'length = 50'", "2\n120\nnon delta: 3 objects\nchain length = 50: 2 objects");
	assert_shell(f, "cp objects/pack/*.pack ../copy.pack && git index-pack --strict ../copy.pack > /dev/null && cmp objects/pack/*.idx ../copy.idx && echo same", "same");
}

static void
test_empty_pack_is_not_written(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *folder = xasprintf("%s/objects/pack", f->path), *missing = xasprintf("%s/nowhere", f->path);
	struct bulk *b;

	assert_ok(f, bulk_new(folder, &b, &f->err));
	assert_ok(f, bulk_finish(b, &f->err));
	bulk_free(b);
	assert_ok(f, bulk_new(folder, &b, &f->err));
	bulk_free(b);
	assert_shell(f, "ls objects/pack", "");
	assert_int_equal(bulk_new(missing, &b, &f->err), ERR_IO);
	assert_null(b);
}

/* A killed writer leaves a pack without index, which counts for nothing and would stay for ever. */
static void
test_an_old_pack_without_index_is_removed_and_nothing_else(void **state)
{
	struct fixture *f = *state;

	fixture_add(f, 1, 300, 0, NULL);	/* a pack with its index, as old as the others */
	fixture_close(f);
	assert_shell(f, "cd objects/pack && ls *.idx | wc -l && touch -d '20 minutes ago' pack-* && ls pack-* >../had && cd .. && a=$(printf %040d 1) b=$(printf %040d 2) c=$(printf %040d 3) && "
	    "cd pack && touch -d '20 minutes ago' pack-$a.pack pack-$a.rev pack-$b.pack pack-$b.keep pack-mine.pack other.pack && touch pack-$c.pack", "1");
	fixture_open(f);
	assert_shell(f, "ls objects/pack | grep -vxFf objects/had",
	    "other.pack\npack-0000000000000000000000000000000000000002.keep\npack-0000000000000000000000000000000000000002.pack\n"
	    "pack-0000000000000000000000000000000000000003.pack\npack-mine.pack");
	assert_shell(f, "ls objects/pack | grep -cxFf objects/had", "2");
}

#define PLAIN(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_delta_gives_the_result_back),
		cmocka_unit_test(test_delta_copies_long_stretches_in_parts),
		cmocka_unit_test(test_delta_gives_up_when_it_would_be_too_long),
		cmocka_unit_test(test_tree_entries_stand_in_the_order_of_git),
		cmocka_unit_test(test_foreign_tree_bytes_are_recognised),
		PLAIN(test_pack_is_what_git_expects),
		PLAIN(test_empty_pack_is_not_written),
		PLAIN(test_an_old_pack_without_index_is_removed_and_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
