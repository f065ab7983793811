/* For tests: 2.3's client.h asks for it. */
