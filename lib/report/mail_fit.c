/* How much of a digest a message holds. */
#include <string.h>

#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/error.h"
#include "mail.h"
#include "mail_parts.h"
#include "plan.h"

#define ROUNDS 12
#define SHORT_TEXT 9000		/* of the bodies beside an attached list */
#define SHORT_HTML 18000

/* One try: limits of the bodies (0: none) and of the attached list (0: no list). */
struct fit {
	size_t text, html, list;
};

struct job {
	const struct digest *d;
	const struct mail_envelope *e;
	struct plan *text, *html, *list;
	bool listed;		/* both bodies of the last try list everything */
};

static bool
lists_all(const struct shown *s)
{
	return s->n[SHAPE_NAMED] == 0 && s->n[SHAPE_COUNTED] == 0;
}

/* The attached list, and what the bodies say of it. */
static void
write_list(struct job *job, size_t limit, struct buf *list, struct buf *sentence)
{
	struct shown shown;

	plan_write(job->list, limit, NULL, &shown, list);
	buf_adds(sentence, "The attached " MAIL_LIST_NAME " names ");
	if (shown.n[SHAPE_COUNTED] == 0)
		buf_adds(sentence, "everything");
	else
		buf_addf(sentence, "%zu; ", shown.n[SHAPE_NAMED]);
	if (shown.n[SHAPE_COUNTED] > 0)
		said_rest(job->d, shown.n[SHAPE_COUNTED], sentence);
}

static int
compose(struct job *job, const struct fit *fit, struct buf *out, struct error *err)
{
	AUTO_BUF attached = BUF_INIT, plain = BUF_INIT, page = BUF_INIT, list = BUF_INIT;
	const struct mail_bodies bodies = { &plain, &page, fit->list > 0 ? &list : NULL };
	struct shown text, html;

	buf_reset(out);
	if (fit->list > 0)
		write_list(job, fit->list, &list, &attached);
	plan_write(job->text, fit->text, attached.data, &text, &plain);
	plan_write(job->html, fit->html, attached.data, &html, &page);
	job->listed = lists_all(&text) && lists_all(&html);
	return mail_write(job->d, job->e, &bodies, out, err);
}

/* A limit that should bring 'size' under the message's, with some room for what does not shrink evenly. */
static size_t
shrink(size_t limit, size_t size)
{
	return (size_t)((double)limit * MAIL_LIMIT / (double)size * 0.97);
}

/* Bodies of bounded size that list everything; job->listed tells whether that went. */
static int
fit_bodies(struct job *job, struct buf *out, struct error *err)
{
	struct fit fit = { MAIL_LIMIT * 35 / 100, MAIL_LIMIT * 55 / 100, 0 };
	int rc;

	for (int round = 0; round < ROUNDS; round++) {
		if ((rc = compose(job, &fit, out, err)) < 0 || !job->listed || out->len < MAIL_LIMIT)
			return rc;
		fit.text = shrink(fit.text, out->len);
		fit.html = shrink(fit.html, out->len);
	}
	job->listed = false;
	return 0;
}

/* Short bodies that name what they can, and a list of everything beside them. */
static int
fit_list(struct job *job, struct buf *out, struct error *err)
{
	struct fit fit = { SHORT_TEXT, SHORT_HTML, MAIL_LIMIT * 66 / 100 };
	int rc;

	job->list = plan_new(job->d, &digest_list_writer);
	for (int round = 0; round < ROUNDS; round++) {
		if ((rc = compose(job, &fit, out, err)) < 0 || out->len < MAIL_LIMIT)
			return rc;
		fit.list = shrink(fit.list, out->len);
		if (round > ROUNDS / 2) {
			fit.text = shrink(fit.text, out->len);
			fit.html = shrink(fit.html, out->len);
		}
	}
	return error_set(err, ERR_BUG, "a digest does not fit into a message");
}

static int
fit(struct job *job, struct buf *out, struct error *err)
{
	const struct fit all = { 0, 0, 0 };
	int rc;

	if ((rc = compose(job, &all, out, err)) < 0 || out->len < MAIL_LIMIT)
		return rc;
	if ((rc = fit_bodies(job, out, err)) < 0 || job->listed)
		return rc;
	return fit_list(job, out, err);
}

int
mail_compose(const struct digest *d, const struct mail_envelope *e, struct buf *out, struct error *err)
{
	struct job job = { .d = d, .e = e, .text = plan_new(d, &digest_text_writer), .html = plan_new(d, &digest_html_writer) };
	AUTO_BUF message = BUF_INIT;
	int rc = fit(&job, &message, err);

	if (rc == 0)
		buf_add(out, buf_str(&message), message.len);
	plan_free(job.text);
	plan_free(job.html);
	plan_free(job.list);
	return rc;
}
