package dev.migaki.deploy.rest;

import dev.migaki.deploy.domain.ChatModels;
import dev.migaki.deploy.persistence.AliasRepository;
import dev.migaki.deploy.persistence.ModelRepository;
import dev.migaki.platform.openai.ModelList;
import dev.migaki.platform.openai.ModelList.Model;
import dev.migaki.platform.openai.OpenAiException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;

/** {@code GET /v1/models}: aliases first, then tuned models, then base models. */
@Path("/v1/models")
@Blocking
public class ModelsResource {
  private static final String OWNER = "migaki";

  private final AliasRepository aliases;
  private final ModelRepository models;
  private final ChatModels chatModels;

  ModelsResource(AliasRepository aliases, ModelRepository models, ChatModels chatModels) {
    this.aliases = aliases;
    this.models = models;
    this.chatModels = chatModels;
  }

  @GET
  public ModelList list() {
    List<Model> data = new ArrayList<>();
    aliases
        .byName()
        .forEach(alias -> data.add(new Model(alias.name, alias.changedAt.getEpochSecond(), OWNER)));
    models
        .newestFirst()
        .forEach(model -> data.add(new Model(model.id, model.createdAt.getEpochSecond(), OWNER)));
    chatModels.baseModels().forEach(base -> data.add(new Model(base, 0, OWNER)));
    return new ModelList(data);
  }

  /** One model; the id may hold colons. */
  @GET
  @Path("/{id: .+}")
  public Model get(@RestPath String id) {
    return list().data().stream()
        .filter(model -> model.id().equals(id))
        .findFirst()
        .orElseThrow(() -> OpenAiException.modelNotFound(id));
  }
}
