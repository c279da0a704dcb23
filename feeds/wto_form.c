#include "wto_form.h"

#include <string.h>
#include <strings.h>

#include "../lib/base/alloc.h"
#include "../lib/base/buf.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/error.h"
#include "../lib/base/limits.h"
#include "../lib/base/utf8.h"
#include "../lib/notice/phrase.h"
#include "wto_form_reasons.h"
#include "wto_form_text.h"

#define BOXES_NEEDED 3		/* labels that make a text a notification form */
#define LABEL_END 250		/* bytes within which a label's colon stands */

/* What stands in the boxes, paragraphs parted by "\n". */
struct form {
	struct buf boxes[FORM_ENTRY + 1];
	size_t labels;
	char lang[4];
};

static void
form_clear(struct form *f)
{
	for (size_t i = 0; i <= FORM_ENTRY; i++)
		buf_clear(&f->boxes[i]);
}

#define AUTO_FORM __attribute__((cleanup(form_clear))) struct form

/* What comes behind the label's colon; the whole piece for the articles, which are part of the label. */
static const char *
behind_label(enum form_box box, const char *piece)
{
	const char *colon = memchr(piece, ':', strnlen(piece, LABEL_END));

	if (box == FORM_ARTICLES)
		return piece;
	return colon != NULL ? colon + 1 : "";
}

static void
add_to_box(struct form *f, enum form_box box, const char *text)
{
	if (box == FORM_NONE || box > FORM_ENTRY)
		return;
	while (*text == ' ')
		text++;
	if (*text == '\0')
		return;
	if (f->boxes[box].len > 0)
		buf_addc(&f->boxes[box], '\n');
	buf_adds(&f->boxes[box], text);
}

static void
read_boxes(const struct strv *pieces, struct form *f)
{
	enum form_box box = FORM_NONE;

	for (size_t i = 0; i < pieces->n; i++) {
		const char *piece = pieces->v[i];
		const struct form_label *label = form_label(piece);

		if (label == NULL) {
			add_to_box(f, box, piece);
			continue;
		}
		box = label->box;
		if (box != FORM_ASIDE) {
			f->labels++;
			notice_set_lang(f->lang, label->lang);
		}
		add_to_box(f, box, behind_label(box, piece));
	}
}

/* ---- box 3 ---- */

static const struct { const char *says, *article; } articles[] = {
	{ "2.10.1", "2.10.1" }, { "2.9.2", "2.9.2" }, { "5.6.2", "5.6.2" }, { "5.7.1", "5.7.1" }, { "3.2", "3.2" }, { "7.2", "7.2" }, { "8.1", "8.1" },
	{ "other", "other" }, { "autres", "other" }, { "autre", "other" }, { "otros", "other" }, { "otro", "other" },
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The article that s begins with; NULL without one. */
static const char *
article_at(const char *start, const char *s, size_t *len)
{
	for (size_t i = 0; i < sizeof(articles) / sizeof(*articles); i++) {
		size_t n = strlen(articles[i].says);

		if (strncasecmp(s, articles[i].says, n) != 0)
			continue;
		*len = n;
		if (articles[i].says[0] > '9')
			return s == start || strchr(" ,;]\n", s[-1]) != NULL ? articles[i].article : NULL;
		if (s > start && (is_digit(s[-1]) || s[-1] == '.'))
			return NULL;
		return is_digit(s[n]) || (s[n] == '.' && is_digit(s[n + 1])) ? NULL : articles[i].article;
	}
	return NULL;
}

/* An X that stands for itself: "2.9.2 X, 5.6.2". */
static size_t
mark_at(const char *start, const char *s, bool *ticked)
{
	size_t n = form_mark(s, ticked);

	if (n > 0 || (*s != 'X' && *s != 'x'))
		return n;
	*ticked = true;
	return s > start && s[-1] == ' ' && (s[1] == '\0' || strchr(" ,;\n", s[1]) != NULL) ? 1 : 0;
}

/* Marks stand before their articles or behind them; whichever comes first tells. */
static void
read_articles(const char *box, struct notice *out)
{
	const char *article = NULL;
	bool before = false, first = true, ticked = false, pending = false, marked = false;

	for (const char *s = box; *s != '\0';) {
		size_t n = mark_at(box, s, &ticked);
		const char *found;

		if (n > 0) {
			before = first || before;
			first = false;
			marked = true;
			pending = before && ticked;
			if (!before && ticked && article != NULL)
				strv_add(&out->notified_under, article);
			article = NULL;
			s += n;
			continue;
		}
		found = article_at(box, s, &n);
		if (found == NULL) {
			s++;
			continue;
		}
		first = false;
		article = found;
		if (before && pending)
			strv_add(&out->notified_under, article);
		pending = false;
		s += n;
	}
	if (marked)
		out->known |= NOTICE_BIT(notified_under);
	out->urgent = strv_has(&out->notified_under, "2.10.1") || strv_has(&out->notified_under, "5.7.1");
}

/* ---- the others ---- */

/* Just dashes, dots: nothing. */
static bool
says_nothing(const char *s)
{
	return s[strspn(s, " \n-.:_/")] == '\0' || strcmp(s, "\u2013") == 0 || strcmp(s, "\u2014") == 0;
}

static void
set_agency(const struct form *f, struct notice *out)
{
	AUTO_STRV lines = STRV_INIT;
	AUTO_BUF joined = BUF_INIT;

	strv_split(&lines, buf_str(&f->boxes[FORM_AGENCY]), "\n");
	strv_join(&lines, "; ", &joined);
	if (says_nothing(buf_str(&joined)))
		return;
	notice_set_line(&out->agency, buf_str(&joined));
	out->known |= NOTICE_BIT(agency);
}

/* Behind the boxes for the objectives of an SPS form, which the site tells too: after the last mark the last objective, then the text. */
static const char *
behind_marks(const char *text)
{
	const char *last = NULL;
	bool ticked;

	for (const char *s = text; *s != '\0'; s++) {
		size_t n = form_mark(s, &ticked);

		if (n > 1)
			last = s + n;
	}
	if (last == NULL)
		return text;
	last += strcspn(last, ".\n");
	return *last == '\0' ? last : last + 1;
}

static void
set_text(struct text *t, uint64_t bit, const char *text, const struct form *f, struct notice *out)
{
	if (says_nothing(text))
		return;
	notice_set_text(t, text, f->lang);
	out->known |= bit;
}

/* Behind the mark and the words of "[X] Six months from date of publication, and/or (dd/mm/yy):" comes the date, if any. */
static void
set_six_months(const char *text, size_t mark, bool ticked, struct milestone *m)
{
	const char *words = text + mark, *colon = strchr(words, ':');
	AUTO_FREE char *first = xstrndup(words, strcspn(words, ",("));

	if (colon != NULL)
		phrase_date(colon + 1, &m->date, NULL, NULL);
	if (ticked)
		notice_set_line(&m->text, first);
	else if (colon != NULL && !date_is_set(m->date) && !says_nothing(colon + 1))
		notice_set_line(&m->text, colon + 1);
}

void
form_milestone(const char *text, struct milestone *m)
{
	size_t at, len, mark;
	bool ticked;

	text += strspn(text, " \n");
	mark = form_mark(text, &ticked);
	if (mark > 0) {
		set_six_months(text, mark, ticked, m);
		return;
	}
	if (says_nothing(text))
		return;
	/* a date that stands for itself; where more is said, the words say it all */
	if (phrase_date(text, &m->date, &at, &len) && at == 0 && text[len + strspn(text + len, " .")] == '\0')
		return;
	m->date = DATE_NONE;
	notice_set_line(&m->text, text);
}

static void
set_milestone(struct milestone *m, uint64_t bit, const char *text, struct notice *out)
{
	form_milestone(text, m);
	if (date_is_set(m->date) || m->text != NULL)
		out->known |= bit;
}

int
wto_form_read(const char *text, struct notice *out, struct error *err)
{
	AUTO_STRV pieces = STRV_INIT;
	AUTO_FORM f = { .labels = 0 };
	size_t reasons;

	if (strnlen(text, LIMIT_TEXT + 1) > LIMIT_TEXT)
		return error_set(err, ERR_DATA, "a notification form of more than %d KB", LIMIT_TEXT >> 10);
	form_pieces(text, &pieces);
	reasons = form_reasons(&pieces, out);
	read_boxes(&pieces, &f);
	if (f.labels < BOXES_NEEDED && reasons < BOXES_NEEDED)
		return error_set(err, ERR_DATA, "no notification form of the WTO: its boxes are missing");
	if (f.labels < BOXES_NEEDED)
		return 0;
	read_articles(buf_str(&f.boxes[FORM_ARTICLES]), out);
	set_agency(&f, out);
	set_text(&out->rationale, NOTICE_BIT(rationale), behind_marks(buf_str(&f.boxes[FORM_RATIONALE])), &f, out);
	set_text(&out->relevant, NOTICE_BIT(relevant), buf_str(&f.boxes[FORM_RELEVANT]), &f, out);
	set_milestone(&out->adoption, NOTICE_BIT(adoption), buf_str(&f.boxes[FORM_ADOPTION]), out);
	set_milestone(&out->entry_into_force, NOTICE_BIT(entry_into_force), buf_str(&f.boxes[FORM_ENTRY]), out);
	strv_sort(&out->notified_under);
	return 0;
}
