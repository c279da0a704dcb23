/* Taking over the objects of another store of ours. */
#ifndef REGWATCH_STORE_ADOPT_H
#define REGWATCH_STORE_ADOPT_H

struct error;
struct store;

/* Moves the objects of 'from' into st, where they replace files of the same name (damaged ones, since names are hashes), and sets main of st to that of
 * 'from' where st has none. 'from' is empty afterwards. */
int store_adopt(struct store *st, struct store *from, struct error *err);

#endif
