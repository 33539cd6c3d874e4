package dev.migaki.cleansing.recognition;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;

/** Credentials with a recognisable form: a literal pre-filter, then pattern and entropy. */
final class SecretRecognizer implements Recognizer {

    private static final List<SecretRule> RULES = SecretCatalog.RULES;
    private static final KeywordMatcher NEEDLES;
    private static final List<Integer> RULE_OF_NEEDLE = new ArrayList<>();

    static {
        List<String> needles = new ArrayList<>();
        for (SecretRule rule : RULES) {
            needles.add(rule.needle().isEmpty() ? "\uFFFF" : rule.needle());
        }
        NEEDLES = KeywordMatcher.of(needles.stream().distinct().toList());
        List<String> distinct = needles.stream().distinct().toList();
        for (String needle : needles) {
            RULE_OF_NEEDLE.add(distinct.indexOf(needle));
        }
    }

    @Override
    public String name() {
        return "secret";
    }

    @Override
    public void recognize(ScannedText text, Consumer<Finding> findings) {
        String folded = text.folded();
        if (longestToken(folded) < 11) {
            return;
        }
        BitSet present = new BitSet();
        NEEDLES.scan(folded, (start, end, needle) -> present.set(needle));
        for (int i = 0; i < RULES.size(); i++) {
            SecretRule rule = RULES.get(i);
            if (rule.needle().isEmpty() || present.get(RULE_OF_NEEDLE.get(i))) {
                apply(rule, folded, findings);
            }
        }
    }

    /** Every credential contains a long run without a space; prose and headings stop here. */
    private static int longestToken(String folded) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            run = c > 0x20 && c < 0x7F ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private static void apply(SecretRule rule, String folded, Consumer<Finding> findings) {
        Matcher matcher = rule.pattern().matcher(folded);
        while (matcher.find()) {
            int group = matcher.groupCount() > 0 ? 1 : 0;
            String secret = matcher.group(group);
            boolean url = rule.type() == FindingType.URL_CREDENTIALS;
            boolean real =
                    url
                            ? !isTemplate(secret)
                            : rule.minEntropy() == 0
                                    || Entropy.bitsPerCharacter(secret) >= rule.minEntropy()
                                            && !Entropy.isDummy(secret);
            if (real) {
                findings.accept(
                        new Finding(rule.type(), matcher.start(group), matcher.end(group), rule.score(), rule.name()));
            }
        }
    }

    private static boolean isTemplate(String userInfo) {
        String password = userInfo.substring(userInfo.indexOf(':') + 1);
        return CredentialAssignment.isNoSecret(password);
    }
}
