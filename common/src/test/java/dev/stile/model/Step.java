package dev.stile.model;

import dev.stile.challenge.Dispatch.Delivery;
import dev.stile.factor.FactorKind;
import dev.stile.model.Operations.Goal;
import dev.stile.model.Operations.Guess;
import dev.stile.model.Operations.Rules;
import dev.stile.model.Operations.Who;
import dev.stile.model.Operations.Write;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One step of a sequence. It names what it acts on, so that it means the same when others are left
/// out.
sealed interface Step {
  /// A call, made to the model and to the service alike.
  sealed interface Call extends Step {
    String on(Operations operations);
  }

  record Enroll(String factor, FactorKind kind, @Nullable String grant, String challenge)
      implements Call {
    @Override
    public String on(Operations operations) {
      return operations.enroll(factor, kind, grant, challenge);
    }
  }

  record Start(String challenge) implements Call {
    @Override
    public String on(Operations operations) {
      return operations.start(challenge);
    }
  }

  record Activate(String factor, Guess guess, Who who, @Nullable String grant) implements Call {
    @Override
    public String on(Operations operations) {
      return operations.activate(factor, guess, who, grant);
    }
  }

  record Open(String challenge, String factor, Who who) implements Call {
    @Override
    public String on(Operations operations) {
      return operations.open(challenge, factor, who);
    }
  }

  record Govern(Rules rules) implements Call {
    @Override
    public String on(Operations operations) {
      return operations.govern(rules);
    }
  }

  record Ask(String challenge, String factor, Who who, Goal goal, @Nullable String after)
      implements Call {
    @Override
    public String on(Operations operations) {
      return operations.ask(challenge, factor, who, goal, after);
    }
  }

  record Reuse(String grant, Who who, Goal goal, Duration maxAge) implements Call {
    @Override
    public String on(Operations operations) {
      return operations.reuse(grant, who, goal, maxAge);
    }
  }

  record Spend(String grant) implements Call {
    @Override
    public String on(Operations operations) {
      return operations.spend(grant);
    }
  }

  record Resend(String challenge, int late) implements Call {
    @Override
    public String on(Operations operations) {
      return operations.resend(challenge, late);
    }
  }

  record Switch(String from, String to, String factor) implements Call {
    @Override
    public String on(Operations operations) {
      return operations.change(from, to, factor);
    }
  }

  record Verify(String challenge, Guess guess, Who who, Write write) implements Call {
    @Override
    public String on(Operations operations) {
      return operations.verify(challenge, guess, who, write);
    }
  }

  record Cancel(String challenge, Who who) implements Call {
    @Override
    public String on(Operations operations) {
      return operations.cancel(challenge, who);
    }
  }

  /// Without an outcome the worker dies before it can tell one.
  record Deliver(String challenge, int generation, @Nullable Delivery outcome) implements Call {
    @Override
    public String on(Operations operations) {
      return operations.deliver(challenge, generation, outcome);
    }
  }

  record Settle(String challenge, int generation, Delivery outcome) implements Call {
    @Override
    public String on(Operations operations) {
      operations.settle(challenge, generation, outcome);
      return "told";
    }
  }

  record Remove(String factor, String grant) implements Call {
    @Override
    public String on(Operations operations) {
      return operations.remove(factor, grant);
    }
  }

  record Abandon(String factor) implements Call {
    @Override
    public String on(Operations operations) {
      return operations.abandon(factor);
    }
  }

  /// The clock goes on.
  record Pass(Duration time) implements Step {}

  /// The clock goes on to a moment at which something changes, or to just before it.
  record Await(String label, Edge edge, Duration before) implements Step {}

  /// Several steps in one: a factor is enrolled and proven.
  record Prove(String factor, FactorKind kind) implements Step {}

  /// Several steps in one: a link of a chain is asked for and answered right.
  record Link(String challenge, String factor, Goal goal, @Nullable String after) implements Step {}

  /// Several steps in one: so many wrong guesses in a row, each as soon as it is admitted, and then
  /// the right one. A proven factor has a challenge for it, and further ones once that has ended.
  record Lock(String factor, String challenge, int guesses) implements Step {}

  /// The moments at which time alone changes an answer.
  enum Edge {
    ADMITTED,
    LAPSED,
    EXPIRED,
    UNCLAIMED
  }
}
