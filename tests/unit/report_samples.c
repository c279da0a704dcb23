/* Writes the digests of report_world.h in every form into a folder, for check_report.py and for people's eyes. */
#include "report_world.h"

static void
save(const char *folder, const char *name, const char *suffix, const struct buf *b)
{
	AUTO_FREE char *path = xasprintf("%s/%s.%s", folder, name, suffix);
	FILE *f = fopen(path, "w");

	if (f == NULL || fwrite(buf_str(b), 1, b->len, f) != b->len || fclose(f) != 0) {
		perror(path);
		exit(1);
	}
}

static void
sample(const char *folder, const char *name, struct digest *d)
{
	const struct atom_feed feed = { d->subscription, d->title, d->site, NULL };
	AUTO_BUF text = BUF_INIT, html = BUF_INIT, mail = BUF_INIT, atom = BUF_INIT;
	struct error err;

	digest_text(d, 0, &text);
	digest_html(d, 0, &html);
	atom_render(d, &feed, 100, &atom);
	if (mail_compose(d, &world_envelope, &mail, &err) < 0) {
		fprintf(stderr, "%s: %s\n", name, err.text);
		exit(1);
	}
	save(folder, name, "txt", &text);
	save(folder, name, "html", &html);
	save(folder, name, "eml", &mail);
	save(folder, name, "atom", &atom);
	digest_clear(d);
}

int
main(int argc, char **argv)
{
	static const struct { const char *name, *title; } hostile[] = {
		{ "hostile-header", "Toys\r\nBcc: x@y.example\r\n\r\n<html>" },
		{ "hostile-markup", "</title><script>alert(1)</script>\" onload=\"x ]]> & &amp; <!--" },
		{ "hostile-bidi", "abc \xE2\x80\xAE" "evil\xE2\x80\xAC \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xE2\x81\xA6x \x1b[31mred\x07" },
		{ "hostile-emoji", "Toys \xF0\x9F\xA7\xB8 \xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 =?utf-8?q?x?= \xE2\x82\xAC" },
	};
	AUTO_BUF wide = BUF_INIT;
	struct digest d;

	if (argc != 2)
		return 64;
	world_toys(&d);
	sample(argv[1], "toys", &d);
	world_frame(&d);
	sample(argv[1], "empty", &d);
	for (size_t i = 0; i < sizeof(hostile) / sizeof(*hostile); i++) {
		world_one(&d, hostile[i].title);
		sample(argv[1], hostile[i].name, &d);
	}
	for (int i = 0; i < 2000; i++)
		buf_adds(&wide, i % 2 ? "\xD0\x96" : "\xE7\x8E\xA9");
	world_one(&d, buf_str(&wide));
	sample(argv[1], "hostile-long", &d);
	world_many(&d, 60);
	sample(argv[1], "many-60", &d);
	world_many(&d, 150);
	sample(argv[1], "many-150", &d);
	world_many(&d, 500);
	sample(argv[1], "many-500", &d);
	world_many(&d, 4000);
	sample(argv[1], "many-4000", &d);
	return 0;
}
