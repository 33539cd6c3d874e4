package dev.migaki.cleansing;

import dev.migaki.cleansing.recognition.FindingType;

/**
 * One decision for the audit trail: where and why, never what.
 *
 * @param start UTF-16 index in the text that was redacted
 * @param mark HMAC of the value under the tenant's key, so that equal values can be recognised
 */
public record AuditEntry(
    FindingType type,
    int start,
    int end,
    double score,
    String recognizer,
    RedactionAction action,
    String mark) {}
