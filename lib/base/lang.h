/* Which language a text is in, by counting its commonest words. */
#ifndef REGWATCH_BASE_LANG_H
#define REGWATCH_BASE_LANG_H

/* ISO 639-1 code out of en fr es de it pl nl sv pt, or 'expected' (may be "") when the text is too short or undecided: a title of three
 * words in the English feed stays "en", as does an English one with foreign names. A title of four words and more is another language's
 * when no word in it is the expected one's alone, and two or three are the other's; neighbours (es and pt) are told apart by letters and ends
 * of words too. Static string or 'expected' itself. */
const char *lang_detect(const char *text, const char *expected);

#endif
