package dev.migaki.training;

import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Event;
import dev.migaki.contracts.Event.DatasetSealed;
import dev.migaki.contracts.Event.DocumentErased;
import dev.migaki.contracts.Event.RetrainRequested;
import dev.migaki.contracts.Event.RunCancelled;
import dev.migaki.contracts.Event.RunFailed;
import dev.migaki.contracts.Event.RunQuoted;
import dev.migaki.platform.stage.EventHandler;
import dev.migaki.platform.stage.StageContext;
import dev.migaki.platform.stage.StageOutcome;
import dev.migaki.training.domain.Hyperparameters;
import dev.migaki.training.domain.Protection;
import dev.migaki.training.domain.Quote;
import dev.migaki.training.domain.Recipes;
import dev.migaki.training.domain.RetrainPolicy;
import dev.migaki.training.domain.RetrainPolicy.Decision;
import dev.migaki.training.domain.RunState;
import dev.migaki.training.domain.TrainingFiles;
import dev.migaki.training.domain.TrainingProvider;
import dev.migaki.training.domain.TrainingProvider.Measurement;
import dev.migaki.training.domain.TrainingRecipe;
import dev.migaki.training.domain.TrainingRecipe.StartFrom;
import dev.migaki.training.persistence.RunEntity;
import dev.migaki.training.persistence.RunJson;
import dev.migaki.training.persistence.RunRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sealed version comes in; if it earns a run and the budget allows it, a quoted run is stored and
 * a worker will claim it. Training itself never happens here: a record handler has a minute, a run
 * may have hours.
 */
@ApplicationScoped
public class TrainingStage implements EventHandler {
  private static final String PAIRS_MISSING = "PREFERENCE_PAIRS_MISSING";

  private final RunRepository runs;
  private final Recipes recipes;
  private final TrainingFiles files;
  private final TrainingProvider provider;
  private final RunJson json;
  private final Clock clock;

  TrainingStage(
      RunRepository runs,
      Recipes recipes,
      TrainingFiles files,
      TrainingProvider provider,
      RunJson json,
      Clock clock) {
    this.runs = runs;
    this.recipes = recipes;
    this.files = files;
    this.provider = provider;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public StageOutcome handle(Event event, StageContext context) {
    if (event instanceof DatasetSealed sealed) {
      return consider(sealed, context);
    }
    if (event instanceof RetrainRequested request) {
      return repeat(request, context);
    }
    if (event instanceof DocumentErased erased && erased.receipt() != null) {
      return nameModels(erased, erased.receipt());
    }
    return StageOutcome.ignored("other-event");
  }

  /**
   * A newer version takes the place of one that waits for its recipe; a repetition only of itself.
   */
  @Override
  public @Nullable Subject subject(Event event) {
    if (event instanceof DatasetSealed sealed) {
      return new Subject("version", sealed.number());
    }
    return event instanceof RetrainRequested request
        ? Subject.lastOf("repetition of " + request.version())
        : null;
  }

  @Override
  public boolean mayWait(Event event) {
    return subject(event) != null;
  }

  /** A wrong recipe is its dataset's affair: the version is trained when it is right. */
  @Override
  public EventHandler prepared(Event event) {
    if (mayWait(event)) {
      recipes.of(event.dataset());
    }
    return this;
  }

  /** Adds to the receipt which models learned from versions that held the erased document. */
  private StageOutcome nameModels(DocumentErased erased, Event.Receipt receipt) {
    List<Event.ErasedPart> models = new ArrayList<>();
    List<RunEntity> touched = new ArrayList<>();
    for (Event.ErasedPart part : receipt.affected()) {
      if (part.what().equals("version")) {
        String version = String.valueOf(part.sha256());
        touched.addAll(runs.succeeded(erased.dataset(), version));
        for (RunEntity waiting : runs.queued(erased.dataset())) {
          waiting.protection = json.write(json.protection(waiting.protection).without(version));
        }
      }
    }
    // whoever went on from such a model carries its traces, whatever its own version held
    for (int i = 0; i < touched.size(); i++) {
      RunEntity run = touched.get(i);
      runs.continuedFrom(erased.dataset(), run.modelId).stream()
          .filter(later -> !touched.contains(later))
          .forEach(touched::add);
      run.model = null; // no run starts from it again
      models.add(
          new Event.ErasedPart(
              "model",
              run.modelId,
              run.version,
              "trained before the erasure: train again and retire it"));
    }
    return models.isEmpty()
        ? StageOutcome.ignored("no-model")
        : StageOutcome.handled(
            "receipt",
            new DocumentErased(
                erased.dataset(),
                erased.documentId(),
                erased.position(),
                null,
                new Event.Receipt("training", List.of(), List.of(), models)));
  }

  private StageOutcome consider(DatasetSealed sealed, StageContext context) {
    TrainingRecipe recipe = recipes.of(sealed.dataset());
    boolean prefers = recipe.hyperparameters().known().prefers();
    Integer pairs = sealed.preferencePairs();
    int learned = prefers ? (pairs == null ? 0 : pairs) : sealed.trainExamples();
    Decision decision =
        RetrainPolicy.decide(
            new RetrainPolicy.Candidate(sealed.version(), learned, prefers),
            runs.latestAllowed(sealed.dataset())
                .map(
                    run ->
                        new RetrainPolicy.LastRun(
                            run.version, Duration.between(run.createdAt, clock.instant())))
                .orElse(null),
            recipe.retrain());
    Version version =
        new Version(sealed.dataset(), sealed.version(), sealed.number(), sealed.manifest());
    if (decision instanceof Decision.Skip) {
      return StageOutcome.handled("skipped");
    }
    if (decision instanceof Decision.Refuse refusal) {
      return refuse(version, recipe, refusal.reason(), context);
    }
    Optional<RunEntity> previous = toContinue(sealed.dataset(), recipe);
    TrainingRecipe used = previous.isPresent() ? recipe.forContinuation() : recipe;
    if (decision instanceof Decision.Later later) {
      return open(version, used, previous, later.reason(), later.delay(), context);
    }
    return open(
        version, used, previous, ((Decision.Train) decision).reason(), Duration.ZERO, context);
  }

  /**
   * The run whose model the next one starts from: the dataset's newest with a model that these
   * hyperparameters can go on from (docs/adr/0006).
   */
  private Optional<RunEntity> toContinue(String dataset, TrainingRecipe recipe) {
    return recipe.retrain().from() == StartFrom.BASE
        ? Optional.empty()
        : runs.newestWithModel(dataset, recipe.provider(), recipe.baseModel())
            .filter(
                run ->
                    recipe
                        .hyperparameters()
                        .known()
                        .canGoOnFrom(json.hyperparameters(run.hyperparameters)));
  }

  private Protection protection(Version version, TrainingRecipe recipe, boolean goesOn) {
    List<Protection.Earlier> newestFirst =
        recipe.retrain().remembers()
            ? runs.withModel(version.dataset()).stream()
                .map(run -> new Protection.Earlier(run.version, json.artifact(run.manifest)))
                .toList()
            : List.of();
    return Protection.by(recipe.retrain(), version.hash(), newestFirst, goesOn);
  }

  /**
   * Evaluation wants this version trained again with other hyperparameters; a version is repeated
   * once.
   */
  private StageOutcome repeat(RetrainRequested request, StageContext context) {
    List<RunEntity> earlier =
        runs.find("dataset = ?1 and version = ?2", request.dataset(), request.version()).list();
    if (earlier.size() != 1) {
      return StageOutcome.ignored(earlier.isEmpty() ? "unknown-version" : "repeated-already");
    }
    RunEntity run = earlier.get(0);
    TrainingRecipe recipe = recipes.of(request.dataset());
    TrainingRecipe changed =
        recipe.withHyperparameters(recipe.hyperparameters().with(request.hyperparameters()));
    Version version =
        new Version(run.dataset, run.version, run.versionNumber, json.artifact(run.manifest));
    // from the base: what is repeated did not come out well
    return open(version, changed, Optional.empty(), request.reason(), Duration.ZERO, context);
  }

  private StageOutcome open(
      Version version,
      TrainingRecipe recipe,
      Optional<RunEntity> previous,
      String reason,
      Duration delay,
      StageContext context) {
    List<Event> events = new ArrayList<>(cancelWaiting(version.dataset()));
    RunEntity run = newRun(version, recipe, reason, context);
    previous.ifPresent(
        earlier -> {
          run.startModelId = earlier.modelId;
          run.startModel = earlier.model;
        });
    Protection protection = protection(version, recipe, previous.isPresent());
    run.protection = json.write(protection);
    run.notBefore = run.createdAt.plus(delay);
    Measurement measured = measure(version.manifest(), recipe);
    if (measured instanceof Measurement.Usable usable) {
      events.addAll(quoted(run, recipe, usable, protection));
    } else if (measured instanceof Measurement.Unusable unusable) {
      run.hyperparameters = json.write(recipe.hyperparameters().known());
      events.add(end(run, RunState.FAILED, unusable.code(), unusable.message()));
    }
    runs.persist(run);
    return new StageOutcome.Handled(run.state.name().toLowerCase(Locale.ROOT), events);
  }

  /** A version that lacks what the recipe's method learns from gets a run that says so. */
  private StageOutcome refuse(
      Version version, TrainingRecipe recipe, String reason, StageContext context) {
    List<Event> events = new ArrayList<>(cancelWaiting(version.dataset()));
    RunEntity run = newRun(version, recipe, "new version of the dataset", context);
    run.hyperparameters = json.write(recipe.hyperparameters().known());
    events.add(end(run, RunState.REFUSED, PAIRS_MISSING, reason));
    runs.persist(run);
    return new StageOutcome.Handled("refused", events);
  }

  private List<Event> cancelWaiting(String dataset) {
    List<Event> events = new ArrayList<>();
    for (RunEntity waiting : runs.queued(dataset)) {
      waiting.state = RunState.CANCELLED;
      waiting.finishedAt = clock.instant();
      events.add(
          new RunCancelled(
              waiting.dataset,
              waiting.id,
              waiting.version,
              "a newer version of the dataset was sealed"));
    }
    return events;
  }

  private RunEntity newRun(
      Version version, TrainingRecipe recipe, String reason, StageContext context) {
    RunEntity run = new RunEntity();
    run.id = "ftjob-" + context.eventId().substring(0, Math.min(24, context.eventId().length()));
    run.causeId = context.cause().id();
    run.traceparent = context.cause().traceparent();
    run.dataset = version.dataset();
    run.version = version.hash();
    run.versionNumber = version.number();
    run.provider = recipe.provider();
    run.baseModel = recipe.baseModel();
    run.protection = json.write(Protection.NONE);
    run.manifest = json.write(version.manifest());
    run.reason = reason;
    run.currency = recipe.budget().currency();
    run.pricePerMillionTokens = recipe.price().perMillionTokens();
    run.pricePerHour = recipe.price().perHour();
    run.createdAt = clock.instant();
    run.notBefore = run.createdAt;
    return run;
  }

  private Measurement measure(ArtifactRef manifest, TrainingRecipe recipe) {
    Hyperparameters known = recipe.hyperparameters().known();
    return files
        .withFile(
            manifest,
            known.learnedFile(),
            file -> provider.measure(recipe.baseModel(), recipe.hyperparameters(), file))
        .orElseGet(
            () ->
                known.prefers()
                    ? new Measurement.Unusable(
                        PAIRS_MISSING,
                        "the version has no preference pairs; " + Hyperparameters.NEEDS_PAIRS)
                    : new Measurement.Unusable(
                        "TRAIN_FILE_MISSING", "the version's manifest names no training file"));
  }

  /** Puts a price on the run; one over the budget ends here. */
  private List<Event> quoted(
      RunEntity run, TrainingRecipe recipe, Measurement.Usable measured, Protection protection) {
    Hyperparameters hyperparameters = recipe.hyperparameters().resolve(measured.automatic());
    Quote quote =
        Quote.of(
            measured.tokensPerEpoch() + replayedTokens(protection, recipe),
            hyperparameters,
            recipe,
            runs.measuredTokensPerSecond(recipe.provider(), recipe.baseModel())
                .orElse(provider.expectedTokensPerSecond()),
            runs.spentInMonthOf(run.dataset, run.createdAt));
    run.state = RunState.QUEUED;
    run.hyperparameters = json.write(hyperparameters);
    run.quotedTokens = quote.trainedTokens();
    run.quotedSeconds = quote.estimatedSeconds();
    run.quotedAmount = quote.amount();
    List<Event> events = new ArrayList<>();
    events.add(
        new RunQuoted(
            run.dataset,
            run.id,
            run.version,
            run.provider,
            run.baseModel,
            quote.trainedTokens(),
            quote.estimatedSeconds(),
            quote.amount(),
            quote.currency(),
            quote.withinBudget(),
            json.texts(hyperparameters)));
    if (!quote.withinBudget()) {
      events.add(end(run, RunState.REFUSED, "BUDGET_EXCEEDED", quote.refusal()));
    }
    return events;
  }

  /** At most so many: what the new version answers itself is not replayed. */
  private long replayedTokens(Protection protection, TrainingRecipe recipe) {
    double tokens = 0;
    for (Protection.Earlier earlier : protection.earlier()) {
      if (measure(earlier.manifest(), recipe) instanceof Measurement.Usable usable) {
        tokens += protection.replayShare() * usable.tokensPerEpoch();
      }
    }
    return Math.round(tokens);
  }

  private static Event end(RunEntity run, RunState state, String code, String message) {
    run.state = state;
    run.errorCode = code;
    run.errorMessage = message;
    run.finishedAt = run.createdAt;
    return new RunFailed(run.dataset, run.id, run.version, code, message);
  }

  private record Version(String dataset, String hash, int number, ArtifactRef manifest) {}
}
