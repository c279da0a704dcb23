/* Symbols of notifications: "G/TBT/N/USA/2211/Add.1" (WTO) and "2024/0321/FI" (TRIS, Directive (EU) 2015/1535). */
#ifndef REGWATCH_NOTICE_SYMBOL_H
#define REGWATCH_NOTICE_SYMBOL_H

#include <stdbool.h>
#include <stddef.h>

#include "../base/strv.h"

struct buf;

enum symbol_tail { TAIL_REV, TAIL_ADD, TAIL_CORR, TAIL_SUPPL };	/* "Rev." "Add." "Corr." "Suppl." */

#define SYMBOL_TAILS 4

struct symbol {
	enum { SYMBOL_WTO, SYMBOL_TRIS, SYMBOL_OTHER } series;
	char area[8];		/* WTO: "TBT" or "SPS" */
	char code[8];		/* WTO: USA, EU, TPKM; TRIS: the state as notified (D, FIN, FR, UK(NI)) */
	unsigned year;		/* TRIS */
	unsigned number;	/* 1 to 5 digits (TRIS serial: to 4) */
	size_t tails;
	struct { enum symbol_tail kind; unsigned n; } tail[SYMBOL_TAILS];
};

/* Reads one symbol after trimming, in any letter case, blanks inside tolerated. A text that is no symbol of either series gives
 * SYMBOL_OTHER and false. */
bool symbol_parse(const char *text, struct symbol *out);

/* Canonical form: upper-case code, "Rev.1" tails, TRIS serial padded to 4. Not for SYMBOL_OTHER. */
void symbol_format(const struct symbol *s, struct buf *out);

/* Splits the documentSymbol field into canonical symbols in the order given, repeats dropped, at most LIMIT_SYMBOLS. A part that
 * does not parse is kept cleaned (a field without any symbol as a whole); one over 160 bytes is cut and ends in a hash. out is
 * empty only for an empty field. */
void symbol_split(const char *field, struct strv *out);

/* The id of the base notification (all tails dropped) / of the one that the last tail amends; the id itself when there is none or
 * it does not parse. Appended. */
void symbol_base(const char *id, struct buf *out);
void symbol_parent(const char *id, struct buf *out);

/* Folder and file of a notification in the store, without ".md": "eping/TBT/USA/22xx/2211/Rev.1-Add.2", ".../notification" for the
 * base, "tris/2024/FI/0321/notification", "eping/other/HASH16" (start of the SHA-256) for what does not parse. Appended. The result never
 * holds "..", an empty part or a byte other than [A-Za-z0-9._-] and '/'. */
void symbol_path(const char *id, struct buf *out);

/* Lineage order, by number, not by text: what hangs on a document comes before the revision that replaces it, so base, its Add.1,
 * Add.2, Corr.1, then Rev.1, Rev.1/Add.1, Rev.2. <0, 0, >0. */
int symbol_cmp(const char *a, const char *b);

/* Every WTO symbol or TRIS number mentioned in a prose text, canonical, in order, repeats dropped. */
void symbol_mentions(const char *text, struct strv *out);

/* ISO 3166 two-letter code ("EU" for the European Union) of a symbol's code: USA->US, TPKM->TW, EEC->EU, D->DE, FIN->FI,
 * UK->GB, EL and GR->GR. "" when unknown. Static. */
const char *member_of_code(const char *code, bool tris);

/* ... of a member's name in a source ("Korea, Republic of", "Türkiye", "Denmark"), or of an ePing id ("C840", "U918"). "" when
 * unknown. */
const char *member_of_name(const char *name);
const char *member_of_eping_id(const char *id);

/* Short English name of a two-letter code for people, the code itself when unknown. Static or the argument. */
const char *member_name(const char *iso2);

#endif
