/* What a text that withdraws takes back: the notified measure, or only a document about it. */
#ifndef REGWATCH_NOTICE_WITHDRAWAL_H
#define REGWATCH_NOTICE_WITHDRAWAL_H

enum withdrawal {
	WITHDRAWAL_UNTOLD,	/* no sentence names what it takes back */
	WITHDRAWAL_DOCUMENT,	/* "the notification is null and void", "Addendum 1 was circulated in error" */
	WITHDRAWAL_MEASURE	/* "we inform Members that the draft regulation has been withdrawn" */
};

/* For a text that withdraws something (EVENT_WITHDRAWN of prose_read); one that names both takes back the document. */
enum withdrawal withdrawal_of(const char *text);

#endif
