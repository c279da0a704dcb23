/* Which language a text is in, by counting its commonest words. */
#ifndef REGWATCH_BASE_LANG_H
#define REGWATCH_BASE_LANG_H

/* ISO 639-1 code out of en fr es de it pl nl sv pt, or "" when the text is too short or undecided. 'expected' (may be "") wins
 * ties and short texts: a title of three words in the English feed stays "en". Static string
 * or 'expected' itself. */
const char *lang_detect(const char *text, const char *expected);

#endif
