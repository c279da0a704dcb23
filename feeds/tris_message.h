/* The numbered message of a TRIS notification: text -> items. Three generations of it are read:
 *
 *	Message 001                                Message 002                              Message 901
 *	Communication ... - TRIS/(2024) 1558       Communication ... - TRIS/(2021) 03771    Communication ... - TRIS/(2025) 0756
 *	MSG: 20241558.EN                           (MSG: 202103771.EN)                      MSG: 20250756.EN
 *	1. MSG 001 IND 2024 0321 FI EN             1. Structured Information Line           1. MSG 901 IND 2025 9005 NO EN
 *	   14-06-2024 FI NOTIF                     MSG 002 IND 2021 0665 E EN ...              17-03-2025 NO NOTIF
 *	2. Finland                                 2. Member State / E                      2. Norway
 *
 * The words around the numbers are in the language of the page or of the message; only numbers are relied upon. */
#ifndef REGWATCH_FEEDS_TRIS_MESSAGE_H
#define REGWATCH_FEEDS_TRIS_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "../lib/base/date.h"
#include "../lib/base/strv.h"

/* Slots of the items in their order: 1, 2, 3A, 3B, then slot n is item n. */
enum tris_item {
	TRIS_LINE, TRIS_STATE, TRIS_CONTACT, TRIS_MINISTRY, TRIS_NUMBER, TRIS_TITLE, TRIS_PRODUCTS, TRIS_OTHER_ACT, TRIS_CONTENT, TRIS_GROUNDS,
	TRIS_BASIC_TEXTS, TRIS_URGENCY, TRIS_URGENCY_GROUNDS, TRIS_CONFIDENTIAL, TRIS_FISCAL, TRIS_IMPACT, TRIS_TBT_SPS
};
#define TRIS_ITEMS (TRIS_TBT_SPS + 1)

struct tris_message {
	size_t start;			/* offset in the text at which the message begins */
	char type[4];			/* "001", "901": three digits, an open set; "" unknown */
	char *communication;		/* "TRIS/(2025) 0756", or NULL */
	char *number;			/* canonical "2025/9005/NO" of item 1, or NULL */
	char lang[4];			/* of the message, lower case; "" unknown */
	struct date received;		/* item 1 */
	bool reaction;			/* not a notification (item 1 ends in "COM 5.2" or the like): its items 5.. mean other things */
	char *category, *category_label;	/* item 4; NULL when absent */
	struct strv keywords;		/* last line of item 8, which is taken out there */
	char *item[TRIS_ITEMS];		/* lines separated by "\n", "" for an empty item, NULL for one that the message lacks */
	int last;			/* the last slot that is there; -1 none: cut short when it is not TRIS_TBT_SPS */
};

#define AUTO_TRIS_MESSAGE __attribute__((cleanup(tris_message_clear))) struct tris_message

/* Finds the message in the text of a page (form of utf8_clean, lines kept) and takes it apart. False when there is none; *out is
 * then empty and out->start is n. What does not agree within the message, or is missing, becomes a warning. An item begins only where a line
 * starts with the number expected next, because items 8 and 9 hold numbered lists of their own. */
bool tris_message_read(const char *text, size_t n, struct tris_message *out, struct strv *warnings);
void tris_message_clear(struct tris_message *m);

/* "3A", "14": the item's number for people. Static. */
const char *tris_item_name(int slot);

/* The first TRIS number mentioned in a text, canonical, caller frees; NULL when there is none. */
char *tris_number_in(const char *text);

#endif
