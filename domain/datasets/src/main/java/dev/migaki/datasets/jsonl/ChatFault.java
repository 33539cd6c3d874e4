package dev.migaki.datasets.jsonl;

/**
 * What is wrong in a line of chat JSONL.
 *
 * @param line from 1
 * @param name one of OpenAI's well-known names, such as {@code missing_messages_list}
 * @param message says what and where, without quoting the text
 */
public record ChatFault(int line, String name, String message) {}
