package dev.migaki.cli.dryrun;

import dev.migaki.datasets.recipes.DatasetRecipe;
import dev.migaki.documents.recipes.DocumentsRecipe;

/**
 * A recipe as far as dry runs follow it.
 *
 * @param dataset what becomes of text
 * @param documents how files are read, and within which bounds
 */
public record DryRunRecipe(DatasetRecipe dataset, DocumentsRecipe documents) {}
