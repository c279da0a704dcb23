/* Writes a file as a C string: embed NAME FILE > out.c. Used by the build only. */
#include <stdio.h>

int
main(int argc, char **argv)
{
	FILE *f = argc == 3 ? fopen(argv[2], "rb") : NULL;
	int c, column = 0;

	if (f == NULL) {
		fprintf(stderr, "usage: embed NAME FILE\n");
		return 1;
	}
	printf("extern const char %s[];\nconst char %s[] = {\n", argv[1], argv[1]);
	while ((c = getc(f)) != EOF)
		printf("%d,%s", c > 127 ? c - 256 : c, ++column % 32 == 0 ? "\n" : "");
	printf("0\n};\n");
	return ferror(f) || fclose(f) != 0 || fflush(stdout) != 0;
}
