package dev.migaki.cleansing.recognition;

import java.util.List;

/** The recognisers that ship with Migaki. */
public final class Recognizers {

  private static final List<Recognizer> STANDARD =
      List.of(
          new SecretRecognizer(),
          new CredentialAssignment(),
          new PlainPasswordRecognizer(),
          new PatternRecognizer(),
          new NumberRecognizer(),
          new NationalIdRecognizer(),
          new LabelledValueRecognizer(),
          new LabelledFieldRecognizer(),
          new JapaneseFormRecognizer(),
          new NameReadingRecognizer(),
          new DateOfBirthRecognizer(),
          new AgeRecognizer(),
          new JapaneseAddress(),
          new StreetAddressRecognizer(),
          new InternationalAddressRecognizer(),
          new ContinentalAddressRecognizer(),
          new JapaneseNameRecognizer(),
          new JapaneseFullNameRecognizer(),
          new JapaneseHonorificRecognizer(),
          new KatakanaNameRecognizer(),
          new JapaneseFamilyNameRecognizer(),
          new EnglishNameRecognizer(),
          new EnglishNameShapes(),
          new PlaceRecognizer(),
          new OrganizationRecognizer(),
          new AttributeRecognizer());

  private Recognizers() {}

  /** All of them, cheapest proofs first; stateless and shared. */
  public static List<Recognizer> standard() {
    return STANDARD;
  }
}
