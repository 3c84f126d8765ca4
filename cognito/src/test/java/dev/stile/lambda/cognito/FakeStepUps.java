package dev.stile.lambda.cognito;

import dev.stile.signin.SignIn.Proof;
import dev.stile.signin.StepUps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Stile in a few lines: a challenge is its user's, is answered once, and has five guesses.
final class FakeStepUps implements StepUps {
  static final String CODE = "123456";

  private final String type;
  private final Map<String, String> users = new HashMap<>();
  private final Map<String, Integer> guesses = new HashMap<>();
  private boolean down;
  private String refusal = "";

  FakeStepUps(String type) {
    this.type = type;
  }

  void goDown() {
    down = true;
  }

  void refuse(String code) {
    refusal = code;
  }

  int opened() {
    return users.size();
  }

  @Override
  public synchronized Opening open(String user) {
    respond();
    if (!refusal.isEmpty()) {
      return new Opening.Refused(refusal);
    }
    String id = "chl_" + (users.size() + 1);
    users.put(id, user);
    guesses.put(id, 0);
    Optional<String> options =
        Optional.of("{\"challenge\":\"AA\"}").filter(json -> type.equals("webauthn"));
    return new Opening.Opened(new Asked(id, type), options);
  }

  @Override
  public synchronized Outcome answer(String user, Asked asked, String answer) {
    respond();
    String id = asked.challenge();
    if (!user.equals(users.get(id)) || !asked.type().equals(type)) {
      return new Outcome.Rejected("not_found");
    }
    int count = guesses.merge(id, 1, Integer::sum);
    if (count < 0) {
      return new Outcome.Rejected("already_completed");
    }
    if (count > 5) {
      return new Outcome.Rejected("too_many_attempts");
    }
    if (!answer.equals(CODE)) {
      return new Outcome.Rejected("code_incorrect");
    }
    guesses.put(id, Integer.MIN_VALUE);
    return new Outcome.Approved(new Proof("aal2", List.of("otp", "sms"), id));
  }

  private void respond() {
    if (down) {
      throw new Unavailable("down");
    }
  }
}
