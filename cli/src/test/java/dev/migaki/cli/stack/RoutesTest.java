package dev.migaki.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RoutesTest {
  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, DEPLOY",
    "/v1/completions, DEPLOY",
    "/v1/models, DEPLOY",
    "/v1/models/ft:quick-start:migaki:faq:1, DEPLOY",
    "/v1/deployments/faq/rollback, DEPLOY",
    "/v1/files, TRAINING",
    "/v1/uploads/u1/parts, TRAINING",
    "/v1/fine_tuning/jobs, TRAINING",
    "/v1/runs, TRAINING",
    "/v1/evaluations/ft:x/report, EVAL",
    "/v1/datasets/faq/documents, INGEST",
    "/v1/datasets/faq/documents/a.pdf, INGEST",
    "/v1/datasets, INGEST",
    "/v1/datasets/faq/versions, CLEANSE",
    "/v1/datasets/documents/versions, CLEANSE",
    "/v1/datasets/faq/seal, CLEANSE"
  })
  void shouldFindTheServiceThatAnswersWhenPathIsKnown(String path, StageService service) {
    // Given / When / Then
    assertThat(Routes.serviceFor(path)).contains(service);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/v1", "/v1/modelsx", "/v2/models", "/q/metrics"})
  void shouldFindNobodyWhenPathIsUnknown(String path) {
    // Given / When / Then
    assertThat(Routes.serviceFor(path)).isEmpty();
  }
}
