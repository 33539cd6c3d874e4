package dev.migaki.cleansing.recognition;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Credentials with a recognisable form.
 *
 * <p>Written for this project from the issuers' public descriptions of their token formats; the
 * idea of a literal pre-filter plus entropy is that of the open-source secret scanners.
 */
final class SecretCatalog {

  private static final String URL_SAFE = "[A-Za-z0-9_-]";

  static final List<SecretRule> RULES =
      List.of(
          SecretRule.key(
              "aws-access-key",
              "AKIA ASIA ABIA ACCA A3T",
              "(?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z0-9]{16}",
              0),
          SecretRule.key("aws-bedrock-key", "ABSK", "ABSK[A-Za-z0-9+/]{109,269}={0,2}", 3),
          SecretRule.key(
              "github-token", "ghp_ gho_ ghu_ ghs_ ghr_", "gh[pousr]_[A-Za-z0-9]{36,255}", 3),
          SecretRule.key(
              "github-fine-grained", "github_pat_", "github_pat_[A-Za-z0-9_]{50,255}", 3),
          SecretRule.key(
              "gitlab-token",
              "gl",
              "gl(?:pat|dt|ft|ffct|rt)-" + URL_SAFE + "{20,22}(?![A-Za-z0-9_-])",
              3),
          SecretRule.key(
              "gitlab-trigger-token", "glptt-", "glptt-" + URL_SAFE + "{40}(?![A-Za-z0-9_-])", 3),
          SecretRule.key(
              "gitlab-mail-token", "glimt-", "glimt-" + URL_SAFE + "{25}(?![A-Za-z0-9_-])", 3),
          SecretRule.key(
              "gitlab-agent-token",
              "gl",
              "gl(?:agent-"
                  + URL_SAFE
                  + "{50,1024}|oas-"
                  + URL_SAFE
                  + "{64}|soat-"
                  + URL_SAFE
                  + "{20,64}|cbt-(?:[0-9a-fA-F]{1,5}_)?"
                  + URL_SAFE
                  + "{20})(?![A-Za-z0-9_-])",
              3),
          SecretRule.key(
              "slack-token",
              "xox",
              "xox[abeprs]-(?:\\d-)?\\d{9,14}-\\d{9,14}(?:-\\d{9,14})?-[A-Za-z0-9]{16,64}",
              0),
          SecretRule.key(
              "slack-token-short", "xox", "xox[abeprs]-\\d{10,13}-[A-Za-z0-9]{14,48}", 0),
          SecretRule.key(
              "slack-app-token", "xapp-", "xapp-\\d-[A-Z0-9]+-\\d+-[a-f0-9]{32,80}", 2.5),
          new SecretRule(
              "slack-webhook",
              FindingType.API_KEY,
              "hooks.slack.com",
              Pattern.compile(
                  "https?://hooks\\.slack\\.com/(?:services|workflows|triggers)/[A-Za-z0-9/+_-]{20,100}"),
              0,
              0.95),
          SecretRule.key("google-api-key", "AIzaSy", "AIzaSy[A-Za-z0-9_-]{33}", 3.5),
          SecretRule.key("google-oauth", "GOCSPX-", "GOCSPX-" + URL_SAFE + "{28}", 3),
          SecretRule.key("google-refresh-token", "ya29.", "ya29\\.[A-Za-z0-9_-]{20,300}", 3),
          SecretRule.key(
              "stripe-key",
              "k_live_ k_test_ k_prod_",
              "(?:sk|rk|pk)_(?:live|test|prod)_[A-Za-z0-9]{10,99}",
              2.5),
          SecretRule.key("stripe-webhook", "whsec_", "whsec_[A-Za-z0-9+/=]{24,80}", 3),
          SecretRule.key(
              "openai-key",
              "sk-",
              "sk-(?!ant-)(?:proj-|svcacct-|admin-|None-)?[A-Za-z0-9_-]{20,200}",
              3),
          SecretRule.key(
              "anthropic-key", "sk-ant-", "sk-ant-(?:api|admin)\\d{2}-[A-Za-z0-9_-]{93}AA", 3),
          SecretRule.key(
              "huggingface-token",
              "hf_ api_org_",
              "(?:hf_|api_org_)(?=[a-z]*[A-Z])[A-Za-z]{34}",
              3.5),
          SecretRule.key("npm-token", "npm_", "npm_[A-Za-z0-9]{36}", 3),
          SecretRule.key("pypi-token", "pypi-", "pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{70,1000}", 3),
          SecretRule.key(
              "sendgrid-key", "SG.", "SG\\.[A-Za-z0-9_-]{16,24}\\.[A-Za-z0-9_-]{39,50}", 3),
          SecretRule.key("mailchimp-key", "-us", "[0-9a-f]{32}-us\\d{1,2}", 3),
          SecretRule.key("mailgun-key", "key-", "key-[0-9a-f]{32}", 3),
          SecretRule.key("twilio-key", "AC SK", "(?:AC|SK)[0-9a-fx]{32}", 0),
          SecretRule.key("telegram-token", ":A", "\\d{8,10}:A[A-Za-z0-9_-]{34}", 3),
          SecretRule.key(
              "discord-token",
              ".",
              "[MNOA][A-Za-z0-9_-]{23,27}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,38}",
              3),
          SecretRule.key(
              "azure-client-secret",
              "Q~",
              "(?<![_~.-])[A-Za-z0-9_~.-]{3}\\dQ~[A-Za-z0-9_~.-]{31,34}(?![_~-])",
              3.5),
          SecretRule.key("vault-token", "hv", "hv[sbr]\\.[A-Za-z0-9_-]{24,300}", 3),
          new SecretRule(
              "vault-legacy-token",
              FindingType.API_KEY,
              "s.",
              Pattern.compile(
                  "(?<![A-Za-z0-9.])(s\\.(?=[A-Za-z]*\\d)(?=[A-Za-z0-9]*[A-Z])[A-Za-z0-9]{24})(?![A-Za-z0-9])"),
              3.5,
              0.8),
          SecretRule.key("digitalocean-token", "do", "do[opr]_v1_[a-f0-9]{64}", 3),
          SecretRule.key("databricks-token", "dapi", "dapi[a-f0-9]{32}(?:-\\d)?", 3),
          SecretRule.key("shopify-token", "shp", "shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}", 2.5),
          SecretRule.key("square-token", "sq0", "sq0(?:atp|csp)-[A-Za-z0-9_-]{22,43}", 3),
          SecretRule.key("square-access-token", "EAAA", "EAAA[A-Za-z0-9_-]{60}", 4),
          SecretRule.key("facebook-token", "EAA", "EAAM[A-Za-z0-9]{80,400}", 4),
          new SecretRule(
              "facebook-app-token",
              FindingType.API_KEY,
              "|",
              Pattern.compile("(?<![0-9])(\\d{15,16}\\|[A-Za-z0-9_-]{27,40})(?![A-Za-z0-9])"),
              3,
              0.9),
          SecretRule.key(
              "notion-token",
              "ntn_ secret_",
              "(?:ntn_[0-9]{11}[A-Za-z0-9]{35}|secret_[A-Za-z0-9]{43})",
              3.5),
          SecretRule.key("linear-key", "lin_api_", "lin_api_[A-Za-z0-9]{40}", 3),
          SecretRule.key(
              "grafana-token",
              "gl",
              "gl(?:sa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8}|c_[A-Za-z0-9+/]{32,400}={0,3})",
              3),
          SecretRule.key("octopus-key", "API-", "API-[A-Z0-9]{25,26}", 3.5),
          SecretRule.key(
              "sourcegraph-token", "sgp_", "sgp_(?:(?:[a-fA-F0-9]{16}|local)_)?[a-fA-F0-9]{40}", 3),
          SecretRule.key("1password-token", "ops_", "ops_eyJ[A-Za-z0-9+/]{80,}={0,3}", 4),
          SecretRule.key(
              "1password-secret-key",
              "A3-",
              "A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}",
              3.8),
          SecretRule.key("intra42-token", "s-s4t2", "s-s4t2(?:ud|af)-[a-f0-9]{64}", 3),
          SecretRule.key("perplexity-key", "pplx-", "pplx-[A-Za-z0-9]{48}", 4),
          SecretRule.key("groq-key", "gsk_", "gsk_[A-Za-z0-9]{48,56}", 4),
          SecretRule.key("xai-key", "xai-", "xai-[A-Za-z0-9]{70,90}", 4),
          SecretRule.key("age-secret", "AGE-SECRET-KEY-", "AGE-SECRET-KEY-1[A-Z0-9]{58}", 3),
          SecretRule.key("artifactory-token", "AK", "AKC[A-Za-z0-9]{10,80}", 0),
          new SecretRule(
              "artifactory-password",
              FindingType.API_KEY,
              "AP",
              Pattern.compile("(?:^|(?<=[\\s=:\"]))(AP[0-9A-F][A-Za-z0-9]{10,80})(?![A-Za-z0-9])"),
              0,
              0.6),
          new SecretRule(
              "jwt",
              FindingType.JWT,
              "eyJ",
              Pattern.compile(
                  "(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\\.eyJ?[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}={0,2}|(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{20,}={0,2}"),
              3.5,
              0.95),
          new SecretRule(
              "private-key",
              FindingType.PRIVATE_KEY,
              "PRIVATE KEY",
              Pattern.compile(
                  "-----BEGIN[ A-Z0-9_-]{0,60}PRIVATE KEY(?:"
                      + " BLOCK)?-----(?:[^-]|-(?!----)){30,12000}?(?:-----END["
                      + " A-Z0-9_-]{0,60}PRIVATE KEY(?: BLOCK)?-----|\\z)"),
              0,
              1.0),
          new SecretRule(
              "putty-key",
              FindingType.PRIVATE_KEY,
              "PuTTY-User-Key-File-",
              Pattern.compile(
                  "PuTTY-User-Key-File-\\d: (?:[^P]|P(?!rivate-(?:MAC|Hash):)){30,12000}?"
                      + "(?:Private-(?:MAC|Hash): ?[0-9a-fA-F]{32,64}|\\z)"),
              0,
              1.0),
          new SecretRule(
              "url-credentials",
              FindingType.URL_CREDENTIALS,
              "://",
              Pattern.compile(
                  "[A-Za-z][A-Za-z0-9+.-]{1,15}://([^\\s/?#:@\"'<>]{0,80}:[^\\s/?#@\"'<>]{2,120})@[A-Za-z0-9\\[]"),
              0,
              0.9));

  private SecretCatalog() {}
}
