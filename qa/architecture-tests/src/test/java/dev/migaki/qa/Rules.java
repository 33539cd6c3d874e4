package dev.migaki.qa;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The layer rules of docs/01-architecture. */
final class Rules {
  static final String[] STAGES = {
    "dev.migaki.ingest..",
    "dev.migaki.cleanse..",
    "dev.migaki.training..",
    "dev.migaki.eval..",
    "dev.migaki.deploy.."
  };

  /**
   * What each domain library may see beside the JDK, and why: the libraries that it exists to wrap.
   */
  private static final Map<String, List<String>> DOMAIN_LIBRARIES =
      new TreeMap<>(
          Map.of(
              "dev.migaki.contracts..", List.of("com.fasterxml.jackson.."),
              "dev.migaki.recipes..", List.of("com.fasterxml.jackson.."),
              "dev.migaki.documents..",
                  List.of(
                      "com.fasterxml.jackson..",
                      "dev.migaki.recipes..",
                      "org.apache.tika..",
                      "org.apache.pdfbox..",
                      "org.apache.poi..",
                      "org.apache.commons.compress..",
                      "org.jsoup..",
                      "org.commonmark..",
                      "org.apache.james.mime4j..",
                      "org.xml.sax.."),
              "dev.migaki.cleansing..",
                  List.of(
                      "org.apache.lucene..",
                      "com.google.i18n.phonenumbers..",
                      "com.github.pemistahl.lingua.."),
              "dev.migaki.datasets..",
                  List.of(
                      "com.fasterxml.jackson..",
                      "dev.migaki.recipes..",
                      "dev.migaki.documents..",
                      "dev.migaki.cleansing..",
                      "dev.migaki.metrics.."),
              "dev.migaki.lm..", List.of("com.fasterxml.jackson..", "org.bytedeco..", "ai.djl.."),
              "dev.migaki.metrics..", List.of()));

  /** Processes of their own: they keep time and write progress, and are started by a service. */
  private static final String[] WORKER_PROCESSES = {
    "dev.migaki.lm.worker..", "dev.migaki.documents.worker.."
  };

  private Rules() {}

  static List<ArchRule> all() {
    List<ArchRule> rules = new ArrayList<>(domainLibraries());
    rules.add(stageDomainIsPure());
    rules.add(pureCodeIsDeterministic());
    rules.add(pureCodeIsSilent());
    rules.add(tensorsAreMadeOnTheDevice());
    rules.add(platformKnowsNoStage());
    rules.add(stagesDoNotSeeEachOther());
    rules.add(entitiesLiveInPersistence());
    rules.add(entitiesAreNamedSo());
    rules.add(noDrawers());
    rules.add(noDrawerNames());
    rules.add(stagePackages());
    rules.add(channelsLiveInMessaging());
    rules.add(mutinyStaysOutOfStages());
    rules.add(metricsLiveInMetricsClasses());
    rules.add(configMappingsLiveInConfig());
    return rules;
  }

  static List<ArchRule> domainLibraries() {
    return DOMAIN_LIBRARIES.entrySet().stream()
        .map(entry -> domainLibrary(entry.getKey(), entry.getValue()))
        .toList();
  }

  static ArchRule domainLibrary(String module, List<String> wrapped) {
    List<String> allowed = new ArrayList<>(List.of("java..", "javax..", "org.jspecify..", module));
    allowed.addAll(wrapped);
    return classes()
        .that()
        .resideInAPackage(module)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .because(
            "a domain library knows no framework; wrap the library in the module that exists for it");
  }

  static ArchRule stageDomainIsPure() {
    return classes()
        .that()
        .resideInAPackage("dev.migaki.*.domain..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "dev.migaki.*.domain..",
            "dev.migaki.contracts..",
            "dev.migaki.documents..",
            "dev.migaki.cleansing..",
            "dev.migaki.datasets..",
            "dev.migaki.metrics..",
            "dev.migaki.lm..")
        .because(
            "decisions are tested without a framework; put what needs one into outbound or persistence");
  }

  static ArchRule pureCodeIsDeterministic() {
    DescribedPredicate<JavaMethodCall> now =
        DescribedPredicate.describe(
            "reads the clock or makes up randomness",
            call -> {
              String owner = call.getTargetOwner().getFullName();
              String name = call.getTarget().getName();
              boolean clock =
                  name.equals("now")
                      && List.of(
                              Instant.class.getName(),
                              LocalDate.class.getName(),
                              LocalDateTime.class.getName())
                          .contains(owner);
              boolean systemClock =
                  owner.equals(Clock.class.getName()) && name.startsWith("system");
              boolean system =
                  owner.equals(System.class.getName())
                      && List.of("currentTimeMillis", "nanoTime", "getenv").contains(name);
              boolean random =
                  owner.equals(Math.class.getName()) && name.equals("random")
                      || owner.equals(UUID.class.getName()) && name.equals("randomUUID")
                      || owner.equals(ThreadLocalRandom.class.getName());
              return clock || systemClock || system || random;
            });
    return noClasses()
        .that(isPure())
        .should()
        .callMethodWhere(now)
        .orShould()
        .callConstructor(Random.class)
        .because(
            "same seed and same input must give the same bytes; let time, ids and seeds come in");
  }

  static ArchRule pureCodeIsSilent() {
    return noClasses()
        .that(isPure())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.util.logging..",
            "org.slf4j..",
            "org.jboss.logging..",
            "java.net.http..",
            "java.sql..")
        .because("pure code says what it has to say in its result");
  }

  static ArchRule tensorsAreMadeOnTheDevice() {
    DescribedPredicate<JavaMethodCall> makesTensor =
        DescribedPredicate.describe(
            "makes a tensor in main memory",
            call -> {
              String name = call.getTarget().getName();
              return switch (call.getTargetOwner().getName()) {
                case "org.bytedeco.pytorch.Tensor" -> name.equals("create");
                case "org.bytedeco.pytorch.global.torch" ->
                    List.of("zeros", "ones", "empty", "full", "arange", "rand", "randn")
                        .contains(name);
                default -> false;
              };
            });
    return noClasses()
        .that()
        .resideInAPackage("dev.migaki.lm..")
        .and()
        .resideOutsideOfPackage("dev.migaki.lm.device..")
        .should()
        .callMethodWhere(makesTensor)
        .because("a model may compute on another device; make tensors by DeviceTensors");
  }

  private static DescribedPredicate<JavaClass> isPure() {
    List<String> packages = new ArrayList<>(DOMAIN_LIBRARIES.keySet());
    packages.add("dev.migaki.*.domain..");
    return resideInAnyPackage(packages.toArray(String[]::new))
        .and(not(resideInAnyPackage(WORKER_PROCESSES)));
  }

  static ArchRule platformKnowsNoStage() {
    return noClasses()
        .that()
        .resideInAPackage("dev.migaki.platform..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(STAGES)
                .or(
                    resideInAnyPackage(
                        "dev.migaki.recipes..",
                        "dev.migaki.documents..",
                        "dev.migaki.cleansing..",
                        "dev.migaki.datasets..",
                        "dev.migaki.lm..",
                        "dev.migaki.metrics..")))
        .because(
            "the platform serves every stage and knows none; of the domain it sees the contracts only");
  }

  static ArchRule stagesDoNotSeeEachOther() {
    return slices()
        .matching("dev.migaki.(ingest|cleanse|training|eval|deploy)..")
        .should()
        .notDependOnEachOther()
        .because(
            "stages talk by events; put what two of them need into the contracts or a domain library");
  }

  static ArchRule entitiesLiveInPersistence() {
    return classes()
        .that()
        .areAnnotatedWith("jakarta.persistence.Entity")
        .should()
        .resideInAPackage("..persistence..")
        .because("what is stored and what is decided change for different reasons");
  }

  static ArchRule entitiesAreNamedSo() {
    return classes()
        .that()
        .areAnnotatedWith("jakarta.persistence.Entity")
        .should()
        .haveSimpleNameEndingWith("Entity")
        .because("a reader must see at the call that a row is meant");
  }

  static ArchRule noDrawers() {
    return noClasses()
        .should()
        .resideInAnyPackage(
            "..util..",
            "..utils..",
            "..common..",
            "..helper..",
            "..misc..",
            "..shared..",
            "..manager..")
        .because("a drawer collects everything; name the package after what its classes do");
  }

  static ArchRule noDrawerNames() {
    return noClasses()
        .that()
        .resideInAPackage("dev.migaki..")
        .should()
        .haveNameMatching(".*(Manager|Helper|Utils|Util|Impl|Base)(\\$.*)?")
        .because(
            "the role is the suffix: Stage, Consumer, Policy, Repository, Entity, Config, Metrics");
  }

  static ArchRule stagePackages() {
    return classes()
        .that(resideInAnyPackage(STAGES))
        .should()
        .resideInAnyPackage(
            "dev.migaki.ingest",
            "dev.migaki.cleanse",
            "dev.migaki.training",
            "dev.migaki.eval",
            "dev.migaki.deploy",
            "dev.migaki.*.messaging..",
            "dev.migaki.*.domain..",
            "dev.migaki.*.persistence..",
            "dev.migaki.*.outbound..",
            "dev.migaki.*.rest..",
            "dev.migaki.*.config..")
        .because("the five stages have one shape; who knows one finds his way in all");
  }

  static ArchRule channelsLiveInMessaging() {
    return methods()
        .that()
        .areAnnotatedWith("org.eclipse.microprofile.reactive.messaging.Incoming")
        .or()
        .areAnnotatedWith("org.eclipse.microprofile.reactive.messaging.Outgoing")
        .should()
        .beDeclaredInClassesThat()
        .resideInAPackage("..messaging..")
        .because("a topic is read in one place of a stage and handed to the stage runner");
  }

  static ArchRule mutinyStaysOutOfStages() {
    return noClasses()
        .that(resideInAnyPackage(STAGES))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.smallrye.mutiny..")
        .because("stages are imperative code on worker threads");
  }

  static ArchRule metricsLiveInMetricsClasses() {
    return noClasses()
        .that(resideInAnyPackage(STAGES))
        .and()
        .haveSimpleNameNotEndingWith("Metrics")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.micrometer..")
        .because("a stage's metrics stand in one class, where a dashboard's author finds them");
  }

  static ArchRule configMappingsLiveInConfig() {
    return classes()
        .that()
        .areAnnotatedWith("io.smallrye.config.ConfigMapping")
        .and(resideInAnyPackage(STAGES))
        .should()
        .resideInAPackage("..config..")
        .because("an operator reads one interface per service");
  }
}
