package dev.migaki.qa;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the product's classes; a rule's message says what to do instead. */
class ArchitectureTest {
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.migaki");

  static List<ArchRule> rules() {
    return Rules.all();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldHold(ArchRule rule) {
    rule.check(PRODUCT);
  }

  @Test
  void shouldSeeEveryModule() {
    assertThat(
            List.of(
                "dev.migaki.contracts",
                "dev.migaki.documents",
                "dev.migaki.cleansing",
                "dev.migaki.datasets",
                "dev.migaki.lm",
                "dev.migaki.metrics",
                "dev.migaki.platform.stage",
                "dev.migaki.platform.artifacts",
                "dev.migaki.platform.openai",
                "dev.migaki.platform.http",
                "dev.migaki.platform.localstack",
                "dev.migaki.ingest",
                "dev.migaki.cleanse",
                "dev.migaki.training",
                "dev.migaki.eval",
                "dev.migaki.deploy",
                "dev.migaki.cli"))
        .allSatisfy(name -> assertThat(PRODUCT.containPackage(name)).as(name).isTrue());
  }
}
