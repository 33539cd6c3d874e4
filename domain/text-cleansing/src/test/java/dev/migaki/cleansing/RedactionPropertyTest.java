package dev.migaki.cleansing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.cleansing.recognition.Finding;
import dev.migaki.cleansing.recognition.FindingType;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Random mixtures of personal data, prose, surrogate pairs and combining marks. */
class RedactionPropertyTest {

  private static final TextCleanser CLEANSER = TextCleanser.create(CleansingRecipe.standard());
  private static final String[] PIECES = {
    "佐藤健一様",
    "田中と申します",
    "090-1234-5678",
    "Emily Carter",
    "my name is ",
    "emily@example.com",
    "4111 1111 1111 1111",
    "〒100-0001",
    "東京都千代田区架空町1-2-3",
    "パスワードは「aB3xY9_z」",
    "生年月日：1985年4月12日",
    "\uD83D\uDE00",
    "\uD842\uDFB7野家",
    "e\u0301",
    "が\u3099",
    "\u200B",
    "価格は1,200円",
    "order id 3348917502",
    "。",
    " ",
    "\n",
    ": ",
    "、",
    "(",
    ")",
    "<PERSON_3>",
    "12",
    "-",
    "0120-",
    "123 Main Street",
    "マイナンバー",
    "1234 5678 9018",
    "@",
    "://",
    "=",
    "\t"
  };

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int pieces = 1 + random.nextInt(14);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  @RepeatedTest(400)
  void shouldBeCleanDeterministicAndIdempotentForAnyText(RepetitionInfo repetition) {
    // Given
    String text = text(new Random(4_000 + repetition.getCurrentRepetition()));

    // When
    Redaction redaction = CLEANSER.redact(text);

    // Then
    assertThat(redaction.residue()).as(text).isEmpty();
    assertThat(CLEANSER.redact(text)).isEqualTo(redaction);
    assertThat(CLEANSER.find(redaction.text()))
        .as(redaction.text())
        .noneMatch(RedactionPropertyTest::isRemoved);
    assertThat(CLEANSER.redact(redaction.text()).text()).isEqualTo(redaction.text());
    assertOffsets(text, redaction.findings());
  }

  private static boolean isRemoved(Finding finding) {
    return finding.type().group() != FindingType.Group.ATTRIBUTE;
  }

  private static void assertOffsets(String text, List<Finding> findings) {
    int position = 0;
    for (Finding finding : findings) {
      assertThat(finding.start()).isGreaterThanOrEqualTo(position);
      assertThat(finding.end()).isLessThanOrEqualTo(text.length());
      assertThat(Character.isLowSurrogate(text.charAt(finding.start()))).isFalse();
      assertThat(Character.isHighSurrogate(text.charAt(finding.end() - 1))).isFalse();
      position = finding.end();
    }
  }

  @RepeatedTest(200)
  void shouldAnswerForRandomCharacters(RepetitionInfo repetition) {
    // Given
    Random random = new Random(9_000 + repetition.getCurrentRepetition());
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      int codePoint =
          random.nextInt(8) == 0 ? random.nextInt(0x110000) : 0x20 + random.nextInt(0x60);
      text.appendCodePoint(codePoint >= 0xD800 && codePoint <= 0xDFFF ? 'x' : codePoint);
    }

    // When
    CleansedText cleansed = CLEANSER.cleanse(text.toString(), DocumentContext.nothingKnown());

    // Then
    assertThat(cleansed.isQuarantined()).isFalse();
  }
}
