package dev.migaki.datasets.remote;

import static java.util.Map.entry;

import dev.migaki.cleansing.recognition.FindingType;
import java.util.Map;

/** What Presidio's own entity names are here. Not among them: URL, which is public as a rule. */
public final class PresidioEntities {
  private static final Map<String, FindingType> STANDARD =
      Map.ofEntries(
          entry("AGE", FindingType.AGE),
          entry("AU_ABN", FindingType.CORPORATE_NUMBER),
          entry("AU_ACN", FindingType.CORPORATE_NUMBER),
          entry("AU_MEDICARE", FindingType.HEALTH_INSURANCE),
          entry("AU_TFN", FindingType.TAX_ID),
          entry("CREDIT_CARD", FindingType.CREDIT_CARD),
          entry("CRYPTO", FindingType.CRYPTO_ADDRESS),
          entry("DATE_TIME", FindingType.DATE_TIME),
          entry("EMAIL_ADDRESS", FindingType.EMAIL_ADDRESS),
          entry("ES_NIE", FindingType.NATIONAL_ID),
          entry("ES_NIF", FindingType.NATIONAL_ID),
          entry("FI_PERSONAL_IDENTITY_CODE", FindingType.NATIONAL_ID),
          entry("IBAN_CODE", FindingType.IBAN),
          entry("IN_AADHAAR", FindingType.NATIONAL_ID),
          entry("IN_PAN", FindingType.TAX_ID),
          entry("IN_PASSPORT", FindingType.PASSPORT),
          entry("IN_VEHICLE_REGISTRATION", FindingType.VEHICLE_PLATE),
          entry("IN_VOTER", FindingType.NATIONAL_ID),
          entry("IP_ADDRESS", FindingType.IP_ADDRESS),
          entry("IT_DRIVER_LICENSE", FindingType.DRIVERS_LICENSE),
          entry("IT_FISCAL_CODE", FindingType.TAX_ID),
          entry("IT_IDENTITY_CARD", FindingType.NATIONAL_ID),
          entry("IT_PASSPORT", FindingType.PASSPORT),
          entry("IT_VAT_CODE", FindingType.TAX_ID),
          entry("KR_RRN", FindingType.NATIONAL_ID),
          entry("LOCATION", FindingType.LOCATION),
          entry("MAC_ADDRESS", FindingType.MAC_ADDRESS),
          entry("MEDICAL_LICENSE", FindingType.NATIONAL_ID),
          entry("NRP", FindingType.NATIONALITY),
          entry("ORGANIZATION", FindingType.ORGANIZATION),
          entry("PERSON", FindingType.PERSON),
          entry("PHONE_NUMBER", FindingType.PHONE_NUMBER),
          entry("PL_PESEL", FindingType.NATIONAL_ID),
          entry("SG_NRIC_FIN", FindingType.NATIONAL_ID),
          entry("SG_UEN", FindingType.CORPORATE_NUMBER),
          entry("TH_TNIN", FindingType.NATIONAL_ID),
          entry("UK_NHS", FindingType.NATIONAL_ID),
          entry("UK_NINO", FindingType.NATIONAL_ID),
          entry("US_BANK_NUMBER", FindingType.BANK_ACCOUNT),
          entry("US_DRIVER_LICENSE", FindingType.DRIVERS_LICENSE),
          entry("US_ITIN", FindingType.TAX_ID),
          entry("US_PASSPORT", FindingType.PASSPORT),
          entry("US_SSN", FindingType.SSN));

  private PresidioEntities() {}

  /** Entity name to type. */
  public static Map<String, FindingType> standard() {
    return STANDARD;
  }
}
