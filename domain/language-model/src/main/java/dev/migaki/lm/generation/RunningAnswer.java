package dev.migaki.lm.generation;

import dev.migaki.lm.GenerationResult;
import dev.migaki.lm.TokenListener;
import dev.migaki.lm.TokenLogprob;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * An answer in the making. The engine's thread writes to it and never waits for whoever reads: a
 * slow client delays nobody else.
 */
public final class RunningAnswer {

  private sealed interface News {
    record Piece(String text, List<TokenLogprob> logprobs) implements News {}

    record Finished(GenerationResult result) implements News {}

    record Failed(RuntimeException failure) implements News {}
  }

  private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
  private volatile boolean cancelled;

  RunningAnswer() {}

  void piece(String text, List<TokenLogprob> logprobs) {
    news.add(new News.Piece(text, logprobs));
  }

  void finished(GenerationResult result) {
    news.add(new News.Finished(result));
  }

  void failed(RuntimeException failure) {
    news.add(new News.Failed(failure));
  }

  boolean isCancelled() {
    return cancelled;
  }

  /** Frees its place before the next token; the answer so far is the result. */
  public void cancel() {
    cancelled = true;
  }

  /**
   * Waits for the end; a thread that is interrupted meanwhile cancels the answer.
   *
   * @param listener is given the pieces on this thread
   */
  public GenerationResult await(TokenListener listener) {
    boolean interrupted = false;
    boolean refused = false;
    try {
      while (true) {
        News next;
        try {
          next = news.take();
        } catch (InterruptedException e) {
          // the engine answers a cancellation within a token, so the wait goes on
          interrupted = true;
          cancel();
          continue;
        }
        if (next instanceof News.Piece piece) {
          if (!refused && !cancelled && !listener.onPiece(piece.text(), piece.logprobs())) {
            refused = true;
            cancel();
          }
        } else if (next instanceof News.Failed failed) {
          throw failed.failure();
        } else if (next instanceof News.Finished finished) {
          // the engine may have been done before the listener was
          return refused ? finished.result().asCancelled() : finished.result();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
