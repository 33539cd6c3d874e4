package dev.migaki.training.domain;

import jakarta.persistence.Embeddable;

/** Breaks on purpose: a decision that is stored. */
@Embeddable
public record FrameworkPolicy(String name) {}
