package dev.migaki.cleansing.recognition;

/** How well spellings in Han serve as parts of a name, by lists and the dictionary. */
final class JapaneseNameParts {

  /** Family names of one character in China and Korea that are seldom words. */
  private static final String CONTINENTAL = "李陳劉趙鄭朴崔鄧蔣蒋袁徐郭馮蕭曹呂蔡魏薛潘范姚譚廖鄒汪孫董謝梁胡羅彭曾王張楊黄呉周許葉尹申姜韓沈盧閻賈";

  /** Those that are words or Japanese names, too: the analyser or a title has to agree. */
  private static final String CONTINENTAL_DOUBTFUL = "金高白石方文万安江林任馬宋唐程夏毛杜丁権洪関銭薄";

  private static final String PLACE_ENDS =
      "県市区町村駅線港湾寺社店館堂園校課室省州郡荘湖橋丸岳峠谷池温泉駐杯賞戦展祭流派系型式号機性質品期語岸郷国藩試表目体牧電杵乗帯領兵";

  private JapaneseNameParts() {}

  /** How much a spelling is a family name: 2 frequent, 1 to 1.5 in the dictionary, below 0 not. */
  static double family(String family) {
    if (JapaneseNames.FAMILY_NAMES.contains(family)) {
      return family.length() == 1 ? 1.5 : 2;
    }
    int kinds = JapaneseDictionary.kinds(family);
    if ((kinds & JapaneseDictionary.FAMILY) == 0) {
      boolean free = (kinds & (JapaneseDictionary.WORD | JapaneseDictionary.OTHER)) == 0;
      boolean role = JapaneseNames.BEFORE.contains(family);
      return family.length() != 2 || role ? -9 : free ? 0.25 : 0;
    }
    return family.length() == 1 ? 0.5 : (kinds & JapaneseDictionary.WORD) == 0 ? 1.5 : 1;
  }

  /** How much a spelling is a given name: 2 in the dictionary, below 0 not. */
  static double given(String given) {
    int kinds = JapaneseDictionary.kinds(given);
    boolean word = (kinds & JapaneseDictionary.WORD) != 0;
    if (given.length() == 1) {
      return JapaneseNames.ONE_CHARACTER.indexOf(given) >= 0 ? 1.25 : -9;
    }
    if (PLACE_ENDS.indexOf(given.charAt(given.length() - 1)) >= 0 || JapaneseNames.isThing(given)) {
      return -9;
    }
    if ((kinds & JapaneseDictionary.GIVEN) != 0) {
      return word ? 0.75 : (kinds & JapaneseDictionary.PLACE) != 0 ? 1.5 : 2;
    }
    if (word || given.length() > 3) {
      return -9;
    }
    if (JapaneseNames.isNameCharacters(given)) {
      return 1.25;
    }
    return JapaneseNames.isNameCharacters(given.substring(0, 1))
            || JapaneseNames.isNameCharacters(given.substring(given.length() - 1))
        ? 0.75
        : -9;
  }

  /**
   * How sure it is that two or three characters are a Chinese or Korean name, 0 to 1.
   *
   * @param tagged whether the analyser takes the first character for a family name
   * @param titled whether a title follows
   * @param boundary whether the run of characters ends behind it
   */
  static double continental(String surface, boolean tagged, boolean titled, boolean boundary) {
    if (surface.length() > 3 || !boundary) {
      return 0;
    }
    char family = surface.charAt(0);
    if (PLACE_ENDS.indexOf(surface.charAt(surface.length() - 1)) >= 0) {
      return 0;
    }
    if (CONTINENTAL.indexOf(family) >= 0 || CONTINENTAL_DOUBTFUL.indexOf(family) >= 0 && tagged) {
      boolean sure = CONTINENTAL.indexOf(family) >= 0 && tagged;
      return titled ? 0.75 : surface.length() == 3 ? 0.6 : sure ? 0.5 : 0.4;
    }
    return 0;
  }
}
