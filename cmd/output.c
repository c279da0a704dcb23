#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/message.h"
#include "../lib/base/utf8.h"
#include "cmd.h"

#define GAP 2		/* blanks between two columns */
#define COLUMN_MAX 48	/* columns of a cell that is not the last */

static FILE *pager;

FILE *
output_begin(struct app *app)
{
	const char *command = getenv("REGWATCH_PAGER");

	if (app->width == 0 || pager != NULL)
		return pager != NULL ? pager : stdout;
	if (command == NULL)
		command = getenv("PAGER");
	if (command == NULL)
		command = "less";
	if (command[0] == '\0' || strcmp(command, "cat") == 0)
		return stdout;
	setenv("LESS", "FRX", 0);
	fflush(stdout);
	pager = popen(command, "w");
	return pager != NULL ? pager : stdout;
}

int
output_end(struct error *err)
{
	bool failed;

	if (pager != NULL) {
		pclose(pager);
		pager = NULL;
	}
	errno = 0;
	failed = fflush(stdout) != 0 || ferror(stdout) != 0;
	if (failed && errno != EPIPE)
		return error_errno(err, ERR_IO, "cannot write the result");
	return 0;
}

void
table_row(struct table *t, const char *const *cells)
{
	for (size_t i = 0; i < t->columns; i++) {
		AUTO_BUF safe = BUF_INIT;

		message_filter(cells[i] != NULL ? cells[i] : "", &safe);
		for (size_t k = 0; k < safe.len; k++)
			if (safe.data[k] == '\n')
				safe.data[k] = ' ';
		strv_take(&t->cells, buf_take(&safe));
	}
}

static void
measure(const struct table *t, const char *const *headings, size_t *widths)
{
	for (size_t i = 0; i < t->columns; i++)
		widths[i] = headings != NULL ? utf8_width(headings[i]) : 0;
	for (size_t i = 0; i < t->cells.n; i++) {
		size_t w = utf8_width(t->cells.v[i]), *max = &widths[i % t->columns];

		if (w > *max)
			*max = w < COLUMN_MAX ? w : COLUMN_MAX;
	}
}

static void
print_row(const struct table *t, const struct app *app, char *const *cells, const size_t *widths, struct buf *line)
{
	size_t at = 0;

	for (size_t i = 0; i < t->columns; i++) {
		size_t room = i + 1 < t->columns ? widths[i] : app->width > at + 10 ? app->width - at : app->width > 0 ? 10 : 0;
		size_t before = line->len;

		if (room > 0)
			utf8_ellipsis(cells[i], room, line);
		else
			buf_adds(line, cells[i]);
		for (size_t w = utf8_width(line->data + before); i + 1 < t->columns && w < widths[i] + GAP; w++)
			buf_addc(line, ' ');
		at += widths[i] + GAP;
	}
	buf_trim(line);
	buf_addc(line, '\n');
}

void
table_print(struct table *t, const struct app *app, const char *const *headings, FILE *out)
{
	AUTO_FREE size_t *widths = xcalloc(t->columns, sizeof(*widths));
	AUTO_BUF text = BUF_INIT;

	measure(t, headings, widths);
	if (headings != NULL && app->width > 0 && t->cells.n > 0) {
		struct strv names = STRV_INIT;

		for (size_t i = 0; i < t->columns; i++)
			strv_add(&names, headings[i]);
		buf_adds(&text, app->colour ? "\033[1m" : "");
		print_row(t, app, names.v, widths, &text);
		buf_adds(&text, app->colour ? "\033[0m" : "");
		strv_clear(&names);
	}
	for (size_t i = 0; i + t->columns <= t->cells.n; i += t->columns)
		print_row(t, app, t->cells.v + i, widths, &text);
	fwrite(buf_str(&text), 1, text.len, out);
	strv_clear(&t->cells);
}

/* A spreadsheet runs a cell that begins with one of these, of which East Asian ones take the full-width forms too; an apostrophe makes it text. */
static bool
is_formula(const char *s)
{
	static const char *const wide[] = { "\uff1d", "\uff0b", "\uff0d", "\uff20" };

	for (size_t i = 0; i < sizeof(wide) / sizeof(*wide); i++)
		if (strncmp(s, wide[i], strlen(wide[i])) == 0)
			return true;
	return *s != '\0' && strchr("=+-@\t\r\n", *s) != NULL;
}

void
csv_line(const char *const *cells, size_t n, struct buf *out)
{
	for (size_t i = 0; i < n; i++) {
		const char *s = cells[i] != NULL ? cells[i] : "";

		buf_adds(out, i > 0 ? "," : "");
		if (!is_formula(s) && strpbrk(s, ",\"\r\n") == NULL) {
			buf_adds(out, s);
			continue;
		}
		buf_adds(out, is_formula(s) ? "\"'" : "\"");
		for (; *s != '\0'; s++)
			buf_adds(out, *s == '"' ? "\"\"" : (char[]){ *s, '\0' });
		buf_addc(out, '"');
	}
	buf_adds(out, "\r\n");
}
