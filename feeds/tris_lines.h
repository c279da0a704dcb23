/* A message as lines, each with the item number it starts with, and where among them the items begin. */
#ifndef REGWATCH_FEEDS_TRIS_LINES_H
#define REGWATCH_FEEDS_TRIS_LINES_H

#include "tris_message.h"

struct tris_line {
	const char *s;		/* in the text; not terminated */
	size_t n;
	size_t rest;		/* behind "4." and blanks */
	unsigned char number;	/* 0: the line starts with none of 1 to 16 */
	char letter;		/* 'A' or 'B' behind a 3, else '\0' */
};

struct tris_lines {
	struct tris_line *v;
	size_t n;
};

/* Text that is NUL-terminated and outlives the lines. Lines past 100,000 are left out. */
void tris_lines_init(struct tris_lines *lines, const char *text, size_t n);
void tris_lines_clear(struct tris_lines *lines);

/* The item number of a slot. */
unsigned tris_item_number(int slot);

/* Where each item begins: starts[slot] = index of its line, lines->n when it is not there. Looks from line 'from' on. */
void tris_lines_items(const struct tris_lines *lines, size_t from, size_t starts[TRIS_ITEMS]);

#endif
