/* The record: one notification as normalised from a source. One table describes its fields; the text form, JSON, merging and
 * comparison all walk that table, so a new field is a new row. */
#ifndef REGWATCH_NOTICE_NOTICE_H
#define REGWATCH_NOTICE_NOTICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/date.h"
#include "../base/strv.h"

enum source { SOURCE_EPING, SOURCE_TRIS };
enum area { AREA_TBT, AREA_SPS, AREA_TRIS };
enum kind { KIND_DRAFT, KIND_URGENT, KIND_ADDENDUM, KIND_REVISION, KIND_CORRIGENDUM, KIND_SUPPLEMENT };

/* By which door a record came in; doors know different fields. */
enum way { WAY_API, WAY_WORKBOOK, WAY_TRIS, WAY_FORM };	/* the last: the notification form in Word, for what the others lack */

/* Text in one language. s: paragraphs separated by "\n", each one line with single spaces (the form of utf8_clean). */
struct text {
	char *s;		/* NULL: absent */
	char lang[4];		/* ISO 639-1, "" unknown */
};

/* A classification code with the source's label: HS "3926.90" (4 digits, dot, the rest), ICS "97.200.50", TRIS "C50A". */
struct code {
	char *code;
	char *label;		/* without the code; NULL when the source gave none */
};

struct codes {
	struct code *v;		/* sorted by code, no code twice */
	size_t n, cap;
};

/* A date as the source gives it: as a date, in words ("60 days after publication"), or both. */
struct milestone {
	struct date date;
	char *text;
};

/* An attached text. kind: "draft", "final", "modification", "notification" (the notification form itself), "other". */
struct document {
	char *kind;
	char *lang;		/* ISO 639-1, "" unknown or several */
	char *url;
	char *text_sha256;	/* of the extracted text; NULL until it was fetched */
};

struct documents {
	struct document *v;	/* sorted by kind, lang, url; no (kind, lang, url) twice */
	size_t n, cap;
};

/* What one member's row of a joint notification says differently from the first member's. */
struct variant {
	char member[4];
	char *field;		/* the field's name in notice_fields */
	char *value;		/* in the field's text form, one line */
};

struct variants {
	struct variant *v;	/* sorted by member, field */
	size_t n, cap;
};

/* Why an addendum was sent, in the words of no form but of all: a TBT form has a box each for the first nine, an SPS form ("this addendum concerns") for the last
 * two and what they share. */
#define REASON_DEADLINE "comment period changed"
#define REASON_ADOPTED "adopted"
#define REASON_PUBLISHED "published"
#define REASON_IN_FORCE "enters into force"
#define REASON_FINAL_TEXT "text of final measure available"
#define REASON_WITHDRAWN "withdrawn or revoked"
#define REASON_CONTENT "content or scope changed"
#define REASON_GUIDANCE "interpretive guidance"
#define REASON_OTHER "other"
#define REASON_OUTCOME "adopted or published or in force"	/* one box for the three */
#define REASON_DATES "proposed dates changed"

/* Standard notation; "yes" and "no" are answers, unknown is none. */
enum answer { ANSWER_UNKNOWN = 0, ANSWER_NO, ANSWER_YES };

struct notice {
	/* identity; always known */
	char *id;			/* canonical symbol */
	struct strv symbols;		/* in the order given; [0] is id when first seen */
	char *dossier;			/* id of the base */
	enum source source;
	enum area area;
	enum kind kind;
	bool urgent;			/* TBT 2.10/5.7, SPS emergency, TRIS urgency invoked */
	char member[4];			/* of the id's symbol; "" unknown */
	struct strv members;		/* of all symbols, in their order */

	/* what the source says; each has a row in notice_fields */
	struct text title, products, description, rationale, relevant, grounds_for_urgency, basic_texts, other_act, impact, tbt_sps;
	char *type;			/* notification type in the source's words */
	char *agency;			/* lines joined by "; " */
	char *contact;
	char *category, *category_label;	/* TRIS item 4 */
	char *language;			/* of the message or title */
	char *url;			/* where a reader finds it */
	char *message;			/* TRIS: "001 TRIS/(2025) 0756" */
	char *withdrawal;		/* TRIS: what the page says of a withdrawal */
	struct codes hs, ics;
	struct strv objectives, keywords, countries;	/* sets; countries: "likely to be affected" */
	struct strv notified_under;	/* set of articles ticked on the form: "2.9.2", "5.7.1", "other" */
	struct strv reasons;		/* set of what an addendum's form has ticked: the REASON_ phrases below */
	struct strv comments_by, opinions_by;		/* sets of issuers, English names; "European Commission" */
	struct date distributed;	/* circulated by the WTO / received by the Commission */
	struct date deadline;		/* as published on this record; TRIS: end of standstill, the extended one if there is one */
	struct date standstill_end;	/* TRIS: as deadline */
	struct date standstill_original;	/* TRIS: before an extension */
	struct date vanished;		/* since when the source's complete answers lack it; ours, not the source's */
	struct milestone adoption, entry_into_force;	/* proposed */
	enum answer urgency_invoked, confidential, fiscal, all_trading_partners;
	struct documents documents;
	struct variants variants;

	uint64_t known;		/* bit per row of notice_fields (NOTICE_BIT), plus the groups of documents below: what the way this
				 * came by can tell. Not part of the text form; a parsed record knows everything. */
};

enum field_type { FIELD_LINE, FIELD_TEXT, FIELD_DATE, FIELD_SET, FIELD_CODES, FIELD_ANSWER, FIELD_MILESTONE, FIELD_DOCUMENTS, FIELD_VARIANTS };

struct notice_field {
	const char *name;	/* in the text form: "Comments until", or the heading of a section */
	const char *key;	/* in JSON, where it has one by that name */
	enum field_type type;
	size_t offset;		/* in struct notice */
	unsigned ways;		/* bit per enum way that can fill it */
};

extern const struct notice_field notice_fields[];
extern const size_t notice_fields_count;

/* The row of a field by its offset: notice_row(offsetof(struct notice, hs)). */
size_t notice_row(size_t offset);
#define NOTICE_BIT(member) (UINT64_C(1) << notice_row(offsetof(struct notice, member)))

/* Groups of documents that a way may know apart from the others (used besides the bit of 'documents'). */
#define NOTICE_DOCS_TEXTS (UINT64_C(1) << 60)	/* all but the notification form */
#define NOTICE_DOCS_FORM_EN (UINT64_C(1) << 61)
#define NOTICE_DOCS_FORM_FR (UINT64_C(1) << 62)
#define NOTICE_DOCS_FORM_ES (UINT64_C(1) << 63)

/* All fields that a way can tell. */
uint64_t notice_known_by(enum way way);

#define NOTICE_INIT { .id = NULL }
#define AUTO_NOTICE __attribute__((cleanup(notice_clear))) struct notice

void notice_init(struct notice *n);
void notice_clear(struct notice *n);
void notice_copy(struct notice *to, const struct notice *from);	/* 'to' is initialised or cleared before */

/* Puts all sets, codes, documents and variants in order and drops repeats. Every decoder ends with it. Completes the identity from
 * what is set: id from the first symbol or the symbols from the id (which comes first among them), dossier, kind (from the id's
 * tail and 'urgent'), source and area (from the id when it parses), member and members (by the symbols' codes; what these do not
 * tell stays as the decoder set it, behind the others). */
void notice_normalise(struct notice *n);

/* Is the dossier one that the record can belong to? A base is its own; a follow-up belongs to its base, or to another one of the same area: a joint base may
 * have been seen first under another of its symbols. */
bool notice_dossier_fits(const struct notice *n);

/* Completes 'now', which came by a way that knows only now->known, with what 'before' holds for the rest. The identity of 'before'
 * stays (id, dossier, order of symbols; the id remains a symbol even when the source drops it), and so do labels of codes and
 * text hashes and spelling of links where codes and links are the same, and texts that differ in blanks only. 'vanished' never comes over: who tells of a record tells
 * that it is there. 'urgent' comes over when neither 'type' nor 'urgency_invoked' is known; what the form says of it counts only where no type is told. now->known then covers both. */
void notice_merge(struct notice *now, const struct notice *before);

/* Has the field a value? / are both the same for a reader (labels of codes do not count, nor do blanks and line breaks between words)? Row i of notice_fields. */
bool notice_field_empty(const struct notice *n, size_t row);
bool notice_field_equal(const struct notice *a, const struct notice *b, size_t row);

/* The field as one line for people ("3926.90, 9503"; texts as they are, "\n" kept). Appended. */
void notice_field_text(const struct notice *n, size_t row, struct buf *out);

/* Same identity and all fields equal (as notice_field_equal). */
bool notice_equal(const struct notice *a, const struct notice *b);

/* Bits of the fields in which they differ, as in 'known'; documents by their groups (NOTICE_DOCS_...), identity as the title's bit. */
uint64_t notice_differences(const struct notice *a, const struct notice *b);

/* Set a text, cleaned by utf8_clean and bounded by LIMIT_TEXT; NULL or blank makes it absent. */
void notice_set_text(struct text *t, const char *s, const char *lang);
/* Same for a one-line field, bounded by LIMIT_LINE. */
void notice_set_line(char **line, const char *s);
/* A language code in lower case ("EN" -> "en"), "" for what is no code of 2 or 3 letters (NULL too). */
void notice_set_lang(char lang[4], const char *s);

/* Adders copy and clean; what cannot stand in a record is left out, as is what comes after LIMIT_LIST items: a code of other than
 * letters, digits and dots; a blank or over-long URL (blanks and mark-up in it are percent-encoded; an unknown kind becomes
 * "other"); a variant of an unknown field. */
void codes_add(struct codes *c, const char *code, const char *label);	/* label may be NULL */
void documents_add(struct documents *d, const char *kind, const char *lang, const char *url);
void variants_add(struct variants *v, const char *member, const char *field, const char *value);

/* Canonical form of HS ("0306.17" from "030617", " 0306 17", "HS 0306.17"; "04" and "0306" stay; all further digits follow the
 * one dot) and ICS ("97.200.50" from "9720050"), appended; false for what has no digit. Reads the first number and no further. */
bool code_canonical_hs(const char *text, struct buf *out);
bool code_canonical_ics(const char *text, struct buf *out);

const char *source_name(enum source s);		/* "eping", "tris" */
const char *area_name(enum area a);		/* "TBT", "SPS", "TRIS" */
const char *kind_name(enum kind k);		/* "draft", "urgent", "addendum", ... */
bool source_parse(const char *name, enum source *out);
bool area_parse(const char *name, enum area *out);
bool kind_parse(const char *name, enum kind *out);

/* Kind from the tail of the id, never from the type's words; base notifications are KIND_URGENT when urgent. */
enum kind kind_of(const char *id, bool urgent);

#endif
