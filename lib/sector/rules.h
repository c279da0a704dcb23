/* The rules of sectors as read: what rules.c checks and loads, patterns.c compiles, match.c scores. Private to lib/sector. */
#ifndef REGWATCH_SECTOR_RULES_H
#define REGWATCH_SECTOR_RULES_H

#include "../base/buf.h"
#include "../base/sha.h"
#include "sector.h"

#define CODE_DIGITS 8	/* HS is compared to six digits, ICS has up to seven; and NUL */

/* One code or range of HS or ICS; one category of TRIS. */
struct code_rule {
	char lo[CODE_DIGITS], hi[CODE_DIGITS];	/* both of n characters; equal for a single code */
	size_t n;
	bool exclude;
};

struct code_rules {
	struct code_rule *v;
	size_t n, cap;
};

enum code_system { CODE_HS, CODE_ICS, CODE_TRIS, CODE_SYSTEMS };

enum word_form { WORD_STARTS, WORD_WHOLE, WORD_ANYWHERE };	/* "abc", "=abc", "~abc" */

struct word_rule {
	char *written;		/* as the rule has it, trimmed, with its "=" or "~" */
	char *folded;		/* by utf8_fold, without the blanks at its ends */
	char lang[4];		/* "" of a mask: any text */
	enum word_form form;
	bool mask;
	size_t sector;		/* number in struct sectors */
	size_t number;		/* among all words of all sectors */
};

struct sector {
	char *name, *title;
	struct code_rules codes[CODE_SYSTEMS];
	struct word_rule *words;
	size_t n, cap;
};

struct patterns;

struct sectors {
	struct sector *v;
	size_t n, cap;
	size_t words;		/* of all sectors */
	char fingerprint[SHA256_HEX];
	struct patterns *patterns;
};

/* ---- codes.c ---- */

/* Reads "84-90", "-8409", "97.200.50", "C50A". False with *why (static) when it is none. */
bool code_rule_parse(enum code_system system, const char *text, struct code_rule *out, const char **why);

void code_rules_add(struct code_rules *rules, const struct code_rule *rule);

/* How many characters has the rule that decides that 'code' (digits without dots, or a TRIS category) belongs; 0 when there is none, or
 * when it is an exclusion (*excluded). */
size_t code_rules_match(const struct code_rules *rules, const char *code, bool *excluded);

/* The family of a TRIS category ("C50A": "C00A", "SERV60": "SERV", "H10": "H00"); out has CODE_DIGITS bytes. True when the code
 * is not a family itself. */
bool tris_family(const char *code, char *out);

/* Is this the number of a field of ICS ("97")? */
bool ics_field_known(const char *digits);

/* ---- rules_read.c ---- */

/* A section as read so far. */
struct draft {
	struct sector sector;
	const struct conf_entry *first;
	bool enabled;
	struct buf folded;	/* room for one word at a time */
};

/* Reads one value into the section that it is of. Fails with ERR_CONF, FILE:LINE. */
int rules_read_entry(const struct conf *c, const struct conf_entry *e, struct draft *d, struct error *err);

/* The rules that ship, text of taxonomy/sectors.conf, made by the build. */
extern const char sectors_shipped[];

/* Is it an ISO 639-1 code in lower case? */
bool rules_language(const char *code);

#endif
