/* Units of measure as texts write them. Inside lib/redline only. */
#ifndef REGWATCH_REDLINE_UNITS_H
#define REGWATCH_REDLINE_UNITS_H

#include <stddef.h>

struct buf;

/* The unit that stands at s ("mg/kg", "%", "°C", "working days"), perhaps behind one blank: its bytes with the blank, 0 without
 * one. Its one spelling for all ("mg/l" for "mg/L", "%" for "per cent") is appended to name. */
size_t unit_read(const char *s, size_t n, struct buf *name);

/* The currency that ends at s ("EUR ", "€", "US$"): how many bytes before s, with a blank; 0 without one. */
size_t unit_before(const char *text, size_t s, struct buf *name);

#endif
