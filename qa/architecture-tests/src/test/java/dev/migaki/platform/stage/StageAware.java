package dev.migaki.platform.stage;

import dev.migaki.eval.domain.Exam;

/** Breaks on purpose: a platform class that knows a stage. */
public record StageAware(Exam exam) {}
