/* What a symbol stands for. */
#include "index_private.h"

#include <string.h>

#include "../lib/base/utf8.h"
#include "../lib/notice/symbol.h"

static bool
find_text(struct index *ix, enum index_sql which, int column, const char *key, struct buf *id)
{
	sqlite3_stmt *row;

	if (index_query(ix, which, &row, NULL, "s", key) != 1)
		return false;
	buf_adds(id, index_text(row, column));
	sqlite3_reset(row);
	return true;
}

/* States changed their codes in 2023: D became DE. A serial number is given once a year, so that year, number and member are enough. */
static bool
find_state(struct index *ix, const char *symbol, const struct symbol *asked, struct buf *id)
{
	const char *member = member_of_code(asked->code, true);
	AUTO_BUF key = BUF_INIT;
	sqlite3_stmt *row;
	bool one = true;

	index_symbol_key(symbol, &key);
	if (member[0] == '\0' || index_query(ix, SQL_SYMBOL_KEY, &row, NULL, "s", buf_str(&key)) != 1)
		return false;
	do {
		struct symbol s;

		if (!symbol_parse(index_text(row, 0), &s) || strcmp(member_of_code(s.code, true), member) != 0)
			continue;
		if (id->len == 0)
			buf_adds(id, index_text(row, 1));
		else if (strcmp(buf_str(id), index_text(row, 1)) != 0)
			one = false;
	} while (sqlite3_step(row) == SQLITE_ROW);
	sqlite3_reset(row);
	if (!one)
		buf_reset(id);
	return id->len > 0;
}

bool
index_resolve(struct index *ix, const char *symbol, struct buf *id)
{
	AUTO_BUF name = BUF_INIT;
	struct symbol s;

	buf_reset(id);
	if (find_text(ix, SQL_NOTICE_FIND, 2, symbol, id))
		return true;
	if (!symbol_parse(symbol, &s)) {
		utf8_clean(symbol, strlen(symbol), false, &name);
		return find_text(ix, SQL_SYMBOL_FIND, 0, buf_str(&name), id);
	}
	symbol_format(&s, &name);
	if ((strcmp(buf_str(&name), symbol) != 0 && find_text(ix, SQL_NOTICE_FIND, 2, buf_str(&name), id)) || find_text(ix, SQL_SYMBOL_FIND, 0, buf_str(&name), id))
		return true;
	return s.series == SYMBOL_TRIS && find_state(ix, symbol, &s, id);
}
