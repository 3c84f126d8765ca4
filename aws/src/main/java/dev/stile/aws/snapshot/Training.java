package dev.stile.aws.snapshot;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.stile.aws.runtime.Surroundings;
import java.lang.reflect.Constructor;
import java.util.function.Function;

/// Plays the rehearsal of the handler that it is told and ends: the run in which a JVM records what
/// it keeps in an AOT cache (JEP 514). Needs no network, no settings and no Lambda.
public final class Training {
  private static final int ROUNDS = 20;

  private Training() {}

  public static void main(String[] arguments) throws ReflectiveOperationException {
    Class<? extends RequestStreamHandler> handler =
        Class.forName(arguments[0]).asSubclass(RequestStreamHandler.class);
    Constructor<? extends RequestStreamHandler> made = handler.getConstructor(Surroundings.class);
    Function<Surroundings, RequestStreamHandler> build =
        surroundings -> {
          try {
            return made.newInstance(surroundings);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
          }
        };
    Rehearsal rehearsal = Rehearsal.beside(handler);
    for (int round = 0; round < ROUNDS; round++) {
      rehearsal.play(build, (function, in, out) -> function.handleRequest(in, out, null));
    }
    // What only a function that runs on Lambda loads.
    Class.forName("software.amazon.awssdk.http.crt.AwsCrtHttpClient");
    Class.forName("com.amazonaws.services.lambda.runtime.api.client.AWSLambda");
  }
}
