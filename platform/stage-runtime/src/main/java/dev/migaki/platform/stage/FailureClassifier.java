package dev.migaki.platform.stage;

import dev.migaki.platform.artifacts.ArtifactFailure;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.apache.kafka.common.errors.RetriableException;
import org.hibernate.exception.JDBCConnectionException;
import org.hibernate.exception.LockAcquisitionException;

/**
 * Tells a fault of the record from a fault of the world. Only the first may ever lead to a dead
 * letter; when in doubt it is the world.
 */
final class FailureClassifier {

  static final ErrorCode UNEXPECTED = new ErrorCode("UNEXPECTED_FAILURE");
  private static final ErrorCode INFRASTRUCTURE = new ErrorCode("INFRASTRUCTURE_UNAVAILABLE");

  /**
   * SQLSTATE classes: connection, insufficient resources, operator intervention, system error,
   * transaction rollback (deadlock, serialisation), invalid transaction state.
   */
  private static final Set<String> TRANSIENT_SQL_CLASSES =
      Set.of("08", "53", "57", "58", "40", "25", "55");

  private final int unexpectedAttempts;

  FailureClassifier(int unexpectedAttempts) {
    this.unexpectedAttempts = unexpectedAttempts;
  }

  /** What to do with a failed attempt, under which code. */
  sealed interface Decision {
    ErrorCode code();

    /** For people; holds no text of documents. */
    String reason();

    record Retry(ErrorCode code, String reason) implements Decision {}

    record DeadLetter(ErrorCode code, String reason) implements Decision {}
  }

  Decision decide(Throwable failure, int attempt) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PermanentFailure permanent) {
        return new Decision.DeadLetter(permanent.code(), String.valueOf(permanent.getMessage()));
      }
      if (cause instanceof TransientFailure passing) {
        return passing.isBounded() && attempt >= unexpectedAttempts
            ? new Decision.DeadLetter(passing.code(), String.valueOf(passing.getMessage()))
            : new Decision.Retry(passing.code(), String.valueOf(passing.getMessage()));
      }
      if (cause instanceof ArtifactFailure artifact) {
        ErrorCode code = new ErrorCode(artifact.code());
        return artifact.retriable()
            ? new Decision.Retry(code, String.valueOf(artifact.getMessage()))
            : new Decision.DeadLetter(code, String.valueOf(artifact.getMessage()));
      }
    }
    if (isInfrastructure(failure)) {
      return new Decision.Retry(INFRASTRUCTURE, describe(failure));
    }
    return attempt < unexpectedAttempts
        ? new Decision.Retry(UNEXPECTED, describe(failure))
        : new Decision.DeadLetter(UNEXPECTED, describe(failure));
  }

  private static boolean isInfrastructure(Throwable failure) {
    boolean transaction = false;
    boolean dataError = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (isOutage(cause)) {
        return true;
      }
      transaction |= cause.getClass().getName().startsWith("jakarta.transaction.");
      dataError |=
          cause instanceof SQLException || cause instanceof org.hibernate.HibernateException;
    }
    // A commit that failed without the database saying why: timeout, or the connection went away.
    return transaction && !dataError;
  }

  private static boolean isOutage(Throwable cause) {
    return cause instanceof SQLTransientException
        || cause instanceof SQLRecoverableException
        || cause instanceof SQLException sql && isTransient(sql)
        || cause instanceof JDBCConnectionException
        || cause instanceof LockAcquisitionException
        || cause instanceof RetriableException
        || cause instanceof IOException && cause.getClass().getPackageName().startsWith("java.net");
  }

  private static boolean isTransient(SQLException failure) {
    String state = failure.getSQLState();
    // No state at all: the pool's own "acquisition timeout" and "pool is closed".
    return state == null
        || state.length() < 2
        || TRANSIENT_SQL_CLASSES.contains(state.substring(0, 2));
  }

  /** Class and place, never the message: it may quote a document. */
  private static String describe(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    StackTraceElement[] trace = root.getStackTrace();
    String place =
        trace.length == 0
            ? ""
            : " at "
                + trace[0].getClassName()
                + "."
                + trace[0].getMethodName()
                + ":"
                + trace[0].getLineNumber();
    return root.getClass().getName() + place;
  }
}
