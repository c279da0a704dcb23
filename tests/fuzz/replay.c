/* Runs every file of a folder through a fuzz target, in order of their names: the corpus as a test of any build. */
#include <dirent.h>
#include <string.h>

#include "fuzz.h"
#include "lib/base/file.h"

#define SEED_MOST (1 << 20)

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int
is_seed(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static bool
replay(const char *dir, const char *name)
{
	AUTO_FREE char *path = file_join(dir, name);
	AUTO_BUF bytes = BUF_INIT;
	AUTO_FREE uint8_t *data = NULL;
	struct error err;

	if (file_read(path, SEED_MOST, &bytes, &err) < 0) {
		fprintf(stderr, "%s\n", err.text);
		return false;
	}
	/* a block of just its size: a read past the end is seen */
	data = malloc(bytes.len > 0 ? bytes.len : 1);
	if (data == NULL)
		return false;
	memcpy(data, buf_str(&bytes), bytes.len);
	fprintf(stderr, "%s\n", path);
	return LLVMFuzzerTestOneInput(data, bytes.len) == 0;
}

int
main(int argc, char **argv)
{
	struct dirent **found;
	int n, bad = 0;

	if (argc != 2 || (n = scandir(argv[1], &found, is_seed, by_name)) < 0) {
		fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
		return 64;
	}
	for (int i = 0; i < n; i++) {
		bad += !replay(argv[1], found[i]->d_name);
		free(found[i]);
	}
	free(found);
	printf("%d inputs\n", n);
	return bad > 0 || n == 0;
}
