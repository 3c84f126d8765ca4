package dev.stile.engines;

import org.jspecify.annotations.Nullable;

/// An engine cannot start, stop or keep its state: nothing that a caller could mend by trying
/// again.
public final class EngineFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EngineFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
