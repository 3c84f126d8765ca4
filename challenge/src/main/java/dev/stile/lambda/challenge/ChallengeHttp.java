package dev.stile.lambda.challenge;

import dev.stile.assurance.FactorChoice.Wish;
import dev.stile.assurance.LanguageTag;
import dev.stile.assurance.Policies;
import dev.stile.challenge.Approval.Decision;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Challenges;
import dev.stile.edge.Ask;
import dev.stile.edge.Callers;
import dev.stile.edge.EndUser;
import dev.stile.edge.JsonObject;
import dev.stile.edge.PasskeyViews;
import dev.stile.edge.Request;
import dev.stile.edge.Response;
import dev.stile.edge.Router;
import dev.stile.edge.Views;
import dev.stile.factor.Account;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.Factors;
import dev.stile.lambda.challenge.OpenChallenge.Outcome;
import dev.stile.subject.Caller;
import dev.stile.subject.Door;
import dev.stile.token.Grant;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The routes of challenges.
final class ChallengeHttp {
  private static final int SHORTEST_SECONDS = 60;
  private static final int LONGEST_SECONDS = 600;
  private static final int USUAL_SECONDS = 300;

  private final Callers callers;
  private final Policies policies;
  private final Factors factors;
  private final UseCases useCases;
  private final Clock clock;

  @Inject
  ChallengeHttp(
      Callers callers, Policies policies, Factors factors, UseCases useCases, Clock clock) {
    this.callers = callers;
    this.policies = policies;
    this.factors = factors;
    this.useCases = useCases;
    this.clock = clock;
  }

  Router router() {
    return Router.forBothDoors(
        Map.of(
            "POST /v1/challenges", this::open,
            "GET /v1/challenges/{challenge_id}", this::show,
            "POST /v1/challenges/{challenge_id}/resend", this::resend,
            "POST /v1/challenges/{challenge_id}/cancel", this::cancel,
            "POST /v1/challenges/{challenge_id}/switch", this::change));
  }

  private Response open(Request request) {
    JsonObject body = request.body();
    Caller caller = EndUser.located(callers.of(request), body);
    var ask =
        new Ask(
            body.text("action"),
            Ask.binding(body),
            wish(body),
            body.optionalText("audience").orElse(null),
            shown(request, body));
    @Nullable String locale =
        body.optionalParse("locale", LanguageTag::new).map(LanguageTag::text).orElse(null);
    Duration lifetime = lifetime(body);
    body.noMore();
    return switch (useCases.open.open(caller, ask, lifetime, locale)) {
      case Outcome.Opened opened -> opened(caller, opened);
      case Outcome.Satisfied(var grant) -> Response.of(200, satisfied(grant));
    };
  }

  private static Ask.Shown shown(Request request, JsonObject body) {
    Optional<Integer> maxAge = body.wholeNumber("max_age");
    if (maxAge.filter(seconds -> seconds < 0).isPresent()) {
      throw body.wrong("max_age", "is negative");
    }
    return new Ask.Shown(
        request.header("stile-grant").orElse(null),
        body.optionalText("next").orElse(null),
        maxAge.map(Duration::ofSeconds).orElse(null));
  }

  private Response opened(Caller caller, Outcome.Opened opened) {
    return Response.of(201, view(caller, opened.challenge(), opened.account()));
  }

  private Map<String, Object> satisfied(Grant grant) {
    Instant expires = grant.issued().plus(grant.lifetime());
    String action = grant.transaction().action();
    var decision =
        new Decision(
            grant.assurance().acr(), List.of("a grant for " + action + " is fresh enough"));
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("status", "satisfied");
    view.put("action", action);
    view.put("acr", grant.assurance().acr());
    view.put("amr", grant.assurance().amr());
    view.put("auth_time", grant.assurance().authTime().getEpochSecond());
    view.put("txn", grant.transaction().id());
    view.put("expires_in", Duration.between(clock.instant(), expires).toSeconds());
    view.put("decision", Views.decision(decision));
    return view;
  }

  private static Wish wish(JsonObject body) {
    if (body.has("factor_id") && body.has("factor_types")) {
      throw body.wrong("factor_id", "cannot go with factor_types");
    }
    Set<FactorKind> kinds = EnumSet.noneOf(FactorKind.class);
    for (String type : body.texts("factor_types").orElse(List.of())) {
      kinds.add(
          FactorKind.ofWire(type)
              .orElseThrow(() -> body.wrong("factor_types", "names an unknown type")));
    }
    Set<String> acrs =
        body.optionalText("acr_values")
            .map(text -> Set.copyOf(List.of(text.strip().split(" +"))))
            .orElse(Set.of());
    return new Wish(body.optionalParse("factor_id", FactorId::new).orElse(null), kinds, acrs);
  }

  private static Duration lifetime(JsonObject body) {
    int seconds = body.wholeNumber("expires_in").orElse(USUAL_SECONDS);
    if (seconds < SHORTEST_SECONDS || seconds > LONGEST_SECONDS) {
      throw body.wrong("expires_in", "is not between 60 and 600 seconds");
    }
    return Duration.ofSeconds(seconds);
  }

  private Response show(Request request) {
    Caller caller = callers.of(request);
    Challenge challenge = useCases.own.find(caller, id(request));
    return shown(caller, challenge);
  }

  private Response resend(Request request) {
    Caller caller = resender(request);
    return shown(caller, useCases.resend.resend(caller, id(request)));
  }

  /// There is nothing to say but where a back end's user is.
  private Caller resender(Request request) {
    Caller caller = callers.of(request);
    if (caller.principal().door() == Door.SELF_SERVICE || request.isEmpty()) {
      request.noBody();
      return caller;
    }
    JsonObject body = request.body();
    Caller located = EndUser.located(caller, body);
    body.noMore();
    return located;
  }

  private Response cancel(Request request) {
    Caller caller = callers.of(request);
    request.noBody();
    Challenge challenge = useCases.own.live(caller, id(request));
    Instant now = clock.instant();
    Challenge canceled =
        useCases
            .challenges
            .cancel(caller.subject(), challenge.id(), challenge.owner(), null, now)
            .orElseThrow(() ->
                OwnChallenges.ended(useCases.own.find(caller, challenge.id()).status(now))
                    .asException());
    return shown(caller, canceled);
  }

  private Response change(Request request) {
    JsonObject body = request.body();
    Caller caller = EndUser.located(callers.of(request), body);
    FactorId target = body.parse("factor_id", FactorId::new);
    body.noMore();
    return opened(caller, useCases.change.change(caller, id(request), target));
  }

  private static ChallengeId id(Request request) {
    return request.path("challenge_id", ChallengeId::new);
  }

  private Response shown(Caller caller, Challenge challenge) {
    return Response.of(200, view(caller, challenge, factors.account(caller.subject())));
  }

  private Map<String, Object> view(Caller caller, Challenge challenge, Account account) {
    Duration pause = policies.current().limits().sends().pause();
    Instant now = clock.instant();
    Map<String, Object> view = Views.challenge(challenge, account, pause, now);
    Map<String, Object> webauthn = PasskeyViews.request(caller.subject(), challenge, account, now);
    if (!webauthn.isEmpty()) {
      view.put("webauthn", webauthn);
    }
    return view;
  }

  /// What can be done with challenges.
  static final class UseCases {
    private final OpenChallenge open;
    private final OwnChallenges own;
    private final ResendCode resend;
    private final SwitchFactor change;
    private final Challenges challenges;

    @Inject
    UseCases(
        OpenChallenge open,
        OwnChallenges own,
        ResendCode resend,
        SwitchFactor change,
        Challenges challenges) {
      this.open = open;
      this.own = own;
      this.resend = resend;
      this.change = change;
      this.challenges = challenges;
    }
  }
}
