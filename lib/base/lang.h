/* Which language a text is in, by counting its commonest words. */
#ifndef REGWATCH_BASE_LANG_H
#define REGWATCH_BASE_LANG_H

#include <stdbool.h>

/* ISO 639-1 code out of en fr es de it pl nl sv pt, or 'expected' (may be "") when the text is too short or undecided: a title of three
 * words in the English feed stays "en", as does an English one with foreign names. A title of four words and more is another language's
 * when no word in it is the expected one's alone, and two or three are the other's; neighbours (es and pt) are told apart by letters and ends
 * of words too. Static string or 'expected' itself. */
const char *lang_detect(const char *text, const char *expected);

/* The language that the script of a text tells ("ar", "he", "ja"; "und-Cyrl" where only the script is sure); NULL for a text that is mostly Latin.
 * A kana makes a text Japanese, Chinese characters alone Chinese. */
const char *lang_of_script(const char *text);

/* How a text is announced to a browser: by 'lang' (may be NULL), unless that is missing or English and the script says otherwise: a source
 * calls its whole feed English. "" when nothing is known. */
const char *lang_shown(const char *lang, const char *text);

bool lang_is_rtl(const char *lang);

#endif
