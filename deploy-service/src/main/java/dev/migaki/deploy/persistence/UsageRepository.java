package dev.migaki.deploy.persistence;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.LocalDate;

/** Counts what was asked. */
@ApplicationScoped
public class UsageRepository implements PanacheRepositoryBase<UsageEntity, UsageEntity.Key> {

  /** Adds one request; two at once both count. */
  @Transactional
  public void count(LocalDate day, String modelId, int promptTokens, int completionTokens) {
    getEntityManager()
        .createNativeQuery(
            """
                        insert into deploy.usage_by_day as u (used_on, model_id, requests, prompt_tokens, completion_tokens)
                        values (?1, ?2, 1, ?3, ?4)
                        on conflict (used_on, model_id) do update set
                            requests = u.requests + 1,
                            prompt_tokens = u.prompt_tokens + excluded.prompt_tokens,
                            completion_tokens = u.completion_tokens + excluded.completion_tokens
                        """)
        .setParameter(1, day)
        .setParameter(2, modelId)
        .setParameter(3, (long) promptTokens)
        .setParameter(4, (long) completionTokens)
        .executeUpdate();
  }
}
