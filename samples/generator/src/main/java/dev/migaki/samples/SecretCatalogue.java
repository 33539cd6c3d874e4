package dev.migaki.samples;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * Made-up credentials in the shapes that real ones have.
 *
 * <p>They are put together here so that no source file holds one in its full form: scanners of code
 * hosts would report it.
 */
final class SecretCatalogue {
  private static final Map<String, String> SECRETS = new TreeMap<>();

  static {
    SECRETS.put("aws-key", "AKI" + "A" + "MIGAKI" + "FAKE" + "2345AB");
    SECRETS.put("github-token", "gh" + "p_" + "FakeMigakiSample" + "0123456789" + "AbCdEfGhIj");
    SECRETS.put("openai-key", "sk-" + "proj-" + "FAKEmigaki" + "Sample4f7Q" + "w2Zr8Lk1Xn5Tb");
    SECRETS.put("google-key", "AI" + "za" + "SyFAKEmigaki" + "SampleKey0123456" + "789abcd");
    SECRETS.put("npm-token", "np" + "m_" + "FakeMigakiSample" + "0123456789" + "KlMnOpQrSt");
    SECRETS.put("jwt", fakeToken());
    SECRETS.put("private-key", fakePrivateKey());
    SECRETS.put(
        "basic-auth", "https://" + "deploy:" + "Moss-Fern-77" + "@repo.example.com/filters.git");
    SECRETS.put(
        "database-url",
        "postgresql://" + "leaf_app:" + "Kumo2026rain" + "@db.example.com:5432/shop");
    SECRETS.put("password-en", "Green" + "Kettle!" + "4812");
    SECRETS.put("password-en-wifi", "tsuyu-" + "guest-" + "9071");
    SECRETS.put("password-ja", "Asagao" + "#2026" + "natsu");
    SECRETS.put("password-ja-share", "happa" + "Bin_" + "3391");
    SECRETS.put("pin-ja", "80" + "46");
  }

  private SecretCatalogue() {}

  static String value(String name) {
    String value = SECRETS.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no secret " + name);
    }
    return value;
  }

  /** What kind of secret it is, in the words of the recognisers. */
  static String type(String name) {
    return switch (name) {
      case "jwt" -> "JWT";
      case "private-key" -> "PRIVATE_KEY";
      case "basic-auth", "database-url" -> "URL_CREDENTIALS";
      default -> name.startsWith("password") || name.startsWith("pin") ? "PASSWORD" : "API_KEY";
    };
  }

  private static String fakeToken() {
    return base64Url("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")
        + "."
        + base64Url("{\"sub\":\"sample\",\"note\":\"not a real token\"}")
        + "."
        + base64Url("migaki-sample-signature-0000");
  }

  private static String fakePrivateKey() {
    String body =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(
                "This is not a real key. It was written for the Migaki samples. "
                    .repeat(4)
                    .getBytes(StandardCharsets.US_ASCII));
    String kind = "RSA PRIVATE" + " KEY";
    return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----";
  }

  private static String base64Url(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
