/* How often a test of random cases tries: all in the plain build, a fifth under sanitizers, which take five times as long and look for other things. */
#ifndef REGWATCH_TESTS_ROUNDS_H
#define REGWATCH_TESTS_ROUNDS_H

#if defined(__SANITIZE_ADDRESS__)
#define ROUNDS(n) ((n) / 5)
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ROUNDS(n) ((n) / 5)
#endif
#endif
#ifndef ROUNDS
#define ROUNDS(n) (n)
#endif

#endif
