package dev.migaki.cleansing.recognition;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Countries as the JDK names them, and well-known cities and states. */
final class EnglishPlaces {

  static final List<String> PLACES = new ArrayList<>();
  static final List<String> DEMONYMS = WordList.load("english-demonyms.txt");

  /** Lower case, one-word places. */
  static final Set<String> SINGLE = new HashSet<>();

  static {
    Set<String> places = new HashSet<>(WordList.load("english-places.txt"));
    for (String country : Locale.getISOCountries()) {
      String name =
          new Locale.Builder().setRegion(country).build().getDisplayCountry(Locale.ENGLISH);
      places.add(name.replace("&", "and").replace("St.", "Saint"));
      places.add(name);
    }
    places.stream().filter(name -> name.length() > 2).sorted().forEach(PLACES::add);
    for (String place : PLACES) {
      if (place.indexOf(' ') < 0) {
        SINGLE.add(place.toLowerCase(Locale.ROOT));
      }
    }
  }

  private EnglishPlaces() {}
}
