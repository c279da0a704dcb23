/* A tree object of a store that somebody else wrote: "NAME", "%%", its bytes. An accepted one stays acceptable when a name is put into it. */
#include <string.h>

#include "fuzz.h"
#include "store/tree_bytes.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *mark = memmem(data, size, "\n%%\n", 4);
	AUTO_FREE char *name = fuzz_text(data, mark != NULL ? (size_t)(mark - data) : size);
	AUTO_BUF tree = BUF_INIT;
	git_oid id, put = { { 1 } };
	enum tree_kind kind;

	if (mark != NULL)
		buf_add(&tree, mark + 4, size - (size_t)(mark + 4 - data));
	if (!tree_bytes_valid(buf_str(&tree), tree.len) || !tree_part_valid(name, strlen(name)))
		return 0;
	REQUIRE(fuzz_is_path(name));
	kind = tree_bytes_find(&tree, name, &id);
	tree_bytes_put(&tree, name, kind == TREE_FOLDER, &put);
	REQUIRE(tree_bytes_valid(buf_str(&tree), tree.len));
	REQUIRE(tree_bytes_find(&tree, name, &id) == (kind == TREE_FOLDER ? TREE_FOLDER : TREE_FILE) && git_oid_equal(&id, &put));
	return 0;
}
