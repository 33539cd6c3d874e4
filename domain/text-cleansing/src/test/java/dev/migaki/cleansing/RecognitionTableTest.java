package dev.migaki.cleansing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.cleansing.recognition.Finding;
import dev.migaki.cleansing.recognition.FindingType;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each line: the type, the value, the sentence around it; "{}" marks the value's place. */
class RecognitionTableTest {

  private static final TextCleanser CLEANSER = TextCleanser.create(CleansingRecipe.standard());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PERSON|佐藤健一|{}様",
        "PERSON|田中|はじめまして、{}と申します。",
        "PERSON|清水陽子|氏名：{}",
        "PERSON|山本さくら|{}様、お世話になります。",
        "PERSON|鈴木　花子|担当者は{}さんです。",
        "PHONE_NUMBER|090-1234-5678|電話は{}です。",
        "PHONE_NUMBER|０９０－１２３４－００４２|連絡先は{}です。",
        "PHONE_NUMBER|03-1234-5678|{}までお電話ください。",
        "PHONE_NUMBER|+81 90 1234 5678|連絡先: {}",
        "POSTAL_CODE|100-0001|〒{}",
        "STREET_ADDRESS|東京都千代田区架空町1丁目2番3号|住所は{}です。",
        "STREET_ADDRESS|大阪府大阪市北区見本町4-5-6|送付先：{}",
        "MY_NUMBER|1234 5678 9018|マイナンバーは{}です。",
        "MY_NUMBER|123456789018|個人番号 {}",
        "CORPORATE_NUMBER|7000012050002|法人番号は{}です。",
        "DRIVERS_LICENSE|012345678901|運転免許証番号は{}です。",
        "PASSPORT|TK1234567|旅券番号: {}",
        "RESIDENCE_CARD|AB12345678CD|在留カード番号は{}です。",
        "HEALTH_INSURANCE|12345678|保険者番号：{}",
        "PENSION_NUMBER|1234-567890|基礎年金番号は{}です。",
        "BANK_ACCOUNT|1234567|みほん銀行 本店 普通 {}",
        "DATE_OF_BIRTH|1985年4月12日|生年月日は{}です。",
        "DATE_OF_BIRTH|昭和60年4月12日|{}生まれです。",
        "VEHICLE_PLATE|品川 300 あ 12-34|車は{}です。",
        "MEDICAL_RECORD|K-102938|カルテ番号は{}です。",
        "CUSTOMER_ID|C-1029384|お客様番号：{}",
        "CREDIT_CARD|4242 4242 4242 4242|カード番号は{}です。",
        "PASSWORD|happaBin_3391|パスワードは「{}」です。",
        "PASSWORD|8046|暗証番号は{}です。",
        "PERSON|原|'記入者　{}'",
        "PERSON|原|記入者：{}",
        "PERSON|林|'受付：4月1日　担当：{}'",
        "PERSON|山田太郎|'担当　{}　　部署　営業'",
        "PERSON|真壁智奈美|昨日は{}が来社した。",
        "PERSON|山辺銀二|{}が来た。",
        "PERSON|柏倉雄蔵|昨日は{}が来社した。",
        "PERSON|城垣涼介|{}らが試作品を見た。",
        "PERSON|佐江有紀|{}が受け取りました。",
        "PERSON|栃尾さくら|来月から{}が加わります。",
        "PERSON|山崎トモリ|来月から{}が加わります。",
        "PERSON|伊東　林太郎|{}は、当社の創業者である。",
        "PERSON|村田|{}幹事長が会見を開いた。",
        "PERSON|斎藤|来季から{}一軍投手コーチが指導する。",
        "PERSON|鄭在遠|昨年、{}が工場を訪れた。",
        "PERSON|アモス・コレンスキー|先週、{}が来社した。",
        "PERSON|ダーラ・B・ブラウン|新しい窓口は{}が務める。",
        "PERSON|ジョルダーノ・デ・モレッティ|設計は{}による。",
        "PERSON|ラドミル|創業者の兄{}は医師だった。",
        "PERSON|ラドミル6世|{}の肖像が玄関にある。",
        "PERSON|ザンドール|{}大佐は命令に従わなかった。",
        "PERSON|ザンドール|{}は北の町の生まれである。",
        "PERSON|アンソニー|窓口の{}の席は三階です。",
        "PERSON|アントニオ黒沢|{}が来た。",
        "PASSWORD|Leaf-2041|パス：{}",
        "PASSWORD|kumo2026rain|WPA2キーは {} です。",
        "PASSWORD|kumo2026rain|無線LANのセキュリティキー：{}",
        "VEHICLE_PLATE|ZVW30-1234567|車台番号：{}",
        "ORDER_NUMBER|202604150012345|振込受付番号：{}",
        "CREDIT_CARD|12/27|カード 4242-4242-4242-4242（有効期限 {}）",
        "DATE_OF_BIRTH|昭和45年3月12日|患者（{}生）です。",
        "HEALTH_INSURANCE|1234 番号 567890 枝番 01|被保険者証 記号 {}",
        "PERSON|黒田|先ほどお電話した{}ですが、荷物が届きません。",
        "PERSON|黒田|お世話になっております、{}です。",
        "PERSON|福島|先日予約させていただいた{}ですが、変更できますか。",
        "DATE_OF_BIRTH|昭和33/4/5|氏名:三浦由美子 F {}生",
        "PERSON|三浦由美子|'氏名:{} F 昭和33/4/5生'",
        "PERSON|いまい ともこ|今井 智子（{}）",
        "PERSON|今井智子|{}(イマイ トモコ)",
        "PERSON|ｲｼﾀﾞ ﾏﾕﾐ|振込人名義：{}",
        "HEALTH_INSURANCE|こ-12 番号 3456|健保 記号 {}",
        "ORDER_NUMBER|503-1234567|注文番号は? → {} です",
        "HEALTH_INSURANCE|7132 番号：1049|記号：{}",
        "HEALTH_INSURANCE|12345678・901|健康保険証の記号・番号は {} です",
        "HEALTH_INSURANCE|7654321|受給者番号{}を記入してください",
        "BANK_ACCOUNT|0123456|みほん銀行　本店　（普）{}",
        "PERSON|ヤマダ タロウ|口座名義 {}",
        "PERSON|ｽｽﾞｷ ｶｽﾞｵ|担当者：{}",
        "EMPLOYEE_ID|88213|社員コード: {}",
        "CUSTOMER_ID|40021|利用者番号は{}です。",
        "USERNAME|hanako_1209|'LINE ID: {}'",
        "PASSWORD|Welcome#1|IDは「sales01」、PASSは「{}」です。",
      })
  void shouldFindJapaneseValue(FindingType type, String value, String sentence) {
    assertFound(type, value, sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PERSON|Emily Carter|Hello, my name is {} and I need help.",
        "PERSON|Hannah Lindqvist|Dear {},",
        "PERSON|Whitfield|Thank you, Mrs {}.",
        "PHONE_NUMBER|(212) 555-0142|Call me on {}, please.",
        "PHONE_NUMBER|617-555-0199|Phone: {}",
        "PHONE_NUMBER|+44 20 7946 0958|Phone: {}",
        "EMAIL_ADDRESS|d.hughes@example.org|Write to {}.",
        "STREET_ADDRESS|'48 Maple Street, Springfield, IL 62704'|I live at {}.",
        "STREET_ADDRESS|'22 Kestrel Avenue, Bristol BS1 4ZZ'|Address: {}",
        "CREDIT_CARD|4111 1111 1111 1111|My card for the order was {}.",
        "IBAN|GB82 WEST 1234 5698 7654 32|The refund goes to {}.",
        "SSN|219-09-9999|SSN {}",
        "DATE_OF_BIRTH|'March 14, 1955'|I was born on {}, in case you need it.",
        "AGE|34|I am {} years old.",
        "IP_ADDRESS|203.0.113.17|I tried it from {} three times.",
        "IP_ADDRESS|2001:db8::8a2e:370:7334|The server answers at {}.",
        "MAC_ADDRESS|3c:22:fb:1a:9e:07|Device {} is offline.",
        "PASSPORT|AB1234567|passport number {}",
        "DRIVERS_LICENSE|D1234567|My driver's license number is {}.",
        "MEDICAL_RECORD|MR-4482910|Medical record number: {}",
        "CUSTOMER_ID|C-448291|My customer ID is {}.",
        "BANK_ACCOUNT|12345678901|account number: {}",
        "CRYPTO_ADDRESS|1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2|Send it to {}.",
        "PASSWORD|GreenKettle!2026|my password was {}",
        "PASSWORD|a8f3kd92xx|'SSID: LeafGuest  Key: {}'",
        "PASSWORD|48201937|The network key is {}.",
        "PASSWORD|a8f3kd92xx|WPA2-PSK = {}",
        "PERSON|Grace|{} supports the sales team.",
        "PERSON|Jordan|{} is responsible for the warehouse.",
        "PERSON|Nguyen Thi Lan|{} called about her order.",
        "PERSON|Bui Thi Hoa|Invoice for {}",
        "PERSON|Somchai Prasertkul|{} called about his order.",
        "VEHICLE_PLATE|1HGCM82633A004352|The car {} came in for service.",
        "VEHICLE_PLATE|WVWZZZ1JZXW000001|VIN {}",
        "ORDER_NUMBER|SBINR52026041512345678|UTR: {}",
        "ORDER_NUMBER|409812345678|UTR no. {}",
        "TAX_ID|1123456789|My UTR is {}.",
        "CREDIT_CARD|09/2028|'4111 1111 1111 1111, {}, CVV 123'",
        "CREDIT_CARD|123|4111 1111 1111 1111 exp 09/28 {}",
        "BANK_ACCOUNT|123456789|Please send it to account {}.",
        "STREET_ADDRESS|'12 rue de Rivoli, 75001 Paris'|Send it to {}.",
        "STREET_ADDRESS|'8 bis, avenue des Champs-Élysées, 75008 Paris'|Il habite {}.",
        "STREET_ADDRESS|'3 place de la République, 69002 Lyon'|Livraison : {}",
        "STREET_ADDRESS|45 boulevard Saint-Germain|La boutique au {} ferme.",
        "STREET_ADDRESS|'Friedrichstraße 12, 10117 Berlin'|Ich wohne in der {}.",
        "STREET_ADDRESS|'Unter den Linden 77, 10117 Berlin'|Adresse: {}",
        "STREET_ADDRESS|'Am Markt 5, 20095 Hamburg'|Versand an {}",
        "STREET_ADDRESS|'Hauptstr. 7a, D-80331 München'|Unser Büro: {}",
        "STREET_ADDRESS|'Bahnhofstrasse 3, 8001 Zürich'|Büro: {}",
        "PERSON|Quilvo Trabbant|'From: {} <quilvo.trabbant@leaf.example>'",
        "PERSON|Quilvo Trabbant|'{} wrote: Hello, my kettle leaks.'",
        "PERSON|Quilvo Trabbant|'Kind regards\n{}\nLeaf Ltd'",
        "PERSON|Quilvo Trabbant|'{}\n48 Maple Street'",
        "PERSON|Q. Trabbant|'Attendees: {}, Emily Carter'",
        "PERSON|Quilvo Trabbant|Cardholder {} disputes the charge.",
        "PERSON|Quilvo Trabbant|Please follow up with {} next week.",
        "PERSON|Quilvo K. Trabbant|{} spoke first.",
        "PERSON|'Lindqvist, Emily'|A payment to {} came back.",
        "PERSON|van der Linden|I asked {} about the budget.",
        "PERSON|Omar al-Rashidi|We met {} in June.",
        "PERSON|Zelmíra|We met {} in June.",
        "PERSON|Hannah|We met at {}'s house.",
        "ORGANIZATION|Kumo Brothers Co. Ltd.|We bought it from {}",
        "ORGANIZATION|Leaf & Twig Trading Ltd|Our supplier {} is late.",
        "ORGANIZATION|Leaf (Holdings) Limited|Our supplier {} is late.",
        "ORGANIZATION|Kumo Ridge Winery|The charge came from {}.",
        "ORGANIZATION|Tarnbeck High School|He was a pupil of {}.",
        "ORGANIZATION|New York Kumo Corporation|She came from {} in May.",
        "NATIONALITY|South African|She is {}.",
        "NATIONALITY|Kenyans|They are {}.",
        "NATIONALITY|Methodist|He is a {}.",
        "LOCATION|Port Wendy|The shop in {} is closed.",
        "LOCATION|Tarnbeckville|{} is a quiet town.",
        "STREET_ADDRESS|'862 Lafayette Viaduct, West Kumo, AR 11269'|The flat at {} is dry.",
        "STREET_ADDRESS|'Flat 3, 82 Harebell Hill, Leeds LS7 4AB'|The flat {} is dry.",
        "STREET_ADDRESS|'P.O. Box 5714, Allentown, MI 73783'|Send it to {}.",
        "STREET_ADDRESS|19 Hollow Bridge|We meet at {} tonight.",
        "STREET_ADDRESS|'12 Juniper Way'|'Deliver to: Emily Carter, {}'",
        "STREET_ADDRESS|743 Lundy Garden|'Address: {}\nEmergency contact: none'",
        "STREET_ADDRESS|the corner of Foster Road and Wu Lane|Meet me at {}",
        "CREDIT_CARD|4226962490902732599|Which card? {}",
        "AGE|25|He wrote it when he was {}.",
        "PASSPORT|KU-4810293|passport {}",
        "DRIVERS_LICENSE|48102937|licence no. {}",
        "USERNAME|kumoleaf|My username is {} here.",
        "POSTAL_CODE|6705 AM|My zip code is {}.",
      })
  void shouldFindEnglishValue(FindingType type, String value, String sentence) {
    assertFound(type, value, sentence);
  }

  private static void assertFound(FindingType type, String value, String sentence) {
    // Given
    String text = sentence.replace("{}", value);
    int start = sentence.indexOf("{}");

    // When
    List<Finding> findings = CLEANSER.find(text);

    // Then
    assertThat(findings)
        .as(text)
        .anySatisfy(
            finding -> {
              assertThat(finding.type()).isEqualTo(type);
              assertThat(finding.start()).isEqualTo(start);
              assertThat(finding.end()).isEqualTo(start + value.length());
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "価格は12,800円（税込）です。",
        "営業時間は9:00～17:30です。",
        "エラーコード E-1042 が表示されたら電源を切ってください。",
        "型番 AL-200-1234 のカートリッジは6か月ごとに交換します。",
        "お客様は2026年4月1日から返品できます。",
        "18歳以上の方が対象です。",
        "パスワードは8文字以上で設定してください。",
        "担当者様へお渡しください。",
        "東京都と大阪府にお届けできます。",
        "水温は5～35℃、湿度は20〜80%です。",
        "The price is $1,299.00 and delivery takes 3-5 days.",
        "We are open Monday to Friday, 9:00 to 17:30.",
        "Error E-1042 means the filter is missing.",
        "Part number 4902-1187-33 fits the AL-200.",
        "The warranty lasts 24 months from 1 April 2026.",
        "Version 10.0.19045.1 fixes the problem.",
        "Your password must have at least 8 characters.",
        "Passwords: see the administrator guide.",
        "Children under 12 need an adult.",
        "Open 192.168.1.1 in a browser to set up the router.",
        "JAN 4901234567894",
        "先週訪れた福島です。出身は千葉です。",
        "勤務地は福島ですが、転勤があります。",
        "5月22日生物多様性の日、4月1日生産開始、5月10日生放送",
        "小学3年生と中学2年生、2019年生産の部品",
        "図の記号は番号順です。記号と番号は裏面にあります。",
        "利用者IDは英数字8文字以内で設定してください。",
        "Instagram @shop_2020 をフォローしてください",
        "口座名義　と口座番号を確認してください。",
        "上野 動物園（うえの どうぶつえん）",
        "生活 保護（せいかつ ほご）",
        "PASSは「合格」という意味です。",
        "記入者　必須",
        "作成者　日付　承認",
        "担当　小林製薬",
        "担当　森林課",
        "担当　原価管理",
        "姓　名",
        "江戸時代に金沢大学の前身があった。",
        "谷川岳と周防国に向かう。",
        "寛平6年に遣唐使が止まった。",
        "西晋の都に入る。",
        "ウラルさんみゃくは長い。",
        "地元の苗場や白浜温泉の宿を探す。",
        "ロックフェラー・センターで開く。",
        "コール・オプションの行使には手数料がかかる。",
        "株式会社リロ・ホールディングスの製品です。",
        "ホームページライフ・ブログライフに役立つ。",
        "オークションのリージョンを選び、ラベルを付ける。",
        "マイクを使うときは、イエスを選ぶ。",
        "藤島税理士事務所の隣です。",
        "世界ラリー選手権の記念品です。",
        "パス：/usr/local/lib64",
        "ファイルパス：setup2026",
        "キー：Ctrl+Shift2",
        "SSID and key: see the label under the router.",
        "PuTTY-User-Key-File-3 is the first word of the file.",
        "The serial 1HGCM82634A004352 is on the label.",
        "Your account 2 is locked.",
        "https://journal.example/article/pii/S0166354220302011",
        "Grant supports small firms with 3 people.",
        "Ruby supports the new syntax.",
        "Screen flickers when it is on.",
        "Office hours are nine to five.",
        "Do Not Enter",
        "Ho Chi Minh City",
        "The place 3 times out of 10 is full.",
        "Page 12, 10117 Entries are shown.",
        "The fee of article 12, 10000 Euro, is due.",
        "Kafka's Sass files are compiled.",
        "Update to the new Sass module syntax.",
        "Jennings syntax is stricter.",
        "  - name: UsLeafRecognizer",
        "Select if you are British, Irish or a citizen of another country.",
        "See Hepatitis B Vaccine in the index.",
        "We know that in 2024 Data Center sales rose.",
        "The username is required.",
        "Valentine's Day is in February.",
        "All the best\nCode Review",
      })
  void shouldLeaveBusinessFactsAlone(String text) {
    // When
    Redaction redaction = CLEANSER.redact(text);

    // Then
    assertThat(redaction.text()).isEqualTo(text);
  }
}
