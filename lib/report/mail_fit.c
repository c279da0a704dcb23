/* How much of a digest a message holds. */
#include <string.h>

#include "../base/buf.h"
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

static int
compose(const struct digest *d, const struct mail_envelope *e, const struct fit *fit, struct shown *text, struct shown *html, struct buf *out,
    struct error *err)
{
	AUTO_BUF plain = BUF_INIT, page = BUF_INIT, list = BUF_INIT;
	const struct mail_bodies bodies = { &plain, &page, fit->list > 0 ? &list : NULL };

	buf_reset(out);
	digest_text_shown(d, fit->text, text, &plain);
	digest_html_shown(d, fit->html, html, &page);
	if (fit->list > 0)
		digest_list_shown(d, fit->list, NULL, &list);
	return mail_write(d, e, &bodies, out, err);
}

/* A limit that should bring 'size' under the message's, with some room for what does not shrink evenly. */
static size_t
shrink(size_t limit, size_t size)
{
	return (size_t)((double)limit * MAIL_LIMIT / (double)size * 0.97);
}

static bool
lists_all(const struct shown *s)
{
	return s->n[SHAPE_NAMED] == 0 && s->n[SHAPE_COUNTED] == 0;
}

/* Bodies of bounded size; *listed tells whether both list all. */
static int
fit_bodies(const struct digest *d, const struct mail_envelope *e, bool *listed, struct buf *out, struct error *err)
{
	struct fit fit = { MAIL_LIMIT * 35 / 100, MAIL_LIMIT * 55 / 100, 0 };
	struct shown text, html;
	int rc;

	for (int round = 0; round < ROUNDS; round++) {
		if ((rc = compose(d, e, &fit, &text, &html, out, err)) < 0)
			return rc;
		*listed = lists_all(&text) && lists_all(&html);
		if (out->len < MAIL_LIMIT || !*listed)
			return 0;
		fit.text = shrink(fit.text, out->len);
		fit.html = shrink(fit.html, out->len);
	}
	*listed = false;
	return 0;
}

/* Short bodies that name what they can, and a list of everything beside them. */
static int
fit_list(const struct digest *d, const struct mail_envelope *e, struct buf *out, struct error *err)
{
	struct fit fit = { SHORT_TEXT, SHORT_HTML, MAIL_LIMIT * 68 / 100 };
	struct shown text, html;
	int rc;

	for (int round = 0; round < ROUNDS; round++) {
		if ((rc = compose(d, e, &fit, &text, &html, out, err)) < 0 || out->len < MAIL_LIMIT)
			return rc;
		fit.list = shrink(fit.list, out->len);
		if (round > ROUNDS / 2) {
			fit.text = shrink(fit.text, out->len);
			fit.html = shrink(fit.html, out->len);
		}
	}
	return error_set(err, ERR_BUG, "a digest does not fit into a message");
}

int
mail_compose(const struct digest *d, const struct mail_envelope *e, struct buf *out, struct error *err)
{
	const struct fit all = { 0, 0, 0 };
	struct shown text, html;
	AUTO_BUF message = BUF_INIT;
	bool listed = true;
	int rc;

	if ((rc = compose(d, e, &all, &text, &html, &message, err)) < 0)
		return rc;
	if (message.len >= MAIL_LIMIT && (rc = fit_bodies(d, e, &listed, &message, err)) < 0)
		return rc;
	if (!listed && (rc = fit_list(d, e, &message, err)) < 0)
		return rc;
	buf_add(out, buf_str(&message), message.len);
	return 0;
}
