package dev.migaki.training.service;

import dev.migaki.eval.domain.Exam;

/** Breaks on purpose: a package that no stage has, and a look into another stage. */
public record Neighbour(Exam exam) {}
