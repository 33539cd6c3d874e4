package dev.migaki.lm.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates that ask for years or for all memory. */
class TemplateBudgetTest {

  private static String render(String template) {
    return JinjaTemplate.parse(template).render(Map.of(), format -> format);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '\0',
      value = {
        "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}!steps",
        "{% for a in range(100000) %}{% for b in range(100000) if false %}{% endfor %}{% endfor %}!steps",
        "{% for a in range(100000) %}{{ 'x' * 1000 }}{% endfor %}!characters",
        "{{ 'x' * 2000000000 }}!characters",
        "{% set n = namespace(x='xx') %}{% for a in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}!characters",
        "{% set n = namespace(x='xx') %}{% for a in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}!characters",
        "{% set n = namespace(x=[1]) %}{% for a in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}!items",
        "{% set n = namespace(x=[1]) %}{% for a in range(60) %}{% set n.x = [n.x, n.x] %}{% endfor %}{{ n.x }}!characters",
        "{% set n = namespace(x={}) %}{% for a in range(60) %}{% set n.x = {'a': n.x, 'b': n.x} %}{% endfor %}{{ n.x }}!characters",
        "{% set n = namespace(x=[1]) %}{% for a in range(60) %}{% set n.x = [n.x, n.x] %}{% endfor %}{{ n.x | tojson }}!tojson",
        "{% set x = 'x' * 5000000 %}{{ x | replace('x', x) }}!characters",
        "{% set x = 'x' * 5000000 %}{{ x.replace('', x) }}!characters",
        "{% set x = 'x' * 5000000 %}{{ [x, x, x] | join(x) }}!characters",
        "{% set x = 'x' * 5000000 %}{{ x.join([x, x, x]) }}!characters",
        "{{ 'x' | indent(2000000000, true) }}!characters",
        "{{ [1] | tojson(indent=2000000000) }}!characters",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}!deep",
        "{% macro f() %}{{ g() }}{% endmacro %}{% macro g() %}{{ f() }}{% endmacro %}{{ f() }}!deep",
        "{% set n = namespace() %}{% set n.n = n %}{{ n }}!deep"
      })
  void shouldStopATemplateThatAsksForTooMuch(String template, String named) {
    // When / Then
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(() -> render(template))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining(named));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "{'a':", "not ", "- "})
  void shouldRefuseAnExpressionThatIsNestedTooDeeply(String opening) {
    // Given
    String template = "{{ " + opening.repeat(200_000);

    // When / Then
    assertThatThrownBy(() -> JinjaTemplate.parse(template)).isInstanceOf(TemplateException.class);
  }

  @Test
  void shouldRefuseStatementsThatAreNestedTooDeeply() {
    // Given
    String template = "{% if true %}".repeat(100_000);

    // When / Then
    assertThatThrownBy(() -> JinjaTemplate.parse(template))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void shouldJoinWhatIsUndefinedToNothing() {
    // When / Then
    assertThat(render("a{{ nothing | join(', ') }}{{ ', '.join([1, 2]) }}")).isEqualTo("a1, 2");
  }

  @Test
  void shouldRenderWhatALongConversationTakes() {
    // When
    String text =
        render(
            "{% macro turn(i) %}{{ 'word ' * 100 }}{% endmacro %}"
                + "{% for i in range(10000) %}{% if i % 2 %}{{ turn(i) }}{% else %}{{ i }}{% endif %}{% endfor %}");

    // Then
    assertThat(text).hasSizeGreaterThan(2_500_000);
  }
}
