package dev.migaki.datasets.cleansing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.cleansing.CleansingRecipe;
import dev.migaki.cleansing.TextCleanser;
import dev.migaki.datasets.Examples;
import dev.migaki.documents.Block;
import dev.migaki.documents.ParsedDocument;
import dev.migaki.documents.parsing.DocumentParser;
import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseLimits;
import dev.migaki.documents.parsing.ParseOutcome;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentCleanserTest {
  private static final String KEY =
      """
      -----BEGIN RSA PRIVATE KEY-----
      MIIEpAIBAAKCAQEAEqV8ib8HDy88YtDtXbiufMdI8X2Y4rUmer/BH3M1XS0DRdJu
      PnBIKpi99lSi0tcL21pffWQJEeNajnez0LHtfROUrWW6XnI3EM3HMRb1OcWrhQ7T
      d40XON/M9dyanD+w6zyBe4oKtr7lgdUDj/cRPQSr
      -----END RSA PRIVATE KEY-----""";

  private final DocumentCleanser cleanser =
      new DocumentCleanser(TextCleanser.create(CleansingRecipe.standard()));

  @Test
  void shouldCleanEveryTextAndKeepStructureWhenDocumentHoldsPrivateData() {
    // Given
    ParsedDocument document =
        new ParsedDocument(
            "text/plain",
            "UTF-8",
            "en",
            "Contact emily.carter@example.com",
            List.of(
                new Block.Heading(1, "Contacts", 1),
                new Block.Table(
                    List.of(
                        List.of("Topic", "E-mail"), List.of("Returns", "emily.carter@example.com")),
                    true,
                    1),
                new Block.Turn(
                    Block.Role.CUSTOMER,
                    "Customer",
                    "Write to emily.carter@example.com please.",
                    1),
                new Block.Code("mail emily.carter@example.com", 1)));

    // When
    CleanDocument clean = cleanser.cleanse(document);

    // Then
    assertThat(clean.document().text()).doesNotContain("emily.carter");
    assertThat(clean.document().title()).doesNotContain("emily.carter");
    assertThat(clean.document().blocks()).hasSize(4);
    assertThat(clean.findings()).containsEntry("EMAIL_ADDRESS", 4);
    assertThat(clean.audit()).hasSize(4).allMatch(finding -> finding.mark().length() == 64);
    assertThat(clean.withheldBlocks()).isZero();
  }

  @Test
  void shouldSeeResidueWhenExampleStillHoldsPrivateData() {
    // Given
    CleanDocument source = cleanser.cleanse(paragraphs("We open at nine and close at five."));

    // When
    boolean dirty =
        cleanser.hasResidue(
            Examples.aPair("d", "Whom do I ask?", "Ask emily.carter@example.com about it."),
            source);
    boolean dirtyPair =
        cleanser.hasResidue(
            Examples.aPreference(
                "d",
                "Whom do I ask?",
                "We open at nine and close at five.",
                "Ask emily.carter@example.com about it."),
            source);
    boolean withheld =
        cleanser.hasResidue(
            Examples.aPair("d", "Whom do I ask?", DocumentCleanser.WITHHELD), source);
    boolean clean =
        cleanser.hasResidue(
            Examples.aPair("d", "When do you open?", "We open at nine and close at five."), source);

    // Then
    assertThat(dirty).isTrue();
    assertThat(dirtyPair).isTrue();
    assertThat(withheld).isTrue();
    assertThat(clean).isFalse();
  }

  @Test
  void shouldCallOnlyTextsProvenThatAScanFindsClean() {
    // When
    CleanDocument clean =
        cleanser.cleanse(
            paragraphs(
                "My name is Emily Carter and I have recieved nothing.",
                "Emily wrote on 3 May 2024 from Osaka. Call 415-555-0132 or ask Dr. Sato, aged 42.",
                "担当の田中太郎（32歳）です。電話は090-1234-5678、住所は東京都港区芝公園4-2-8です。",
                "田中様はインデントの件で来社されました。",
                "password: hunter2secret",
                "Nothing private here."));

    // Then
    assertThat(clean.provenClean()).hasSizeGreaterThanOrEqualTo(4);
    assertThat(clean.provenClean()).noneMatch(cleanser::hasResidue);
  }

  @ParameterizedTest
  @CsvSource({
    "退職届_山田太郎.docx, 退職届 <PERSON_1>.docx",
    "Invoice John Smith.pdf, Invoice <PERSON_1>.pdf",
    "invoice-john-smith-2026-04.pdf, invoice <PERSON_1>-2026-04.pdf",
    "HR/2026/John_Smith_CV.docx, HR/2026/<PERSON_1> CV.docx",
    "Dr.Smith, Dr.<PERSON_1>",
    "from_john.smith@example.com.eml, <EMAIL_ADDRESS_1>.eml",
    "見積書_佐藤様_090-1234-5678.xlsx, 見積書 <PERSON_1>様 <PHONE_NUMBER_1>.xlsx",
    "airleaf_tips-2025-en.md, airleaf_tips-2025-en.md",
    "faq/orders_print-ja.html, faq/orders_print-ja.html",
    "返品ポリシー_v2.1.pdf, 返品ポリシー_v2.1.pdf",
    "OfficeDev_KatakanaSpeller.md, OfficeDev_KatakanaSpeller.md",
    "AL-200_UserGuide.pdf, AL-200_UserGuide.pdf",
    "sha256-3fa9c2d1b0778e45, sha256-3fa9c2d1b0778e45",
  })
  void shouldShowFilenameWithoutPrivateData(String filename, String shown) {
    // When
    CleanDocument clean = cleanser.cleanse(paragraphs("Nothing private here."), filename);

    // Then
    assertThat(clean.filename()).isEqualTo(shown);
  }

  @Test
  void shouldRemoveFromFilenameWhatTextTellsAndFromTextWhatFilenameTells() {
    // When
    CleanDocument told = cleanser.cleanse(paragraphs("氏名：青柳 凪\n所属は総務部です。"), "面談_青柳.docx");
    CleanDocument telling =
        cleanser.cleanse(
            paragraphs("Okonjo asked for the money back."), "Complaint of Mr Okonjo.docx");

    // Then
    assertThat(told.filename()).isEqualTo("面談 <PERSON_1>.docx");
    assertThat(told.document().text()).contains("氏名：<PERSON_1>");
    assertThat(telling.document().text()).doesNotContain("Okonjo");
  }

  /** A key that no one uses: random bytes in base 64, set as each format would set it. */
  @ParameterizedTest
  @MethodSource
  void shouldFindPrivateKeyWhateverTheFormat(String filename, String text) {
    // Given
    DocumentParser parser = new DocumentParser(ParseLimits.defaults());
    ParseOutcome outcome = parser.parse(text.getBytes(UTF_8), ParseHints.ofFilename(filename));
    ParsedDocument document = ((ParseOutcome.Parsed) outcome).document();

    // When
    CleanDocument clean = cleanser.cleanse(document);

    // Then
    List<String> secret = KEY.lines().filter(line -> !line.startsWith("-")).toList();
    assertThat(secret).allMatch(line -> document.text().contains(line));
    assertThat(clean.findings()).containsEntry("PRIVATE_KEY", 1);
    assertThat(secret).noneMatch(line -> clean.document().text().contains(line));
    assertThat(clean.document().text()).contains("Then restart");
  }

  static Stream<Arguments> shouldFindPrivateKeyWhateverTheFormat() {
    String before = "Replace the file deploy.pem by this one:\n\n";
    String after = "\n\nThen restart the service.\n";
    String pgp = KEY.replace("RSA PRIVATE KEY", "PGP PRIVATE KEY BLOCK");
    String headed =
        pgp.replaceFirst("\n", "\nVersion: 2.4\n\n").replace("\n-----E", "\n=njUN\n-----E");
    String cut = KEY.substring(0, KEY.lastIndexOf('\n'));
    String turns = "Agent: Use this.\n\n" + KEY + "\n\nUser: Where?\nAgent: Then restart it.\n";
    String lines = KEY.replace("\n", "</p><p>");
    return Stream.of(
        Arguments.of("a.txt", before + KEY + after),
        Arguments.of("a.txt", KEY + after),
        Arguments.of("a.txt", before + headed + after),
        Arguments.of("a.txt", before + cut + after),
        Arguments.of("a.txt", before + "■ " + KEY.replace("\n", "\n\n") + after),
        Arguments.of("a.txt", "Q: Which key?\nA: This one:\n" + headed + after),
        Arguments.of("a.txt", turns),
        Arguments.of("a.md", "# Keys\n\n" + before + KEY + after),
        Arguments.of("a.html", "<h1>Keys</h1><p>" + before + "</p><p>" + lines + "</p>" + after),
        Arguments.of("a.html", "<p>" + before + "</p><pre>" + KEY + "</pre><p>" + after),
        Arguments.of("a.csv", "name,value\nkey,\"" + KEY + "\"\nnext,Then restart\n"),
        Arguments.of("a.eml", "From: a@x.example\nSubject: Key\n\n" + before + KEY + after));
  }

  /** A key that no one uses: random bytes, set as each format would set it. */
  @ParameterizedTest
  @MethodSource
  void shouldFindPuttyKeyWhateverTheFormat(String filename, String text) {
    // Given
    DocumentParser parser = new DocumentParser(ParseLimits.defaults());
    ParseOutcome outcome = parser.parse(text.getBytes(UTF_8), ParseHints.ofFilename(filename));
    ParsedDocument document = ((ParseOutcome.Parsed) outcome).document();

    // When
    CleanDocument clean = cleanser.cleanse(document);

    // Then
    assertThat(document.text()).contains("AAAAIB3mQ9Xw2LmT7vKp");
    assertThat(clean.findings()).containsEntry("PRIVATE_KEY", 1);
    assertThat(clean.document().text())
        .contains("Then restart")
        .doesNotContain("AAAAIB3mQ9Xw2LmT7vKp", "d41d8cd98f00b204", "xQ0v8Zr1Tn5Wc2Lk");
  }

  static Stream<Arguments> shouldFindPuttyKeyWhateverTheFormat() {
    String key =
        """
        PuTTY-User-Key-File-3: ssh-ed25519
        Encryption: none
        Comment: leaf-key-2026
        Public-Lines: 2
        AAAAC3NzaC1lZDI1NTE5AAAAIJ7QqsKd0a8xQ0v8Zr1Tn5Wc2LkVh3Yp9Me4Bg7
        Ud6Ja1
        Private-Lines: 1
        AAAAIB3mQ9Xw2LmT7vKpAAAAIB3mQ9Xw2LmT7vKp
        Private-MAC: d41d8cd98f00b204e9800998ecf8427ed41d8cd98f00b204e9800998ecf8427e""";
    String before = "Load this key:\n\n";
    String after = "\n\nThen restart the service.\n";
    String lines = key.replace("\n", "</p><p>");
    return Stream.of(
        Arguments.of("a.txt", before + key + after),
        Arguments.of("a.txt", key + after),
        Arguments.of("a.txt", before + key.replace("\n", "\n\n") + after),
        Arguments.of("a.md", "# Keys\n\n" + before + key + after),
        Arguments.of("a.html", "<p>" + before + "</p><p>" + lines + "</p>" + after),
        Arguments.of("a.csv", "name,value\nkey,\"" + key + "\"\nnext,Then restart\n"),
        Arguments.of("a.eml", "From: a@x.example\nSubject: Key\n\n" + before + key + after));
  }

  private static ParsedDocument paragraphs(String... texts) {
    return new ParsedDocument(
        "text/plain",
        "UTF-8",
        "en",
        null,
        Stream.of(texts).<Block>map(text -> new Block.Paragraph(text, 1)).toList());
  }
}
