package dev.migaki.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class DocumentStoryTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void shouldTellVersionsReasonsExamplesAndErasure() throws JsonProcessingException {
    // When
    var lines =
        DocumentStory.lines(
            JSON.readTree(
                """
                {"document":{"id":"a.pdf","status":"erased"},
                 "history":[{"version":1,"status":"rejected","sizeBytes":3,"receivedAt":"t","code":"EMPTY","message":"Nothing."},
                            {"version":2,"status":"erased","sizeBytes":9,"receivedAt":"u","mediaType":"text/plain","warnings":["line 2"]}],
                 "receipts":[{"stage":"cleanse","removed":[{"what":"examples","where":"store","sha256":"ab","note":""}],"kept":[],
                              "affected":[{"what":"version","where":"3","note":"sealed again"}]}]}
                """),
            JSON.readTree(
                "{\"total\":1,\"examples\":[{\"messages\":[{\"role\":\"user\",\"content\":\"Why?\"}]}]}"));

    // Then
    assertThat(lines)
        .containsExactly(
            "a.pdf: erased",
            "  version 1: rejected, 3 bytes, received t, EMPTY: Nothing.",
            "  version 2: erased, text/plain, 9 bytes, received u",
            "    left out: line 2",
            "1 example",
            "  Why?",
            "erased by cleanse",
            "  removed: examples (store) sha256 ab",
            "  affected: version (3), sealed again");
  }

  @Test
  void shouldCountTheFilesOfAnArchive() throws JsonProcessingException {
    // When
    var lines =
        DocumentStory.lines(
            JSON.readTree(
                """
                {"document":{"id":"a.zip","status":"unpacked"},
                 "contents":{"files":3,"byStatus":{"ingested":2,"rejected":1}},"history":[]}
                """),
            JSON.readTree("{\"total\":0}"));

    // Then
    assertThat(lines)
        .containsExactly(
            "a.zip: unpacked",
            "  an archive of 3 files, now documents: 2 ingested, 1 rejected",
            "0 examples");
  }
}
