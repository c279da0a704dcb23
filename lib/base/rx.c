#include "rx.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "alloc.h"
#include "error.h"
#include "limits.h"

#define RX_HEAP_KIB (16 << 10)		/* what one match may allocate */
#define RX_STACK_MAX (1 << 20)		/* of the compiled form */

struct rx {
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *context;
	pcre2_jit_stack *stack;
};

static uint32_t
options_of(int flags)
{
	uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C;

	if (flags & RX_CASELESS)
		options |= PCRE2_CASELESS;
	if (flags & RX_MULTILINE)
		options |= PCRE2_MULTILINE;
	return options;
}

static int
compile_error(const char *pattern, int code, size_t at, struct error *err)
{
	unsigned char text[200];

	if (pcre2_get_error_message(code, text, sizeof(text)) < 0)
		text[0] = '\0';
	return error_set(err, ERR_CONF, "pattern '%.200s', character %zu: %s", pattern, at + 1, (const char *)text);
}

static void
set_limits(struct rx *rx)
{
	pcre2_set_match_limit(rx->context, LIMIT_RX_STEPS);
	pcre2_set_depth_limit(rx->context, LIMIT_RX_STEPS);
	pcre2_set_heap_limit(rx->context, RX_HEAP_KIB);
	if (rx->stack != NULL)
		pcre2_jit_stack_assign(rx->context, NULL, rx->stack);
}

int
rx_compile(const char *pattern, int flags, struct rx **out, struct error *err)
{
	AUTO_RX *rx = xcalloc(1, sizeof(*rx));
	size_t at = 0;
	int code;

	*out = NULL;
	rx->code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, options_of(flags), &code, &at, NULL);
	if (rx->code == NULL)
		return compile_error(pattern, code, at, err);
	rx->data = pcre2_match_data_create(RX_GROUPS, NULL);
	rx->context = pcre2_match_context_create(NULL);
	if (rx->data == NULL || rx->context == NULL)
		return error_set(err, ERR_SYSTEM, "out of memory for pattern '%.200s'", pattern);
	if (pcre2_jit_compile(rx->code, PCRE2_JIT_COMPLETE) == 0)
		rx->stack = pcre2_jit_stack_create(32 << 10, RX_STACK_MAX, NULL);
	set_limits(rx);
	*out = TAKE(rx);
	return 0;
}

void
rx_free(struct rx *rx)
{
	if (rx == NULL)
		return;
	pcre2_jit_stack_free(rx->stack);
	pcre2_match_context_free(rx->context);
	pcre2_match_data_free(rx->data);
	pcre2_code_free(rx->code);
	free(rx);
}

static bool
is_limit(int rc)
{
	return rc == PCRE2_ERROR_MATCHLIMIT || rc == PCRE2_ERROR_DEPTHLIMIT || rc == PCRE2_ERROR_HEAPLIMIT ||
	    rc == PCRE2_ERROR_JIT_STACKLIMIT || rc == PCRE2_ERROR_NOMEMORY;
}

bool
rx_exec(const struct rx *rx, const char *text, size_t n, size_t from, struct rx_match *m, bool *limited)
{
	const size_t *pairs;
	int rc;

	if (limited != NULL)
		*limited = false;
	if (from > n)
		return false;
	rc = pcre2_match(rx->code, (PCRE2_SPTR)text, n, from, 0, rx->data, rx->context);
	if (limited != NULL)
		*limited = is_limit(rc);
	if (rc < 0)
		return false;
	if (rc == 0)
		rc = RX_GROUPS;		/* more groups than we report */
	pairs = pcre2_get_ovector_pointer(rx->data);
	for (int i = 0; i < RX_GROUPS; i++) {
		m->start[i] = i < rc ? pairs[2 * i] : (size_t)-1;
		m->end[i] = i < rc ? pairs[2 * i + 1] : (size_t)-1;
	}
	return true;
}
