#include "wrap.h"

#include <string.h>

#include "../base/message.h"
#include "../base/utf8.h"

/* ANSI: 1 bold, 2 faint, 4 underlined, 9 struck; 31 red, 32 green, 33 yellow, 36 cyan. */
static const char *const codes[] = {
	[WRAP_PLAIN] = "", [WRAP_DELETED] = "\033[31;9m", [WRAP_INSERTED] = "\033[32;4m", [WRAP_MOVED] = "\033[36m",
	[WRAP_ALARM] = "\033[1;33m", [WRAP_HEAD] = "\033[1m", [WRAP_FAINT] = "\033[2m"
};

/* Changes the style in force; appended where the text goes. */
static void
change_style(const struct wrap *w, enum wrap_style *now, enum wrap_style to, struct buf *out)
{
	if (w->colour && *now != to) {
		if (*now != WRAP_PLAIN)
			buf_adds(out, "\033[0m");
		buf_adds(out, codes[to]);
	}
	*now = to;
}

void
wrap_begin(struct wrap *w, struct buf *out, bool colour, size_t width, size_t indent)
{
	*w = (struct wrap){ .out = out, .colour = colour, .width = width, .indent = indent, .word = BUF_INIT };
}

static void
new_line(struct wrap *w)
{
	change_style(w, &w->style, WRAP_PLAIN, w->out);
	buf_addc(w->out, '\n');
	for (size_t i = 0; i < w->indent; i++)
		buf_addc(w->out, ' ');
	w->column = w->indent;
}

/* Writes the word that has been gathered. */
static void
flush(struct wrap *w)
{
	if (w->word.len == 0)
		return;
	if (w->space && w->width > 0 && w->column > w->indent && w->column + 1 + w->word_width > w->width) {
		new_line(w);
	} else if (w->space) {
		if (w->style != w->word_style)
			change_style(w, &w->style, WRAP_PLAIN, w->out);
		buf_addc(w->out, ' ');
		w->column++;
	}
	change_style(w, &w->style, w->word_style, w->out);
	buf_add(w->out, w->word.data, w->word.len);
	w->style = w->word_end;
	w->column += w->word_width;
	w->word_width = 0;
	w->space = false;
	buf_reset(&w->word);
}

static void
gather(struct wrap *w, enum wrap_style style, const char *s, size_t n)
{
	struct buf part = BUF_INIT;

	if (n == 0)
		return;
	if (w->word.len == 0)
		w->word_style = w->word_end = style;
	change_style(w, &w->word_end, style, &w->word);
	buf_add(&part, s, n);
	w->word_width += utf8_width(part.data);
	buf_add(&w->word, part.data, part.len);
	buf_clear(&part);
}

void
wrap_text(struct wrap *w, enum wrap_style style, const char *s, size_t n)
{
	struct buf raw = BUF_INIT, safe = BUF_INIT;
	const char *p;

	buf_add(&raw, s, n);
	message_filter(raw.data, &safe);
	for (p = buf_str(&safe); *p != '\0'; ) {
		size_t run = strcspn(p, " \n");

		gather(w, style, p, run);
		p += run;
		if (*p == '\n')
			gather(w, style, "\xC2\xB6", 2);
		if (*p != '\0') {
			flush(w);
			w->space = true;
			p++;
		}
	}
	buf_clear(&raw);
	buf_clear(&safe);
}

void
wrap_end(struct wrap *w)
{
	flush(w);
	change_style(w, &w->style, WRAP_PLAIN, w->out);
	buf_addc(w->out, '\n');
	buf_clear(&w->word);
}
