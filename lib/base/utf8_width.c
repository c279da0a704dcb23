#include <string.h>

#include <utf8proc.h>

#include "buf.h"
#include "cleanup.h"
#include "utf8.h"

/* Printable ASCII at the start, no more than 'most' bytes: a column a byte. */
static size_t
ascii_columns(const char *s, size_t most)
{
	size_t i = 0;

	while (i < most && s[i] >= ' ' && s[i] <= '~')
		i++;
	return i;
}

size_t
utf8_width(const char *s)
{
	size_t width = ascii_columns(s, SIZE_MAX), n;
	int32_t cp;

	for (s += width; (n = utf8_next(s, &cp)) > 0; s += n)
		width += (size_t)utf8proc_charwidth(cp);
	return width;
}

size_t
utf8_fit(const char *s, size_t columns)
{
	size_t i = ascii_columns(s, columns), n, width, whole;
	int32_t cp, before = -1, state = 0;

	if (s[i] == '\0' || (s[i] >= ' ' && s[i] <= '~'))	/* a mark may belong to the last of them, a letter does not */
		return i;
	i -= i > 0;
	width = whole = i;
	for (; (n = utf8_next(s + i, &cp)) > 0; i += n, before = cp) {
		if (before < 0 || utf8proc_grapheme_break_stateful(before, cp, &state))
			whole = i;
		width += (size_t)utf8proc_charwidth(cp);
		if (width > columns)
			return whole;
	}
	return i;
}

void
utf8_ellipsis(const char *s, size_t columns, struct buf *out)
{
	size_t n = utf8_fit(s, columns);

	if (s[n] == '\0') {
		buf_adds(out, s);
	} else if (columns > 0) {
		buf_add(out, s, utf8_fit(s, columns - 1));
		buf_adds(out, "…");
	}
}

static void
add_blanks(size_t n, struct buf *out)
{
	while (n-- > 0)
		buf_addc(out, ' ');
}

void
utf8_wrap(const char *s, size_t columns, size_t indent, struct buf *out)
{
	size_t column = 0, gap, n;
	bool begun = false;	/* a word stands on the line */

	for (;; s += n) {
		AUTO_BUF word = BUF_INIT;
		size_t width;

		gap = strspn(s, " ");
		s += gap;
		if ((n = strcspn(s, " ")) == 0)
			return;
		buf_add(&word, s, n);
		width = utf8_width(word.data);
		if (begun && columns > 0 && column + gap + width > columns) {
			buf_addc(out, '\n');
			column = 0;
			gap = indent;
		}
		add_blanks(gap, out);
		buf_add(out, word.data, n);
		column += gap + width;
		begun = true;
	}
}
