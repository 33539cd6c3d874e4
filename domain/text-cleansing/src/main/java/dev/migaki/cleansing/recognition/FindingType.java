package dev.migaki.cleansing.recognition;

/**
 * What a finding is, under the label that placeholders, reports and the {@code redact} command
 * show.
 *
 * <p>The group decides the default treatment: identifiers and secrets are removed, attributes
 * (places, organisations, plain dates) are business facts until a recipe says otherwise.
 */
public enum FindingType {
  PERSON(Group.IDENTIFIER),
  PHONE_NUMBER(Group.IDENTIFIER),
  EMAIL_ADDRESS(Group.IDENTIFIER),
  STREET_ADDRESS(Group.IDENTIFIER),
  POSTAL_CODE(Group.IDENTIFIER),
  MY_NUMBER(Group.IDENTIFIER),
  CORPORATE_NUMBER(Group.IDENTIFIER),
  DRIVERS_LICENSE(Group.IDENTIFIER),
  PASSPORT(Group.IDENTIFIER),
  RESIDENCE_CARD(Group.IDENTIFIER),
  HEALTH_INSURANCE(Group.IDENTIFIER),
  PENSION_NUMBER(Group.IDENTIFIER),
  BANK_ACCOUNT(Group.IDENTIFIER),
  CREDIT_CARD(Group.IDENTIFIER),
  IBAN(Group.IDENTIFIER),
  SSN(Group.IDENTIFIER),
  NATIONAL_ID(Group.IDENTIFIER),
  TAX_ID(Group.IDENTIFIER),
  DATE_OF_BIRTH(Group.IDENTIFIER),
  AGE(Group.IDENTIFIER),
  IP_ADDRESS(Group.IDENTIFIER),
  MAC_ADDRESS(Group.IDENTIFIER),
  VEHICLE_PLATE(Group.IDENTIFIER),
  MEDICAL_RECORD(Group.IDENTIFIER),
  CUSTOMER_ID(Group.IDENTIFIER),
  EMPLOYEE_ID(Group.IDENTIFIER),
  ORDER_NUMBER(Group.IDENTIFIER),
  USERNAME(Group.IDENTIFIER),
  CRYPTO_ADDRESS(Group.IDENTIFIER),
  URL_CREDENTIALS(Group.SECRET),
  API_KEY(Group.SECRET),
  PASSWORD(Group.SECRET),
  PRIVATE_KEY(Group.SECRET),
  JWT(Group.SECRET),
  CONFIDENTIAL_TERM(Group.IDENTIFIER),
  LOCATION(Group.ATTRIBUTE),
  ORGANIZATION(Group.ATTRIBUTE),
  NATIONALITY(Group.ATTRIBUTE),
  DATE_TIME(Group.ATTRIBUTE),
  TITLE(Group.ATTRIBUTE);

  /** How a type is treated unless the recipe says otherwise. */
  public enum Group {
    /** Points at a person: removed. */
    IDENTIFIER,
    /** Opens something: removed. */
    SECRET,
    /** Describes; alone it points at nobody: kept. */
    ATTRIBUTE
  }

  private final Group group;

  FindingType(Group group) {
    this.group = group;
  }

  public Group group() {
    return group;
  }
}
