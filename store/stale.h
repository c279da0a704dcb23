/* What a killed writer leaves behind: locks of refs, unfinished packs. The caller holds the program's lock, so no other regwatch writes. */
#ifndef REGWATCH_STORE_STALE_H
#define REGWATCH_STORE_STALE_H

struct error;

/* Beginning of the names of our unfinished packs in objects/pack; git itself takes files beginning with "tmp_" for garbage. */
#define STALE_PACK "tmp_regwatch_"

/* Removes locks of refs and of the files beside HEAD, unfinished objects and packs, and packs that have stood without an index for ten minutes. path: of the repository. ERR_IO when one cannot be removed. */
int stale_clear(const char *path, struct error *err);

/* Removes a folder and all below it; symbolic links are removed, not followed. Nothing there is no error. */
int stale_remove_folder(const char *path, struct error *err);

#endif
