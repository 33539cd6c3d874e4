package dev.migaki.cleansing.spelling;

/**
 * One correction.
 *
 * @param start UTF-16 index in the text before correction
 * @param rule which table or rule applied
 */
public record SpellingEdit(int start, int end, String from, String to, String rule) {}
