package dev.stile.bench;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.stile.aws.snapshot.Snapshot;
import dev.stile.lambda.verify.VerifyHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// `verify` from a snapshot that was taken without a rehearsal.
public final class UnrehearsedHandler implements RequestStreamHandler {
  private final Snapshot<VerifyHandler> function = Snapshot.of(VerifyHandler::new);

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    function.get().handleRequest(in, out, context);
  }
}
