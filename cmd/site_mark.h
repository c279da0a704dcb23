/* What regwatch writes bears its name, by which it knows a page again when the list of a site's files is lost. Inside site_files only. */
#ifndef REGWATCH_CMD_SITE_MARK_H
#define REGWATCH_CMD_SITE_MARK_H

#include <stdbool.h>

/* Does a plain file bear the mark of its kind? False too for what cannot be read. */
bool site_mark_found(const char *path);

#endif
