package dev.migaki.cleansing;

import dev.migaki.cleansing.recognition.FindingType;
import dev.migaki.cleansing.recognition.Glossary;
import dev.migaki.cleansing.recognition.PersonNames;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A tenant's key for pseudonyms and audit marks; never printed. */
public final class PseudonymKey {

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private PseudonymKey(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /**
   * @throws IllegalArgumentException if the key is empty
   */
  public static PseudonymKey of(byte[] bytes) {
    if (bytes.length == 0) {
      throw new IllegalArgumentException("a pseudonym key needs at least one byte");
    }
    return new PseudonymKey(bytes.clone());
  }

  /** HMAC-SHA256 of type and normalised value, as 64 hexadecimal digits. */
  public String mark(FindingType type, String value) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      String message = type.name() + '\0' + normalised(type, value);
      return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
    }
  }

  /** One spelling per thing meant: a phone number with and without its country is one number. */
  private static String normalised(FindingType type, String value) {
    if (type == FindingType.PERSON) {
      return PersonNames.identityKey(value);
    }
    String key = Glossary.key(value);
    return type == FindingType.PHONE_NUMBER && key.startsWith("+81") ? "0" + key.substring(3) : key;
  }

  @Override
  public String toString() {
    return "PseudonymKey[hidden]";
  }
}
