package dev.migaki.cli.view;

import dev.migaki.cli.bus.EventFeed.Sighting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All datasets, and the records that no stage could handle. */
public final class PipelineView {
  private final Map<String, DatasetView> datasets = new TreeMap<>();
  private final List<Sighting.DeadLettered> deadLetters = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  /** Takes in what the feed brought; an event that came before changes nothing. */
  public void apply(Collection<Sighting> sightings) {
    sightings.forEach(this::apply);
  }

  private void apply(Sighting sighting) {
    if (sighting instanceof Sighting.Happened happened) {
      if (seen.add(happened.id())) {
        dataset(happened.event().dataset()).apply(happened.event());
      }
    } else if (sighting instanceof Sighting.DeadLettered deadLettered) {
      deadLetters.add(deadLettered);
    }
  }

  /** The dataset with this name, empty of events when nothing was heard of it. */
  public DatasetView dataset(String name) {
    return datasets.computeIfAbsent(name, DatasetView::new);
  }

  /** Datasets that were heard of, by name. */
  public Collection<DatasetView> datasets() {
    return List.copyOf(datasets.values());
  }

  /** The only dataset, when there is exactly one. */
  public Optional<DatasetView> onlyDataset() {
    return datasets.size() == 1 ? datasets.values().stream().findFirst() : Optional.empty();
  }

  public List<Sighting.DeadLettered> deadLetters() {
    return List.copyOf(deadLetters);
  }
}
