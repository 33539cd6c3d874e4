package dev.migaki.cleansing.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"4111111111111111", "378282246310005", "5555555555554444", "3530111333300000"})
  void shouldAcceptLuhnWhenCheckDigitIsRight(String digits) {
    assertThat(Checksums.isLuhn(digits)).isTrue();
    assertThat(Checksums.isLuhn(changed(digits))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"123456789018", "987654321093", "246824682460"})
  void shouldAcceptMyNumberWhenCheckDigitIsRight(String digits) {
    assertThat(Checksums.isMyNumber(digits)).isTrue();
    assertThat(Checksums.isMyNumber(changed(digits))).isFalse();
  }

  @Test
  void shouldAcceptCorporateNumberWhenCheckDigitIsRight() {
    assertThat(Checksums.isCorporateNumber("7000012050002")).isTrue();
    assertThat(Checksums.isCorporateNumber("8000012050002")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GB82WEST12345698765432", "DE89370400440532013000"})
  void shouldAcceptIbanWhenRemainderIsOne(String iban) {
    assertThat(Checksums.isIban(iban)).isTrue();
    assertThat(Checksums.isIban(changed(iban))).isFalse();
  }

  @Test
  void shouldRefuseSocialSecurityNumbersThatWereNeverAssigned() {
    assertThat(Checksums.isUsSocialSecurityNumber("219099999")).isTrue();
    assertThat(Checksums.isUsSocialSecurityNumber("000123456")).isFalse();
    assertThat(Checksums.isUsSocialSecurityNumber("666123456")).isFalse();
    assertThat(Checksums.isUsSocialSecurityNumber("900123456")).isFalse();
    assertThat(Checksums.isUsSocialSecurityNumber("123004567")).isFalse();
    assertThat(Checksums.isUsSocialSecurityNumber("123450000")).isFalse();
  }

  @Test
  void shouldAcceptNhsNumberWhenCheckDigitIsRight() {
    assertThat(Checksums.isNhsNumber("9434765919")).isTrue();
    assertThat(Checksums.isNhsNumber("9434765918")).isFalse();
  }

  @Test
  void shouldAcceptRoutingNumberWhenWeightsAddUp() {
    assertThat(Checksums.isAbaRoutingNumber("021000021")).isTrue();
    assertThat(Checksums.isAbaRoutingNumber("021000022")).isFalse();
  }

  @Test
  void shouldTellProductCodesByTheirCheckDigit() {
    assertThat(Checksums.isEan13("4901234567894")).isTrue();
    assertThat(Checksums.isEan13("4901234567895")).isFalse();
  }

  @Test
  void shouldAcceptWalletAddressesWhenChecksumIsRight() {
    assertThat(Checksums.isBase58Check("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2")).isTrue();
    assertThat(Checksums.isBase58Check("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3")).isFalse();
    assertThat(Checksums.isBech32("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4")).isTrue();
    assertThat(Checksums.isBech32("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5")).isFalse();
  }

  private static String changed(String value) {
    char last = value.charAt(value.length() - 1);
    return value.substring(0, value.length() - 1) + (last == '9' ? '0' : (char) (last + 1));
  }
}
