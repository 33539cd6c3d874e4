package dev.migaki.training.util;

/** Breaks on purpose: a drawer. */
public record TextUtils() {}
