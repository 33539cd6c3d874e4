package dev.migaki.cleansing.figures;

import dev.migaki.cleansing.CleansedText;
import dev.migaki.cleansing.CleansingRecipe;
import dev.migaki.cleansing.DocumentContext;
import dev.migaki.cleansing.RedactionAction;
import dev.migaki.cleansing.TextCleanser;
import dev.migaki.cleansing.generated.GeneratedCase;
import dev.migaki.cleansing.generated.IdentifierCases;
import dev.migaki.cleansing.recognition.FindingType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Feeds random bytes, alone and spliced into sentences with personal data, to every operator until
 * the time is over. Fails on an exception and on an output that a second run does not repeat.
 *
 * <p>Arguments: seconds, seed.
 */
public final class CleansingFuzz {

  private static final List<Charset> CHARSETS =
      List.of(
          StandardCharsets.UTF_8,
          StandardCharsets.ISO_8859_1,
          StandardCharsets.UTF_16LE,
          Charset.forName("Shift_JIS"),
          Charset.forName("EUC-JP"));

  private final List<TextCleanser> cleansers = new ArrayList<>();
  private final List<GeneratedCase> cases;
  private final Random random;

  private CleansingFuzz(long seed) {
    random = new Random(seed);
    cases = IdentifierCases.generate(seed, 2_000);
    for (RedactionAction action : RedactionAction.values()) {
      CleansingRecipe recipe = CleansingRecipe.standard();
      for (FindingType type : FindingType.values()) {
        recipe = recipe.withTreatment(type, action, 0.5);
      }
      cleansers.add(TextCleanser.create(recipe));
    }
  }

  public static void main(String[] args) {
    long seconds = Long.parseLong(args[0]);
    long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
    System.out.println(new CleansingFuzz(seed).run(Duration.ofSeconds(seconds), seed));
  }

  private String run(Duration time, long seed) {
    long end = System.nanoTime() + time.toNanos();
    long texts = 0;
    long characters = 0;
    long quarantined = 0;
    while (System.nanoTime() < end) {
      String text = text();
      TextCleanser cleanser = cleansers.get(random.nextInt(cleansers.size()));
      CleansedText once = attempt(cleanser, text, seed, texts);
      if (texts % 16 == 0 && !once.text().equals(attempt(cleanser, text, seed, texts).text())) {
        throw new IllegalStateException("seed " + seed + ", text " + texts + ": two results");
      }
      texts++;
      characters += text.length();
      quarantined += once.isQuarantined() ? 1 : 0;
    }
    return "seed %d: %d texts, %d characters, %d quarantined, no exception"
        .formatted(seed, texts, characters, quarantined);
  }

  private static CleansedText attempt(TextCleanser cleanser, String text, long seed, long number) {
    try {
      return cleanser.cleanse(text, DocumentContext.nothingKnown());
    } catch (RuntimeException e) {
      throw new IllegalStateException("seed " + seed + ", text " + number, e);
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    int pieces = 1 + random.nextInt(6);
    for (int i = 0; i < pieces; i++) {
      if (random.nextInt(3) > 0) {
        text.append(cases.get(random.nextInt(cases.size())).text());
      } else {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        text.append(new String(bytes, CHARSETS.get(random.nextInt(CHARSETS.size()))));
      }
      if (random.nextInt(4) == 0 && text.length() > 2) {
        text.delete(random.nextInt(text.length()), text.length());
      }
    }
    return text.toString();
  }
}
