package dev.migaki.cleansing.recognition;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names in katakana: parts that dots join (ジョルジオ・モロダー), and single ones where a given name, a title
 * or a relative says that it is a person. Read from the characters, because the analyser cuts
 * foreign names in pieces.
 */
final class KatakanaNameRecognizer implements Recognizer {

  private static final Set<String> KIN =
      Set.of(
          "父", "母", "兄", "弟", "姉", "妹", "妻", "夫", "娘", "息子", "長男", "次男", "三男", "長女", "次女", "三女",
          "甥", "姪", "叔父", "叔母", "伯父", "伯母", "祖父", "祖母", "継父", "継母", "王妃", "女王", "国王", "皇帝", "王",
          "聖母", "使徒", "摂政");

  private static final Set<String> OCCUPATIONS =
      Set.of(
          "俳優", "女優", "歌手", "作家", "監督", "画家", "詩人", "作曲家", "選手", "主人公", "教授", "博士", "司教", "大統領",
          "首相", "議員", "弁護士", "記者", "同僚", "友人", "担当", "社長", "部長", "課長", "青年", "長老");

  /** Those behind which の does not speak of what the person has. */
  private static final Set<String> ARTISTS =
      Set.of("俳優", "女優", "歌手", "作家", "画家", "詩人", "作曲家", "主人公", "同僚", "友人");

  private static final Pattern WORLD =
      Pattern.compile("^(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})世(?![紀代帯界])");

  private static final String NUMERALS = "0123456789一二三四五六七八九十";

  private static final Pattern HONORIFIC =
      Pattern.compile("^(?:様|さま|さん(?=[はがのとにをもやへで、だよらな]|から|$|[^ぁ-んァ-ヶ])|氏(?![名族])|くん|君|ちゃん|先生|女史)");

  private static final Pattern PERSON_PARTICLE =
      Pattern.compile(
          "^(?:は|が|も|と(?!し)|ら[はがの、とを]|らが|によ[るっり]|を|の(?!ため)|に|へ|、|や|より|から|で[はあす]|自身|本人|役|等|率い|共々|原作|作画|監修|著|組|ほか|など|および|及び|[(]|$)");

  private static final Pattern SUBJECT = Pattern.compile("^(?:は|が|も|と|に|を|や)");

  private static final Pattern LISTED_SUBJECT =
      Pattern.compile("^(?:は|が|も|と|に|を|や|の(?!ため)|から|より|ら[はがのを、とに]|たち|へ|自身|本人|役)");

  /** What is told of nobody but a person. */
  private static final Pattern BIOGRAPHY =
      Pattern.compile(
          "(?:は|が)[^。\\n]{0,28}?(?:出身|生まれ|死去|亡くな|戦死|即位|暗殺|逮捕|離婚|結婚|学者|作家|詩人|俳優|女優|歌手|政治家|画家|選手|監督に|自殺|と語|と述べ|を率い|に師事|留学)");

  /** Titles in front of which a company or a team may stand, too. */
  private static final Pattern OF_A_BODY = Pattern.compile("^(?:社長|会長|代表|監督|部長|役員|取締役)");

  /** Offices and places in a team that are written in capitals. */
  private static final Pattern POSITION =
      Pattern.compile("(?:^|[^A-Za-z])(?:GK|DF|MF|FW|CEO|CFO|CTO|COO|PM)$");

  private static final Pattern DOT = Pattern.compile("[・=＝゠]");

  /** A Han word behind that makes a place, a prize or a body of the name. */
  private static final Pattern THING =
      Pattern.compile(
          "^(?:空港|大学|賞|社|銀行|州|市|町|村|区|郡|県|駅|教会|島|湖|川|河|山|海|城|橋|通り|広場|公園|劇場|美術館|博物館|図書館|研究所|財団|病院|学校|高校|宇宙|歴史|物理|鉄道|号|機|艦|級|戦(?!士)|杯|カップ|地区|地方|半島|諸島|神殿|寺院|体制|法|条約|定理|方程式|関数|係数|効果|病|症|店|版|型|式|系|語|人(?!物)|族|家具|楽器|製|産|印刷|代行|出品|展(?!開)|制作|事業|会社|協会|記念|国際|財閥|石油|証券|自動車|電気|製薬|王国|帝国|公国|共和国|山脈|海峡|運河)");

  @Override
  public String name() {
    return "katakana-name";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    if (!text.hasJapanese()) {
      return;
    }
    String folded = text.folded();
    int at = 0;
    while (at < folded.length()) {
      if (!isKatakana(folded.charAt(at))) {
        at++;
        continue;
      }
      Chain chain = Chain.at(folded, at);
      if (chain.parts.size() > 1) {
        dotted(folded, chain, findings);
      } else {
        single(folded, chain, findings);
      }
      at = chain.end;
    }
  }

  /** Katakana and initials joined by dots. */
  private record Chain(int start, int end, List<String> parts) {

    static Chain at(String text, int katakana) {
      int start = katakana;
      List<String> parts = new ArrayList<>();
      while (start >= 2
          && isDot(text.charAt(start - 1), true)
          && isCapital(text.charAt(start - 2))
          && (start == 2 || !isLetter(text.charAt(start - 3)))) {
        start -= 2;
        parts.add(0, text.substring(start, start + 1));
      }
      int end = katakana;
      while (true) {
        int from = end;
        while (end < text.length() && isKatakana(text.charAt(end))) {
          end++;
        }
        if (end == from) {
          end++;
        }
        parts.add(text.substring(from, end));
        boolean joined = end + 1 < text.length() && isDot(text.charAt(end), parts.size() > 1);
        if (!joined) {
          return new Chain(start, end, parts);
        }
        boolean initial =
            isCapital(text.charAt(end + 1))
                && end + 3 < text.length()
                && isDot(text.charAt(end + 2), true)
                && (isKatakana(text.charAt(end + 3)) || isCapital(text.charAt(end + 3)));
        if (!isKatakana(text.charAt(end + 1)) && !initial) {
          return new Chain(start, end, parts);
        }
        end++;
      }
    }
  }

  private static void dotted(String text, Chain chain, Consumer<Finding> findings) {
    double points = 0;
    int named = 0;
    int last = chain.parts.size() - 1;
    for (int i = 0; i <= last; i++) {
      String part = chain.parts.get(i);
      boolean family = i == last && KatakanaPart.isFamilyWord(part);
      KatakanaPart kind = family ? KatakanaPart.NAME : KatakanaPart.of(part);
      points +=
          switch (kind) {
            case LISTED -> i == 0 ? 2 : 1;
            case NAME -> i == 0 ? 1.25 : 0.75;
            case UNKNOWN -> i == last && KatakanaPart.endsLikeFamily(part) ? 0.75 : 0.25;
            case INITIAL -> 0.75;
            case LINK -> i == 0 || i == last ? -0.5 : 0.25;
            case PLACE -> -1;
            case WORD -> KatakanaPart.isBody(part) ? -3 : i == last ? -1.5 : -1;
          };
      named += kind == KatakanaPart.LISTED || kind == KatakanaPart.NAME ? 1 : 0;
    }
    String after = tail(text, chain.end);
    Matcher world = WORLD.matcher(after);
    int end = chain.end;
    if (world.find()) {
      end += world.end();
      points += 1.5;
      after = tail(text, end);
    }
    if (HONORIFIC.matcher(after).find() || startsWithTitle(text, end)) {
      points += 1.5;
    } else if (THING.matcher(after).find()) {
      points -= 2;
    } else if (PERSON_PARTICLE.matcher(after).find()) {
      points += 0.5;
    }
    if (isIntroduced(text, chain.start)) {
      points += 1;
    }
    char before = chain.start > 0 ? text.charAt(chain.start - 1) : '\0';
    if (isLetter(before)
            && !POSITION.matcher(text.substring(Math.max(0, chain.start - 5), chain.start)).find()
        || text.startsWith("会社", chain.start - 2)) {
      points -= 2;
    }
    boolean quoted = before == '『' || before == '「' && after.startsWith("」");
    if (quoted) {
      points -= 1;
    }
    double score = points >= 2.25 ? 0.75 : points >= 1 ? 0.6 : 0.35;
    findings.accept(new Finding(FindingType.PERSON, chain.start, end, score, "katakana-name"));
  }

  private static void single(String text, Chain chain, Consumer<Finding> findings) {
    String name = chain.parts.get(0);
    int end = chain.end;
    if (name.length() < 2) {
      return;
    }
    String after = tail(text, end);
    Matcher world = WORLD.matcher(after);
    if (!after.isEmpty() && NUMERALS.indexOf(after.charAt(0)) >= 0 && world.find()) {
      accept(chain.start, end + world.end(), 0.7, findings);
      return;
    }
    if (KatakanaPart.isCommon(name)) {
      return;
    }
    if (BIOGRAPHY.matcher(text).region(end, Math.min(text.length(), end + 40)).lookingAt()
        && KatakanaPart.of(name).isPossible()
        && !text.startsWith("ー", end)) {
      accept(chain.start, end, 0.5, findings);
      return;
    }
    boolean subject = SUBJECT.matcher(after).find();
    boolean listedSubject = LISTED_SUBJECT.matcher(after).find();
    boolean honoured = HONORIFIC.matcher(after).find();
    boolean titled = !honoured && startsWithTitle(text, end);
    boolean introduced = isIntroduced(text, chain.start);
    if (!(subject || listedSubject || honoured || titled || introduced)) {
      return;
    }
    KatakanaPart kind = KatakanaPart.of(name);
    boolean listed = kind == KatakanaPart.LISTED;
    boolean known = listed || kind == KatakanaPart.NAME;
    boolean possible = known || kind == KatakanaPart.UNKNOWN && name.length() <= 8;
    char before = chain.start > 0 ? text.charAt(chain.start - 1) : ' ';
    if (isLetter(before) || before >= '0' && before <= '9') {
      possible = false;
      known = false;
      listed = false;
    }
    if (honoured && possible) {
      boolean business = after.startsWith("様") || after.startsWith("さま");
      double doubt = business ? 0.4 : name.length() <= 5 ? 0.6 : 0.45;
      accept(chain.start, end, known ? 0.9 : doubt, findings);
    } else if (titled && possible) {
      boolean company = OF_A_BODY.matcher(after).find();
      accept(chain.start, end, known ? 0.8 : company ? 0.4 : 0.6, findings);
    } else if (introduced && possible && !after.startsWith("・")) {
      accept(chain.start, end, known ? 0.65 : 0.55, findings);
    } else if (listed && !KatakanaPart.isAmbiguous(name) && name.length() > 2 && listedSubject) {
      accept(chain.start, end, 0.5, findings);
    } else if (known && name.length() > 2 && subject && !KatakanaPart.isAmbiguous(name)) {
      accept(chain.start, end, 0.5, findings);
    }
  }

  private static void accept(int start, int end, double score, Consumer<Finding> findings) {
    findings.accept(new Finding(FindingType.PERSON, start, end, score, "katakana-name"));
  }

  static boolean isDotted(String name) {
    return name.chars().anyMatch(c -> isDot((char) c, false));
  }

  /** The parts of a name that dots join by which the person may be called alone. */
  static List<String> distinctiveParts(String name) {
    List<String> distinctive = new ArrayList<>();
    for (String part : DOT.split(name)) {
      boolean katakana = part.chars().allMatch(c -> isKatakana((char) c));
      if (katakana && part.length() > 2 && KatakanaPart.of(part).isPossible()) {
        distinctive.add(part);
      }
    }
    return distinctive;
  }

  /** 父ジョン, 兄・ジョン, 俳優のジョン. */
  private static boolean isIntroduced(String text, int start) {
    int end = start;
    boolean dot = end > 0 && text.charAt(end - 1) == '・';
    boolean of = end > 0 && text.charAt(end - 1) == 'の';
    if (dot || of) {
      end--;
    }
    for (int length = 1; length <= 4 && length <= end; length++) {
      String word = text.substring(end - length, end);
      if (!of && KIN.contains(word) || (of ? ARTISTS : OCCUPATIONS).contains(word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWithTitle(String text, int from) {
    return from < text.length()
        && (text.charAt(from) >= '一' && text.charAt(from) <= '鿿')
        && JapaneseNames.startsWithTitle(text, from);
  }

  private static String tail(String text, int from) {
    return text.substring(from, Math.min(text.length(), from + 8));
  }

  private static boolean isKatakana(char c) {
    return c >= 'ァ' && c <= 'ヺ' || c == 'ー';
  }

  private static boolean isCapital(char c) {
    return c >= 'A' && c <= 'Z';
  }

  private static boolean isLetter(char c) {
    return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
  }

  private static boolean isDot(char c, boolean afterInitial) {
    return c == '・' || c == '=' || c == '＝' || c == '゠' || afterInitial && c == '.';
  }
}
