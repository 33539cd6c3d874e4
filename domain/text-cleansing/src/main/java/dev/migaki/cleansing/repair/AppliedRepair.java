package dev.migaki.cleansing.repair;

/**
 * One kind of repair that changed the text.
 *
 * @param count characters or places that changed
 */
public record AppliedRepair(String name, int count) {}
