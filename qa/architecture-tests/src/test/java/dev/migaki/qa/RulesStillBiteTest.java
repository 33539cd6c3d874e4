package dev.migaki.qa;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule is given a class that breaks it; a rule that lets it pass has gone blind. */
class RulesStillBiteTest {
  private static final JavaClasses MUTANTS =
      new ClassFileImporter()
          .importClasses(
              dev.migaki.metrics.ClockReader.class,
              dev.migaki.lm.TensorMaker.class,
              dev.migaki.training.domain.FrameworkPolicy.class,
              dev.migaki.training.domain.Verdict.class,
              dev.migaki.training.util.TextUtils.class,
              dev.migaki.training.service.Neighbour.class,
              dev.migaki.platform.stage.StageAware.class,
              dev.migaki.eval.domain.Exam.class);

  static Stream<Arguments> rulesAndTheirMutants() {
    Map<ArchRule, String> mutants =
        Map.ofEntries(
            Map.entry(Rules.domainLibrary("dev.migaki.metrics..", List.of()), "ClockReader"),
            Map.entry(Rules.stageDomainIsPure(), "FrameworkPolicy"),
            Map.entry(Rules.pureCodeIsDeterministic(), "ClockReader"),
            Map.entry(Rules.pureCodeIsSilent(), "ClockReader"),
            Map.entry(Rules.tensorsAreMadeOnTheDevice(), "TensorMaker"),
            Map.entry(Rules.platformKnowsNoStage(), "StageAware"),
            Map.entry(Rules.stagesDoNotSeeEachOther(), "Neighbour"),
            Map.entry(Rules.entitiesLiveInPersistence(), "Verdict"),
            Map.entry(Rules.entitiesAreNamedSo(), "Verdict"),
            Map.entry(Rules.noDrawers(), "TextUtils"),
            Map.entry(Rules.noDrawerNames(), "TextUtils"),
            Map.entry(Rules.stagePackages(), "Neighbour"),
            Map.entry(Rules.channelsLiveInMessaging(), "Verdict"),
            Map.entry(Rules.mutinyStaysOutOfStages(), "Verdict"),
            Map.entry(Rules.metricsLiveInMetricsClasses(), "Verdict"),
            Map.entry(Rules.configMappingsLiveInConfig(), "Verdict"));
    return mutants.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest
  @MethodSource("rulesAndTheirMutants")
  void shouldCatchItsMutant(ArchRule rule, String mutant) {
    assertThat(rule.evaluate(MUTANTS).getFailureReport().getDetails())
        .as(rule.getDescription())
        .anySatisfy(detail -> assertThat(detail).contains(mutant));
  }
}
