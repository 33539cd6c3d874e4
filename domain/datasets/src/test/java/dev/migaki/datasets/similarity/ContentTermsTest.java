package dev.migaki.datasets.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContentTermsTest {

  @Test
  void shouldGiveOneKeyWhenTheSameIsAskedMorePolitely() {
    // When
    var plain = ContentTerms.key("送料はいくらですか？");
    var polite = ContentTerms.key("すみませんが、送料がいくらか教えてください。");

    // Then
    assertThat(polite).isEqualTo(plain);
  }

  @Test
  void shouldGiveOtherKeysWhenCodesOrPlansDiffer() {
    // When
    var first = ContentTerms.key("What does error E12 mean?");
    var second = ContentTerms.key("What does error E13 mean?");

    // Then
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void shouldGiveOtherKeysWhenSomethingElseIsAsked() {
    // When
    var when = ContentTerms.key("When can I return an item?");
    var how = ContentTerms.key("How can I return an item?");

    // Then
    assertThat(when.terms()).isEqualTo(how.terms());
    assertThat(when.interrogative()).isNotEqualTo(how.interrogative());
  }
}
