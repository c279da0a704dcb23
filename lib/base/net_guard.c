#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "net_private.h"
#include "strv.h"

/* What the registries of special-purpose addresses (RFC 6890 and after) keep from the public internet. */
static const struct {
	uint32_t net;
	int bits;
} special4[] = {
	{ 0x00000000, 8 },	/* 0.0.0.0/8 this network */
	{ 0x0a000000, 8 },	/* 10.0.0.0/8 private */
	{ 0x64400000, 10 },	/* 100.64.0.0/10 shared by a provider */
	{ 0x7f000000, 8 },	/* 127.0.0.0/8 loopback */
	{ 0xa9fe0000, 16 },	/* 169.254.0.0/16 link-local; the metadata service of clouds */
	{ 0xac100000, 12 },	/* 172.16.0.0/12 private */
	{ 0xc0000000, 24 },	/* 192.0.0.0/24 protocol assignments */
	{ 0xc0000200, 24 },	/* 192.0.2.0/24 documentation */
	{ 0xc0586300, 24 },	/* 192.88.99.0/24 relays of 6to4, given up */
	{ 0xc0a80000, 16 },	/* 192.168.0.0/16 private */
	{ 0xc6120000, 15 },	/* 198.18.0.0/15 measurements */
	{ 0xc6336400, 24 },	/* 198.51.100.0/24 documentation */
	{ 0xcb007100, 24 },	/* 203.0.113.0/24 documentation */
	{ 0xe0000000, 4 },	/* 224.0.0.0/4 multicast */
	{ 0xf0000000, 4 },	/* 240.0.0.0/4 reserved, broadcast */
};

/* Within 2000::/3; all else is refused as a whole: loopback, mapped and compatible IPv4, ULA, link-local, multicast. */
static const struct {
	uint8_t net[4];
	int bits;
} special6[] = {
	{ { 0x20, 0x01, 0x00, 0x00 }, 23 },	/* 2001::/23 protocol assignments, among them Teredo */
	{ { 0x20, 0x01, 0x0d, 0xb8 }, 32 },	/* 2001:db8::/32 documentation */
	{ { 0x20, 0x02, 0x00, 0x00 }, 16 },	/* 2002::/16 6to4: an IPv4 address of any kind inside */
	{ { 0x3f, 0xff, 0x00, 0x00 }, 20 },	/* 3fff::/20 documentation */
};

static bool
public4(uint32_t address)
{
	for (size_t i = 0; i < sizeof(special4) / sizeof(*special4); i++)
		if ((address ^ special4[i].net) >> (32 - special4[i].bits) == 0)
			return false;
	return true;
}

static uint32_t
word(const uint8_t *b)
{
	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static bool
public6(const uint8_t a[16])
{
	static const uint8_t nat64[12] = { 0x00, 0x64, 0xff, 0x9b };

	if (memcmp(a, nat64, sizeof(nat64)) == 0)
		return public4(word(a + 12));	/* how a network of IPv6 alone reaches IPv4 */
	if (a[0] >> 5 != 1)
		return false;
	for (size_t i = 0; i < sizeof(special6) / sizeof(*special6); i++)
		if ((word(a) ^ word(special6[i].net)) >> (32 - special6[i].bits) == 0)
			return false;
	return true;
}

bool
net_address_public(const struct sockaddr *a)
{
	if (a->sa_family == AF_INET)
		return public4(ntohl(((const struct sockaddr_in *)(const void *)a)->sin_addr.s_addr));
	if (a->sa_family == AF_INET6)
		return public6(((const struct sockaddr_in6 *)(const void *)a)->sin6_addr.s6_addr);
	return false;
}

void
net_address_text(const struct sockaddr *a, char *text, size_t size)
{
	const void *raw = NULL;

	if (a->sa_family == AF_INET)
		raw = &((const struct sockaddr_in *)(const void *)a)->sin_addr;
	else if (a->sa_family == AF_INET6)
		raw = &((const struct sockaddr_in6 *)(const void *)a)->sin6_addr;
	if (raw == NULL || inet_ntop(a->sa_family, raw, text, (socklen_t)size) == NULL)
		snprintf(text, size, "of family %d", a->sa_family);
}

bool
net_guard_named(const struct net_request *req, const struct net_url *u)
{
	return req->configured_host != NULL && net_url_is_at(u, req->configured_host, true);
}

static bool
listed(const struct strv *hosts, const struct net_url *u)
{
	for (size_t i = 0; hosts != NULL && i < hosts->n; i++)
		if (net_url_is_at(u, hosts->v[i], false))
			return true;
	return false;
}

int
net_guard_hop(const struct net_request *req, const struct net_url *first, const struct net_url *u, struct error *err)
{
	AUTO_BUF to = BUF_INIT;

	if (first != NULL)
		net_url_mask(u->text, &to);
	if (first != NULL && first->https && !u->https)
		return error_set(err, ERR_DATA, "redirects from https to plain http: '%s'", to.data);
	if (first != NULL && !net_url_same_origin(first, u) && !listed(req->hosts, u))
		return error_set(err, ERR_DATA, "redirects to another origin: '%s'", to.data);
	if (!u->https && !net_guard_named(req, u))
		return error_set(err, ERR_DATA, "plain http to '%s', a host that the configuration does not name", u->place);
	return 0;
}
