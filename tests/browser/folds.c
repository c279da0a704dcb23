/* How each letter is folded, a line each: code point, tab, fold. The browser tests hold the script's folding against it. */
#include <stdio.h>

#include "lib/base/buf.h"
#include "lib/base/utf8.h"
#include "lib/base/utf8_code.h"

int
main(void)
{
	for (int32_t cp = 0x20; cp < 0x110000; cp++) {
		AUTO_BUF letter = BUF_INIT, folded = BUF_INIT;

		if (cp >= 0xd800 && cp < 0xe000)
			continue;
		utf8_encode(cp, &letter);
		utf8_fold(buf_str(&letter), &folded);
		if (folded.len > 1)
			printf("%x\t%s\n", (unsigned)cp, buf_str(&folded));
	}
	return fflush(stdout) != 0;
}
