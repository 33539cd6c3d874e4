package dev.migaki.lm.worker;

import dev.migaki.lm.checkpoint.AtomicFiles;
import dev.migaki.lm.tokenizer.BytePairTrainer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Learns a byte-level BPE vocabulary from corpus files and writes {@code tokenizer.json}. */
public final class TokenizerWorker {

  private TokenizerWorker() {}

  /** {@code --corpus FILE … --vocabulary N --output tokenizer.json [--special a,b,c]}. */
  public static void main(String[] line) throws IOException {
    Arguments arguments = new Arguments(line, List.of("corpus", "vocabulary", "output", "special"));
    List<String> special =
        new ArrayList<>(
            Arrays.asList(
                arguments.text("special", "<|endoftext|>,<|im_start|>,<|im_end|>").split(",")));
    BytePairTrainer trainer = new BytePairTrainer();
    Corpus.forEachText(arguments.paths("corpus"), trainer::addInPlace);
    AtomicFiles.replaceText(
        arguments.path("output"), trainer.train(arguments.integer("vocabulary", 6144), special));
  }
}
