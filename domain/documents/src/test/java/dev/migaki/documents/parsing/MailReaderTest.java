package dev.migaki.documents.parsing;

import static dev.migaki.documents.parsing.Files.blocks;
import static dev.migaki.documents.parsing.Files.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.documents.Block;
import dev.migaki.documents.Block.Heading;
import dev.migaki.documents.Block.QuestionAnswer;
import dev.migaki.documents.Block.Role;
import dev.migaki.documents.Block.Turn;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailReaderTest {

  private static final String HEADERS =
      "From: Shop Support <support@shop.example>\nTo: Ann <ann@example.com>\nSubject: Re: Parcel\n"
          + "Date: Mon, 2 Mar 2026 10:00:00 +0000\nMIME-Version: 1.0\n";

  @Test
  void shouldPutThreadInOrderWithoutGreetingsAndSignatures() {
    // When
    List<Block> blocks =
        blocks(
            "a.eml",
            HEADERS
                + "Content-Type: text/plain; charset=UTF-8\n\nDear Ann,\n\nIt left today.\n\nBest regards,\n"
                + "Shop Support\n\nOn Mon, Mar 2, 2026 at 9:00 AM Ann <ann@example.com> wrote:\n"
                + "> Hello,\n>\n> where is my parcel?\n>\n> Thanks\n> Ann\n");

    // Then
    assertThat(blocks)
        .containsExactly(
            new Heading(1, "Re: Parcel", 0),
            new Turn(Role.CUSTOMER, "Ann <ann@example.com>", "where is my parcel?", 0),
            new Turn(Role.AGENT, "Shop Support <support@shop.example>", "It left today.", 0));
  }

  @Test
  void shouldPairInlineAnswersWithWhatTheyQuote() {
    // When
    List<Block> blocks =
        blocks(
            "a.eml",
            HEADERS
                + "\n> Can I swap it?\n\nYes, once.\n\n> And the box?\n\nAny box will do.\n\n-- \nShop\n");

    // Then
    assertThat(blocks.subList(1, blocks.size()))
        .extracting(block -> ((Turn) block).role() + ": " + block.text())
        .containsExactly(
            "CUSTOMER: Can I swap it?",
            "AGENT: Yes, once.",
            "CUSTOMER: And the box?",
            "AGENT: Any box will do.");
  }

  @Test
  void shouldCutOutlookHistoryWhenJapanese() {
    // When
    List<Block> blocks =
        blocks(
            "a.eml",
            HEADERS
                + "Content-Type: text/plain; charset=UTF-8\n\n鈴木様\n\nお世話になっております。\n本日発送しました。\n\n"
                + "よろしくお願いいたします。\n\n-----Original Message-----\nFrom: 鈴木 <s@example.jp>\n"
                + "Sent: Monday\nTo: support@shop.example\nSubject: 荷物\n\n荷物が届きません。\n");

    // Then
    assertThat(blocks.subList(1, blocks.size()))
        .extracting(block -> ((Turn) block).role() + ": " + block.text())
        .containsExactly("CUSTOMER: 荷物が届きません。", "AGENT: 本日発送しました。");
  }

  @Test
  void shouldReadEncodedSubjectBodyAndAttachment() {
    // When
    byte[] mail =
        ("From: a@example.jp\nTo: support@shop.example\n"
                + "Subject: =?ISO-2022-JP?B?GyRCTWE6IhsoQg==?=\nMIME-Version: 1.0\n"
                + "Content-Type: multipart/mixed; boundary=B\n\n--B\n"
                + "Content-Type: text/plain; charset=Shift_JIS\nContent-Transfer-Encoding: 8bit\n\n"
                + "荷物はどこですか。\n--B\nContent-Type: text/csv; name=q.csv\n"
                + "Content-Disposition: attachment; filename=q.csv\n\nquestion,answer\nA?,a\n--B--\n")
            .getBytes(Charset.forName("windows-31j"));
    List<Block> blocks = parsed("a.eml", mail).blocks();

    // Then
    assertThat(blocks.get(1)).isEqualTo(new Turn(Role.CUSTOMER, "a@example.jp", "荷物はどこですか。", 0));
    assertThat(blocks.get(2)).isEqualTo(new Heading(1, "q.csv", 0));
    assertThat(blocks.get(3)).isEqualTo(new QuestionAnswer("A?", "a", 0));
  }

  @Test
  void shouldReadEachMailOfAMailbox() {
    // When
    String mail =
        "From x@example.com Mon Mar  2 10:00:00 2026\nFrom: x@example.com\nSubject: S%d\n\nText %d\n\n";
    List<Block> blocks = blocks("a.mbox", mail.formatted(1, 1) + mail.formatted(2, 2));

    // Then
    assertThat(blocks).extracting(Block::text).containsExactly("S1", "Text 1", "S2", "Text 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "External email: do not click links.\\n\\nDear Ann,|It left today.",
        "[EXTERNAL] This message came from outside the company; mind its links.|It left today.",
        "注意：外部からのメールです。|今日発送しました。",
        "お世話になります。\\n山本です。\\n\\n|今日発送しました。",
        "アン様\\n\\nお世話になります。\\n山本と申します。|今日発送しました。",
        "|無料です。\\n今日発送しました。",
        "|Attention: the key is in the box.\\nIt left today."
      })
  void shouldCutBannerAndIntroductionAndNothingElse(@Nullable String before, String said) {
    // Given
    String body = (before == null ? "" : before + "\n") + said;

    // When
    List<Block> blocks =
        blocks(
            "a.eml",
            "From: =?UTF-8?B?5bGx5pys?= <support@shop.example>\nSubject: Re\n"
                + "Content-Type: text/plain; charset=UTF-8\n\n"
                + body.replace("\\n", "\n")
                + "\n\nOn Mon, Mar 2, 2026 at 9:00 AM Ann <ann@example.com> wrote:\n> Where is it?\n");

    // Then
    assertThat(blocks.get(blocks.size() - 1).text()).isEqualTo(said.replace("\\n", "\n"));
  }

  @Test
  void shouldKeepAForwardedMailApartFromWhatIsSaidAboveIt() {
    // When
    List<Block> blocks =
        blocks(
            "a.eml",
            HEADERS
                + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nPlease have a look.\n\n"
                + "--b\nContent-Type: message/rfc822\n\nFrom: Ann <ann@example.com>\nSubject: Hook\n"
                + "Content-Type: text/html\n\n<p>Which hook fits?</p>\n--b--\n");

    // Then
    assertThat(blocks)
        .extracting(Block::text)
        .containsExactly("Re: Parcel", "Please have a look.", "Hook", "Which hook fits?");
  }

  @Test
  void shouldTakeNoWordsAboveAForwardedTextForAnAnswer() {
    // When
    List<Block> blocks =
        blocks(
            "a.eml",
            HEADERS
                + "Content-Type: text/plain; charset=UTF-8\n\nSee the guest below.\n\nGet Outlook for iOS<https://aka.ms/x>\n\n"
                + "---------- Forwarded message ---------\nFrom: Ann <ann@example.com>\nDate: Tue, 3 Mar 2026\n"
                + "Subject: Boat\nTo: <info@shop.example>\n\nCan I hire a boat?\n");

    // Then
    assertThat(blocks)
        .extracting(block -> block.getClass().getSimpleName() + " " + block.text())
        .containsExactly(
            "Heading Re: Parcel", "Paragraph See the guest below.", "Turn Can I hire a boat?");
  }

  @Test
  void shouldDropAGreetingThatNamesTheSenderInTheSameLine() {
    // When / Then
    assertThat(
            blocks(
                "a.eml",
                HEADERS
                    + "Content-Type: text/plain; charset=UTF-8\n\nお世話になります。佐々木です。\n\n返金の時期を教えてください。\n"))
        .extracting(Block::text)
        .containsExactly("Re: Parcel", "返金の時期を教えてください。");
  }
}
