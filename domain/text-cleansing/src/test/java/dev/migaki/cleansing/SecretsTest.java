package dev.migaki.cleansing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.cleansing.recognition.FindingType;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Test keys are put together from pieces, so that no scanner takes this file for a leak. */
class SecretsTest {

  private static final TextCleanser CLEANSER = TextCleanser.create(CleansingRecipe.standard());
  private static final String RANDOM = "aZ3kQ9mX2pL7vB4nT8wR1cY6dF0gH5jS" + "uE3iO9qK2zM7xW4b";

  static Stream<Arguments> secrets() {
    return Stream.of(
        Arguments.of(FindingType.API_KEY, "AK" + "IA" + "Z7Q4M2X9K1P6R3T8"),
        Arguments.of(FindingType.API_KEY, "gh" + "p_" + RANDOM.substring(0, 36)),
        Arguments.of(
            FindingType.API_KEY,
            "xo" + "xb-" + "123456789012-123456789012-" + RANDOM.substring(0, 24)),
        Arguments.of(FindingType.API_KEY, "AI" + "zaSy" + RANDOM.substring(0, 33)),
        Arguments.of(FindingType.API_KEY, "s" + "k_li" + "ve_" + RANDOM.substring(0, 24)),
        Arguments.of(FindingType.API_KEY, "s" + "k-proj-" + RANDOM.substring(0, 32)),
        Arguments.of(
            FindingType.JWT,
            "ey" + "JhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0In0." + RANDOM.substring(0, 40)),
        Arguments.of(
            FindingType.PRIVATE_KEY,
            "-----BEGIN RSA PRIV"
                + "ATE KEY-----\n"
                + RANDOM
                + "\n"
                + RANDOM
                + "\n-----END RSA PRIV"
                + "ATE KEY-----"),
        Arguments.of(
            FindingType.PRIVATE_KEY,
            "PuTTY-User-"
                + "Key-File-2: ssh-rsa\nEncryption: none\nComment: leaf\n"
                + "Public-Lines: 1\n"
                + RANDOM
                + "\nPrivate-Lines: 1\n"
                + RANDOM
                + "\nPrivate-MAC: "
                + "0a1b2c3d".repeat(5)));
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void shouldRemoveSecretWhenItsFormIsKnown(FindingType type, String secret) {
    // When
    Redaction redaction = CLEANSER.redact("Use this one: " + secret + " and keep it safe.");

    // Then
    assertThat(redaction.text()).isEqualTo("Use this one: <" + type + "_1> and keep it safe.");
  }

  @Test
  void shouldKeepAKeyThatIsPublishedAsAnExample() {
    // Given a key in the sources of a public library
    String published = "AI" + "zaSy" + "BcE-OOIbhjyR83gm4r2MFCu4MJmprNXsw";

    // When
    Redaction redaction = CLEANSER.redact("The sample says " + published + " for the project.");

    // Then
    assertThat(redaction.text()).contains(published);
  }

  @Test
  void shouldRemoveCredentialsFromUrl() {
    // When
    Redaction redaction =
        CLEANSER.redact("postgresql://leaf:" + "Kumo2026rain" + "@db.example.com:5432/shop");

    // Then
    assertThat(redaction.text())
        .isEqualTo("postgresql://<URL_CREDENTIALS_1>@db.example.com:5432/shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api_key = ${API_KEY}",
        "password: ********",
        "token: <your-token>",
        "Enter your API key: see the settings page.",
        "パスワード：（設定画面で確認）",
        "curl --user \"username:password\" https://example.com",
        "curl --user \"{username1}:{password123}\" https://example.com",
        "curl -u admin: https://example.com",
        "Uses Maven - org.example.webtoken:leaf-core-0.12.3",
        "apiKey: process.env.LEAF_API_KEY_V2",
        "Authorization: Bearer YOUR_ACCESS_TOKEN_1234",
        "X-Api-Key: ABCDEFGHIJ1234567890",
        "api_key: 1234567890abcdef1234567890abcdef",
        "password: !vault |",
        "password: %DB_PASSWORD%",
        "<password>${db.password}</password>",
        "The password is still the same.",
        "We moved the password to 1Password in 2024.",
        "The access code is printed on the back of the device.",
        "The verification code is 6 digits long.",
        "echo done | sudo -S true",
      })
  void shouldKeepTemplates(String text) {
    assertThat(CLEANSER.redact(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'I reset your password to {}, please change it.' | leaf-kumo86",
        "'The root password on that host was still {} yesterday.' | Leaf!Kumo86",
        "'New temp password for the VPN: {}' | leaf.kumo359",
        "'Use my credentials (bob / {}) until yours arrive.' | leaf_kumo270",
        "'machine api.internal login ci password {}' | maple15293",
        "'bindpw {}' | maple15293",
        "'redis-cli -h cache -a {} ping' | 6UX2x3y4OSnD",
        "'net use Z: //files/share /user:leaf {}' | leaf42395",
        "'ldapsearch -x -D cn=admin -w {}' | leaf42395",
        "'docker login -u ci -p {} registry.internal' | leaf42395",
        "'htpasswd -b .htpasswd admin {}' | leaf42395",
        "'auth = HTTPBasicAuth(\"svc\", \"{}\")' | leaf42395",
        "'<password>{}</password>' | leaf_kumo285",
        "'mail.smtp.password = {}' | %lOma2Zdoj",
        "'Your one-time access code is {}' | 071502",
        "'The alarm code for the shop is {}.' | 8588",
      })
  void shouldRemovePasswordWherePeopleAndToolsPutOne(String sentence, String password) {
    // When
    Redaction redaction = CLEANSER.redact(sentence.replace("{}", password));

    // Then
    assertThat(redaction.text()).isEqualTo(sentence.replace("{}", "<PASSWORD_1>"));
  }

  @Test
  void shouldRemoveAccountKeyOfConnectionString() {
    // Given
    String key = RANDOM + "Zq8/" + RANDOM.substring(0, 16) + "==";

    // When
    Redaction redaction = CLEANSER.redact("AccountName=leaf;AccountKey=" + key + ";Suffix=test");

    // Then
    assertThat(redaction.text()).isEqualTo("AccountName=leaf;AccountKey=<API_KEY_1>;Suffix=test");
  }

  @Test
  void shouldRemoveKeyThatIsGivenAsUserWithoutPassword() {
    // When
    Redaction redaction =
        CLEANSER.redact("curl -u \"" + "Zk3Qp9Xw2LmT7v" + ":\" https://leaf.test");

    // Then
    assertThat(redaction.text()).isEqualTo("curl -u \"<API_KEY_1>:\" https://leaf.test");
  }

  @Test
  void shouldRemoveGeneratedPasswordWhenTheBracesOfTheTemplateAreStillThere() {
    // When
    Redaction redaction =
        CLEANSER.redact(
            "curl --user \"{leaf-desk}\":\"{" + "Zk3Qp9Xw2LmT7v" + "}\" https://leaf.test");

    // Then
    assertThat(redaction.text())
        .isEqualTo("curl --user \"{leaf-desk}\":\"<PASSWORD_1>\" https://leaf.test");
  }

  @Test
  void shouldKeepNamedKeyThatOnlyCountsButNeitherItsPasswordNorOneOfKnownForm() {
    // Given
    String counting = "abcdefgh" + "12345678";

    // Then
    assertThat(CLEANSER.redact("api_key: " + counting).findings()).isEmpty();
    assertThat(CLEANSER.redact("password: " + counting).findings()).hasSize(1);
    assertThat(CLEANSER.redact("s" + "k-proj-" + counting + counting).findings()).hasSize(1);
  }
}
