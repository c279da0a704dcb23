/* The frame of the pages that 'diff' writes: whole in one file, so that it can be mailed, kept and printed */
#include <string.h>

#include "../lib/base/cleanup.h"
#include "../lib/base/message.h"
#include "../lib/base/xml_escape.h"
#include "diff.h"

/* What is deleted and inserted is told apart by strokes too, not by colour alone; every pair of text and ground has a contrast of 4.5:1 or more. */
static const char style[] =
    ":root{color-scheme:light dark;--ground:#fff;--raised:#f4f5f7;--text:#1b1b1b;--quiet:#555;--line:#c8ccd2;--link:#0b5394;--del:#8a1c13;--del-ground:#fde8e6;"
    "--ins:#0b5a1e;--ins-ground:#e3f4e6;--move:#5a3d00;--move-ground:#fdf0d0;--edge:#9a4a00}\n"
    "@media(prefers-color-scheme:dark){:root{--ground:#16181b;--raised:#22262b;--text:#e8e8e8;--quiet:#b4b8bd;--line:#454b53;--link:#8ab4f8;--del:#ffc9c2;"
    "--del-ground:#4a1b17;--ins:#b4f0c0;--ins-ground:#12381c;--move:#ffe2a8;--move-ground:#453408;--edge:#f0a35c}}\n"
    "*{box-sizing:border-box}body{margin:0 auto;max-width:50rem;padding:1rem clamp(.75rem,3vw,2rem) 3rem;background:var(--ground);color:var(--text);"
    "font:1rem/1.5 system-ui,\"Noto Sans\",\"DejaVu Sans\",sans-serif;overflow-wrap:break-word}body.wide{max-width:80rem}\n"
    "h1,h2,h3,h4{line-height:1.25;margin:1.5rem 0 .5rem}h1{font-size:1.5rem}h2{font-size:1.25rem;border-bottom:2px solid var(--line)}h3{font-size:1.1rem}h4{font-size:1rem}"
    "a{color:var(--link)}p{margin:.4rem 0}.title{font-size:1.1rem}article{border-top:1px solid var(--line);margin:1.5rem 0}h2+article{border:0;margin-top:0}"
    "blockquote{margin:.5rem 0;padding-inline-start:1rem;border-inline-start:4px solid var(--line)}\n"
    "del{color:var(--del);background:var(--del-ground);text-decoration:line-through;text-decoration-thickness:.08em}"
    "ins{color:var(--ins);background:var(--ins-ground);text-decoration:underline;text-decoration-thickness:.12em;text-underline-offset:.15em}"
    "del+ins{margin-inline-start:.15em}.moved{color:var(--move);background:var(--move-ground)}ins.moved{text-decoration-style:dotted}"
    "del.moved{text-decoration-style:dashed}.joint{padding:0 .15em}\n"
    ".evidence,.callouts{padding:.5rem .8rem;margin:1rem 0;border-inline-start:4px solid var(--edge);background:var(--raised)}.evidence ul{padding-inline-start:1.2rem;margin:.3rem 0}"
    ".callouts{list-style:none;columns:16rem}.callouts li{break-inside:avoid}.caution,.summary,.kind,.fold,.rest{color:var(--quiet)}.caution{font-size:.9rem}.rest{list-style:none}\n"
    "dt{font-weight:600}dd{margin:0 0 .6rem}dd p{margin:.2rem 0}.fold{font-size:.85rem;text-align:center;border-block:1px dashed var(--line);padding:.1rem 0}"
    ".kind{font-weight:400}.provisions{columns:18rem;padding-inline-start:1.2rem}.provision{scroll-margin-top:1rem}:target h4,:target th{background:var(--move-ground)}"
    "section.provision{padding-inline-start:.8rem;border-inline-start:3px solid var(--line);margin:.8rem 0}section.is-changed,section.is-moved{border-color:var(--edge)}"
    "section.is-added{border-color:var(--ins)}section.is-removed{border-color:var(--del)}section.provision h4{margin:0 0 .3rem}\n"
    "table{border-collapse:collapse}td,th{vertical-align:top;text-align:start}table.rows{margin:.4rem 0}table.rows td{border:1px solid var(--line);padding:.2rem .6rem}"
    ".sides{width:100%;table-layout:fixed}.sides td{width:50%;padding:.3rem .8rem .3rem 0;overflow-wrap:anywhere}"
    ".sides td+td{padding-inline:.8rem 0;border-inline-start:1px solid var(--line)}.sides th{padding-top:.8rem}.sides thead th{border-bottom:2px solid var(--line);padding:.2rem 0}"
    ".sides thead th+th{padding-inline-start:.8rem}.sides tbody.provision th{border-top:1px solid var(--line)}.is-same td{color:var(--quiet)}.sides .fold td{width:auto}\n"
    "@media(max-width:40rem){.sides thead{position:absolute;clip-path:inset(50%)}.sides,.sides tbody,.sides tr,.sides td,.sides th{display:block;width:auto}"
    ".sides td:empty,.is-same .new{display:none}.sides td+td{padding:0;border:0}}\n"
    "@media print{:root{color-scheme:light;--ground:#fff;--raised:#fff;--text:#000;--quiet:#444;--line:#999;--link:#000;--del:#8a1c13;--del-ground:#fff;--ins:#0b5a1e;"
    "--ins-ground:#fff;--move:#5a3d00;--move-ground:#fff;--edge:#9a4a00}@page{margin:18mm 16mm}body,body.wide{max-width:none;padding:0;font:10.5pt/1.4 Georgia,\"DejaVu Serif\",serif}"
    "a{text-decoration:none}h1,h2,h3,h4,dt,.sides th{break-after:avoid}tr,li{break-inside:avoid}}\n";

void
diff_page_html(const char *text, struct buf *out)
{
	AUTO_BUF safe = BUF_INIT;

	message_filter(text, &safe);
	xml_escape(buf_str(&safe), out);
}

void
diff_page_markdown(const char *text, struct buf *out)
{
	AUTO_BUF safe = BUF_INIT;

	message_filter(text, &safe);
	for (const char *p = buf_str(&safe); *p != '\0'; p++) {
		if (strchr("\\`*_[]<>|~&", *p) != NULL)
			buf_addc(out, '\\');
		buf_addc(out, *p == '\n' ? ' ' : *p);
	}
}

void
diff_page_begin(const char *title, bool wide, struct buf *out)
{
	buf_adds(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
	diff_page_html(title, out);
	buf_addf(out, "</title>\n<style>\n%s</style>\n</head>\n<body%s>\n", style, wide ? " class=\"wide\"" : "");
}

void
diff_page_end(struct buf *out)
{
	buf_adds(out, "</body>\n</html>\n");
}
