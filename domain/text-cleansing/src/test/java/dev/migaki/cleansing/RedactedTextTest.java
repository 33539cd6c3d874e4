package dev.migaki.cleansing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each line: a text of an audit, and what is left of it. */
class RedactedTextTest {

  private static final TextCleanser CLEANSER = TextCleanser.create(CleansingRecipe.standard());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "担当は髙橋です。|担当は<PERSON_1>です。",
        "髙橋一郎|<PERSON_1>",
        "山﨑さんに聞く。|<PERSON_1>さんに聞く。",
        "濵田部長|<PERSON_1>部長",
        "𠮷田さんです。|<PERSON_1>さんです。",
        "昨日、𠮷田さんと𠮷野家で会った髙橋です。|昨日、<PERSON_1>さんと𠮷野家で会った<PERSON_2>です。",
        "神﨑 美咲|<PERSON_1>",
        "嶋田まで|<PERSON_1>まで",
        "斎藤まで連絡ください。|<PERSON_1>まで連絡ください。",
        "福島まで電車で行きます。|福島まで電車で行きます。",
      })
  void shouldFoldVariantKanjiWhenNamesAreRead(String text, String redacted) {
    assertRedacted(text, redacted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The Gion branch opens at nine.",
        "Your Alexa speaker is offline.",
        "See the Lincoln manual on an Oscar desk.",
        "Rinse the filter with water. Lance the boil.",
        "Visit us in Preston, Lancaster or Kendal.",
      })
  void shouldKeepNameWhenItNamesAThing(String text) {
    assertRedacted(text, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Our Kenji is on leave.|Our <PERSON_1> is on leave.",
        "Our Kenji handles returns.|Our <PERSON_1> handles returns.",
        "The new Sarah started Monday.|The new <PERSON_1> started Monday.",
        "We sent it to Preston, Alice and Bob.|We sent it to <PERSON_1>, <PERSON_2> and <PERSON_3>.",
        "This is Lincoln speaking.|This is <PERSON_1> speaking.",
        "Asagao Workshop <workshop@asagao.example.com>|Asagao Workshop <<EMAIL_ADDRESS_1>>",
        "Asagao Sales <sales@asagao.example.com>|Asagao Sales <<EMAIL_ADDRESS_1>>",
        "Olivia Baker <baker@asagao.example.com>|<PERSON_1> <<EMAIL_ADDRESS_1>>",
      })
  void shouldRemoveNameWhenItNamesAPerson(String text, String redacted) {
    assertRedacted(text, redacted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "本社は札幌市中央区北3条西6丁目です。|本社は<STREET_ADDRESS_1>です。",
        "北海道札幌市中央区北1条西2丁目|<STREET_ADDRESS_1>",
        "札幌市中央区北1条西2丁目1番地|<STREET_ADDRESS_1>",
        "北海道旭川市3条通8丁目|<STREET_ADDRESS_1>",
        "京都市中京区烏丸通御池上る二条殿町538|<STREET_ADDRESS_1>",
        "市区町村の条例第3条2項|市区町村の条例第3条2項",
      })
  void shouldRemoveWholeAddressWhenStreetsCross(String text, String redacted) {
    assertRedacted(text, redacted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "生年月日は昭和六十年三月四日です。|生年月日は<DATE_OF_BIRTH_1>です。",
        "生年月日：平成元年十二月三十一日|生年月日：<DATE_OF_BIRTH_1>",
        "Date of birth: 4 March 1985. She lives in Leeds.|Date of birth: <DATE_OF_BIRTH_1>. She lives in Leeds.",
        "昭和六十年三月四日に創業しました。|昭和六十年三月四日に創業しました。",
      })
  void shouldRemoveDateAloneWhenItIsOfBirth(String text, String redacted) {
    assertRedacted(text, redacted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "パスワードは「さくら1234」です。|パスワードは「<PASSWORD_1>」です。",
        "初期PWはwelcome2026です。|初期PWは<PASSWORD_1>です。",
        "WiFiのパスワード aoba-guest-2026|WiFiのパスワード <PASSWORD_1>",
        "pw=abc123xyz|pw=<PASSWORD_1>",
        "ID/PW = aoba / kaminari77|ID/PW = aoba / <PASSWORD_1>",
        "user admin, password Passw0rd!|user admin, password <PASSWORD_1>",
        "The password for the router is Blue-Horse-77.|The password for the router is <PASSWORD_1>.",
        "Login: admin / Passw0rd!|Login: admin / <PASSWORD_1>",
        "mysql -uroot -pS3cret99 shop|mysql -uroot -p<PASSWORD_1> shop",
        "sshpass -p 'S3cret!99' ssh root@host|sshpass -p '<PASSWORD_1>' ssh root@host",
        "redis://:p4ss9word@cache:6379|redis://<URL_CREDENTIALS_1>@cache:6379",
        "password SHA-256 hash|password SHA-256 hash",
        "password base64-encoded|password base64-encoded",
        "The password for the account is valid for 90days.|The password for the account is valid for 90days.",
        "パスワードは「英数字8文字以上」にします。|パスワードは「英数字8文字以上」にします。",
        "Passwords have 8-12 characters.|Passwords have 8-12 characters.",
      })
  void shouldRemovePasswordWhenPeopleHandItOn(String text, String redacted) {
    assertRedacted(text, redacted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "YAMADA Taro|<PERSON_1>",
        "Taro YAMADA, Manager|<PERSON_1>, Manager",
        "SUZUKI Hanako (Ms.)|<PERSON_1> (Ms.)",
        "Signed for the landlord: Olu Bankole|Signed for the landlord: <PERSON_1>",
        "Customer: Xiaoming Li|Customer: <PERSON_1>",
        "王 小明 様|<PERSON_1> 様",
        "Approved: R. Venkataraman, 12 March 2026|Approved: <PERSON_1>, 12 March 2026",
        "Please ask Kenji about IBM.|Please ask <PERSON_1> about IBM.",
      })
  void shouldRemoveWholeNameWhenPartOfItIsUnknownOrInCapitals(String text, String redacted) {
    assertRedacted(text, redacted);
  }

  private static void assertRedacted(String text, String redacted) {
    // When
    Redaction redaction = CLEANSER.redact(text);

    // Then
    assertThat(redaction.text()).isEqualTo(redacted);
  }
}
