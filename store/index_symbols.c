#include "index_private.h"

int
index_symbols(struct index *ix, int (*fn)(void *ctx, const char *id, const char *symbol), void *ctx, struct error *err)
{
	AUTO_STMT *s = NULL;
	int rc, step;

	if ((rc = index_prepare(ix, "SELECT m.id, s.symbol FROM (SELECT n FROM symbol GROUP BY n HAVING count(*) > 1) j CROSS JOIN notice m ON m.n = j.n"
	    " CROSS JOIN symbol s ON s.n = j.n WHERE s.symbol <> m.id ORDER BY m.id, s.symbol", &s, err)) < 0)
		return rc;
	while ((step = sqlite3_step(s)) == SQLITE_ROW)
		if ((rc = fn(ctx, index_text(s, 0), index_text(s, 1))) != 0)
			return rc;
	return step == SQLITE_DONE ? 0 : index_fail(ix, err, "cannot list symbols");
}
