/* Apart from the rest of net, since the program that answers from the store is linked without libcurl. */
#include <arpa/inet.h>
#include <string.h>

#include "alloc.h"
#include "cleanup.h"
#include "net.h"

bool
net_host_valid(const char *host)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789.-_";
	size_t n = strlen(host);

	if (host[0] == '[') {
		AUTO_FREE char *address = xstrndup(host + 1, n > 2 ? n - 2 : 0);
		struct in6_addr ignored;

		return host[n - 1] == ']' && inet_pton(AF_INET6, address, &ignored) == 1;
	}
	return n > 0 && strspn(host, allowed) == n;
}
