package dev.migaki.cleansing.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NationalChecksumsTest {

  private static final Map<String, Predicate<String>> CHECKS =
      Map.ofEntries(
          Map.entry("pesel", NationalChecksums::isPesel),
          Map.entry("german-tax", NationalChecksums::isGermanTaxId),
          Map.entry("nir", NationalChecksums::isFrenchNir),
          Map.entry("dni", NationalChecksums::isSpanishId),
          Map.entry("codice-fiscale", NationalChecksums::isCodiceFiscale),
          Map.entry("bsn", NationalChecksums::isDutchBsn),
          Map.entry("belgian", NationalChecksums::isBelgianRegister),
          Map.entry("personnummer", NationalChecksums::isSwedishPersonnummer),
          Map.entry("hetu", NationalChecksums::isFinnishHetu),
          Map.entry("nif", NationalChecksums::isPortugueseNif),
          Map.entry("vin", NationalChecksums::isVin),
          Map.entry("utr", NationalChecksums::isBritishUtr));

  /** Example numbers as the issuing authorities and standards print them, but for the UTR. */
  @ParameterizedTest
  @CsvSource({
    "pesel,44051401359,44051401358",
    "german-tax,86095742719,86095742718",
    "nir,255081416802538,255081416802539",
    "dni,12345678Z,12345678A",
    "dni,X1234567L,X1234567M",
    "codice-fiscale,RSSMRA85T10A562S,RSSMRA85T10A562T",
    "bsn,111222333,111222334",
    "belgian,85073003328,85073003329",
    "personnummer,8112189876,8112189877",
    "hetu,131052-308T,131052-308U",
    "nif,123456789,123456788",
    "vin,1M8GDM9AXKP042788,1M8GDM9A1KP042788",
    "vin,11111111111111111,11111111111111112",
    "utr,1123456789,2123456789"
  })
  void shouldAcceptTheRightCheckAndRefuseAnother(String name, String right, String wrong) {
    // Given
    Predicate<String> check = CHECKS.get(name);

    // When
    boolean accepted = check.test(right);
    boolean refused = !check.test(wrong);

    // Then
    assertThat(accepted).isTrue();
    assertThat(refused).isTrue();
  }
}
