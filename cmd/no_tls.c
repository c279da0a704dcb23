/* regwatch itself speaks with nobody: its other half does, see hand_over.h. Yet libgit2, when it starts, reads all certificates of the system, which
 * takes longer than the rest of a 'show'. This stands in front of the function of Mbed TLS by which it does so. It reads none, and a connection that were
 * made nevertheless would trust nobody. A libgit2 that was built with another TLS library never calls it. */
int mbedtls_x509_crt_parse_file(void *chain, const char *path);

int
mbedtls_x509_crt_parse_file(void *chain, const char *path)
{
	(void)chain;
	(void)path;
	return 0;	/* certificates that could not be read */
}
