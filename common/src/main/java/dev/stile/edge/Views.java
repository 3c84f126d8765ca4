package dev.stile.edge;

import dev.stile.assurance.Action;
import dev.stile.assurance.Gatekeeper.Admission;
import dev.stile.assurance.Policy;
import dev.stile.challenge.Approval;
import dev.stile.challenge.Chain;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.Status;
import dev.stile.factor.Account;
import dev.stile.factor.Credential.Destination;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.Credential.PendingPasskey;
import dev.stile.factor.Credential.Totp;
import dev.stile.factor.Factor;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Factors, challenges and refusals as the API shows them, the same from every function.
public final class Views {
  /// How long a client should wait before it asks again what became of a message.
  private static final int POLL_SECONDS = 1;

  private Views() {}

  /// A factor with all that its owner may see.
  public static Map<String, Object> factor(
      Factor factor, Policy policy, Account account, Instant now) {
    Map<String, Object> view = brief(factor);
    view.put("status", status(factor));
    policy.acrOf(factor, now).ifPresent(acr -> view.put("acr", acr));
    Instant cappedUntil = factor.times().cappedUntil();
    if (cappedUntil != null && factor.isCapped(now)) {
      view.put("capped_until", wholeSecond(cappedUntil));
    }
    view.put("preferred", factor.id().equals(account.preferred()));
    view.put("created_at", factor.times().created());
    putIfThere(view, "last_used_at", factor.times().lastUsed());
    putIfThere(view, "expires_at", factor.times().lapses());
    if (factor.isUsable() && !factor.failures().admitsGuess(now)) {
      view.put("locked_until", wholeSecond(factor.failures().delayedUntil()));
    }
    switch (factor.credential()) {
      case Totp totp -> {
        view.put("algorithm", totp.parameters().hash().name());
        view.put("digits", totp.parameters().digits());
        view.put("period", totp.parameters().period().toSeconds());
      }
      case Passkey passkey -> {
        view.put("authenticator", PasskeyViews.authenticator(passkey));
        putIfThere(view, "counter_regressed_at", passkey.regressed());
      }
      case Destination destination -> {}
      case PendingPasskey pending -> {}
    }
    return view;
  }

  private static String status(Factor factor) {
    if (!factor.isActive()) {
      return "pending";
    }
    return factor.failures().disabled() ? "disabled" : "active";
  }

  private static Map<String, Object> brief(Factor factor) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", factor.id().text());
    view.put("type", factor.kind().wire());
    view.put("label", factor.label());
    if (factor.credential() instanceof Destination destination) {
      view.put("hint", destination.hint());
    }
    return view;
  }

  /// A challenge with its factor and those that may take its place.
  public static Map<String, Object> challenge(
      Challenge challenge, Account account, Duration pause, Instant now) {
    Approval approval = challenge.approval();
    Status status = challenge.status(now);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", challenge.id().text());
    view.put("status", status.wire());
    view.put("action", approval.action());
    account.asked(challenge.id().factor()).ifPresent(f -> view.put("factor", brief(f)));
    view.put("alternatives", alternatives(approval, account));
    view.put("display", approval.display());
    view.put("binding", approval.binding().members());
    view.put("attempts_left", challenge.attemptsLeft());
    Dispatch dispatch = challenge.dispatch();
    if (dispatch != null) {
      view.put("resend", resend(dispatch, pause));
      view.put("delivery", delivery(dispatch));
    }
    view.put("created_at", challenge.lifetime().created());
    view.put("expires_at", challenge.lifetime().expires());
    if (isMoving(status, dispatch)) {
      view.put("poll_after", POLL_SECONDS);
    }
    if (challenge.progress().replacedBy() != null) {
      view.put("replaced_by", challenge.progress().replacedBy().text());
    }
    view.put("decision", decision(approval.decision()));
    Chain chain = approval.decision().chain();
    if (chain.goesOn() || !chain.passed().isEmpty()) {
      view.put("chain", chain(chain));
    }
    return view;
  }

  /// Where a challenge stands among those that lead to the grant.
  public static Map<String, Object> chain(Chain chain) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("passed", chain.passed().stream().map(p -> p.factor().text()).toList());
    view.put("following", chain.following());
    return view;
  }

  private static List<Map<String, Object>> alternatives(Approval approval, Account account) {
    return approval.decision().alternatives().stream()
        .map(account::factor)
        .flatMap(Optional::stream)
        .filter(Factor::isUsable)
        .map(Views::brief)
        .toList();
  }

  public static Map<String, Object> decision(Approval.Decision decision) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("acr", decision.acr());
    view.put("reasons", decision.reasons());
    return view;
  }

  private static Map<String, Object> resend(Dispatch dispatch, Duration pause) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("left", dispatch.resendsLeft());
    view.put("not_before", wholeSecond(dispatch.requested().plus(pause)));
    return view;
  }

  private static Map<String, Object> delivery(Dispatch dispatch) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("status", dispatch.delivery().wire());
    putIfThere(view, "reason", dispatch.reason());
    return view;
  }

  private static boolean isMoving(Status status, @Nullable Dispatch dispatch) {
    boolean queued = dispatch != null && dispatch.delivery().wire().equals("queued");
    return status == Status.REQUESTED || (status == Status.PENDING && queued);
  }

  /// What a caller has to do before factors may be changed (RFC 9470).
  public static Problem insufficient(Admission admission) {
    if (admission instanceof Admission.NotCapable) {
      return Problem.of(
          ProblemCode.POLICY_DENIED, "The policy does not give this client the capability.");
    }
    Problem problem =
        Problem.of(ProblemCode.INSUFFICIENT_USER_AUTHENTICATION)
            .with("max_age", Policy.FRESH.toSeconds());
    return admission instanceof Admission.GrantNeeded(var acrs)
        ? problem.with("acr_values", String.join(" ", acrs)).with("action", Action.MANAGE_FACTORS)
        : problem;
  }

  /// The whole second from which something goes: never early, or whoever waits as told is refused.
  public static Instant wholeSecond(Instant moment) {
    return moment.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
  }

  private static void putIfThere(Map<String, Object> view, String name, @Nullable Object value) {
    if (value != null) {
      view.put(name, value);
    }
  }
}
