package dev.migaki.cleansing.recognition;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates that a birth word marks; all other dates are business facts and stay. */
final class DateOfBirthRecognizer implements Recognizer {

    private static final String MONTH =
            "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
                    + "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

    /** A calendar date in the notations of both languages. */
    static final Pattern DATE =
            Pattern.compile(
                    "(?<![\\d/.-])(?:"
                            + "(?:(?:明治|大正|昭和|平成|令和|[mtshr]\\.?) ?(?:元|\\d{1,2})|(?:1[89]|20)\\d{2}) ?[年/.-] ?\\d{1,2} ?[月/.-] ?\\d{1,2}(?: ?日(?:生まれ|生)?)?"
                            + "|(?:1[89]|20)\\d{6}"
                            + "|\\d{1,2}[/.-]\\d{1,2}[/.-](?:(?:1[89]|20)\\d{2}|\\d{2})"
                            + "|" + MONTH + "\\.? \\d{1,2}(?:st|nd|rd|th)?,? (?:1[89]|20)\\d{2}"
                            + "|\\d{1,2}(?:st|nd|rd|th)?[ -](?:of )?" + MONTH + "\\.?,?[ -](?:1[89]|20)\\d{2}"
                            + ")(?![\\d/])");

    private static final Pattern SHORT_DATE =
            Pattern.compile(
                    "(?<![\\d/])(?:\\d{1,2}月 ?\\d{1,2}日|" + MONTH + "\\.? \\d{1,2}(?:st|nd|rd|th)?|\\d{1,2}(?:st|nd|rd|th)? (?:of )?" + MONTH + "|(?:1[89]|20)\\d{2}年(?:\\d{1,2}月)?)(?![\\d/a-z])");

    @Override
    public String name() {
        return "date-of-birth";
    }

    @Override
    public void recognize(ScannedText text, Consumer<Finding> findings) {
        if (!text.hasDigit() || !text.cues().has(Cue.BIRTH)) {
            return;
        }
        String lower = text.lower();
        Matcher date = DATE.matcher(lower);
        while (date.find()) {
            report(text, date, 0.9, findings);
        }
        Matcher partial = SHORT_DATE.matcher(lower);
        while (partial.find()) {
            report(text, partial, 0.6, findings);
        }
    }

    private static void report(
            ScannedText text, Matcher date, double score, Consumer<Finding> findings) {
        boolean marked =
                text.cues().before(Cue.BIRTH, date.start(), 28)
                        || text.cues().within(Cue.BIRTH, date.end() - 3, date.end() + 8)
                        || text.at(date.end()) == '生';
        if (marked) {
            findings.accept(
                    new Finding(
                            FindingType.DATE_OF_BIRTH, date.start(), date.end(), score, "date-of-birth"));
        }
    }
}
