package dev.migaki.documents.parsing;

/**
 * The bytes of a file and all that is known about them when a reader gets them.
 *
 * @param depth 0 for the file itself, 1 for what it contains, and so on
 */
record Source(byte[] bytes, ParseHints hints, DetectedType type, int depth, ParseLimits limits) {}
