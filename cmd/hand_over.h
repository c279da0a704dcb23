/* The program is two. 'regwatch' answers from the store and links only what that takes; the commands that fetch, send, publish or draw calendars need
 * libcurl, GMime, libical, libarchive and libxml2, which with all that they bring take longer to load than a 'show' takes as a whole. These commands are
 * in 'regwatch-full', and 'regwatch' becomes it. (git keeps libcurl out of its own program in the same way.) */
#ifndef REGWATCH_CMD_HAND_OVER_H
#define REGWATCH_CMD_HAND_OVER_H

struct error;

/* Becomes regwatch-full, which lies beside this program (as built) or in libexec (as installed), with the same arguments. Returns only when it cannot:
 * ERR_MISSING. */
int hand_over(char **argv, struct error *err);

#endif
