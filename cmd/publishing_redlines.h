/* What the members of a dossier change, and their attached texts, for its pages. Inside cmd only. */
#ifndef REGWATCH_CMD_PUBLISHING_REDLINES_H
#define REGWATCH_CMD_PUBLISHING_REDLINES_H

#include "publishing.h"

/* The texts that are held: m->texts is the caller's (free), what it holds goes to 'owned'. */
void dossier_texts(struct app *app, struct site_member *m, struct strv *owned);

/* What each version says otherwise than the one before, and a revision than what it replaces, with attached texts. m knows its versions, and whom it
 * replaces. What cannot be read is left out with a warning. */
void dossier_redlines(struct app *app, struct site_member *m);

/* The pages of redlines and records that lie apart, of texts, and the one that has it all. */
int dossier_put_beside(const struct site_meta *meta, const struct site_dossier *d, struct site_files *files, uint64_t key, struct error *err);

#endif
