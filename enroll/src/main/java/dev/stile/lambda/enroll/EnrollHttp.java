package dev.stile.lambda.enroll;

import static dev.stile.assurance.Capability.FIRST_FACTOR;
import static dev.stile.assurance.Capability.MANAGE;

import dev.stile.assurance.Client;
import dev.stile.assurance.Gatekeeper;
import dev.stile.assurance.Gatekeeper.Admission;
import dev.stile.assurance.Policies;
import dev.stile.assurance.Policy;
import dev.stile.edge.Callers;
import dev.stile.edge.EndUser;
import dev.stile.edge.JsonObject;
import dev.stile.edge.Request;
import dev.stile.edge.Response;
import dev.stile.edge.Router;
import dev.stile.edge.Views;
import dev.stile.factor.Account;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.Factors;
import dev.stile.factor.Gate;
import dev.stile.factor.TotpParameters;
import dev.stile.factor.totp.QrCodes;
import dev.stile.factor.totp.TotpSeeds;
import dev.stile.lambda.enroll.EnrollDestination.Target;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.subject.Caller;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The routes of enrollment.
final class EnrollHttp {
  private static final int MAX_LABEL = 64;

  private final Callers callers;
  private final Policies policies;
  private final Clock clock;
  private final Store store;
  private final Enrollments enrollments;
  private final RemoveFactor removeFactor;

  @Inject
  EnrollHttp(
      Callers callers,
      Policies policies,
      Clock clock,
      Store store,
      Enrollments enrollments,
      RemoveFactor removeFactor) {
    this.callers = callers;
    this.policies = policies;
    this.clock = clock;
    this.store = store;
    this.enrollments = enrollments;
    this.removeFactor = removeFactor;
  }

  Router router() {
    return Router.forBothDoors(
        Map.of(
            "POST /v1/factors", this::create,
            "GET /v1/factors", this::list,
            "GET /v1/factors/{factor_id}", this::show,
            "PATCH /v1/factors/{factor_id}", this::change,
            "DELETE /v1/factors/{factor_id}", this::remove));
  }

  private Response create(Request request) {
    JsonObject body = request.body();
    Caller caller = EndUser.located(callers.of(request, FIRST_FACTOR, MANAGE), body);
    FactorKind kind =
        body.parse(
            "type",
            name ->
                FactorKind.ofWire(name)
                    .orElseThrow(() ->
                        new IllegalArgumentException("type is webauthn, totp, sms or email")));
    String label = label(body, "");
    return switch (kind) {
      case WEBAUTHN -> createPasskey(request, caller, body, label);
      case TOTP -> createTotp(request, caller, body, label);
      case SMS -> createDestination(request, caller, label, phone(body));
      case EMAIL -> createDestination(request, caller, label, email(body));
    };
  }

  private Target phone(JsonObject body) {
    Target target = enrollments.destinations.phone(body);
    body.noMore();
    return target;
  }

  private Target email(JsonObject body) {
    Target target = enrollments.destinations.email(body);
    body.noMore();
    return target;
  }

  private Response createTotp(Request request, Caller caller, JsonObject body, String label) {
    TotpParameters parameters = parameters(body);
    body.noMore();
    Account account = store.factors.account(caller.subject());
    Gate gate = admit(request, caller, account);
    var enrolled = enrollments.totp.enroll(caller.subject(), label, parameters, gate);
    Policy policy = policies.current();
    String uri =
        TotpSeeds.uri(enrolled.seed(), parameters, policy.parties().name(), caller.subject().id());
    Map<String, Object> view = view(enrolled.factor(), account);
    view.put("secret", TotpSeeds.base32(enrolled.seed()));
    view.put("otpauth_uri", uri);
    view.put("qr_svg", enrollments.qrCodes.svg(uri));
    return Response.of(201, view);
  }

  private Response createPasskey(Request request, Caller caller, JsonObject body, String label) {
    body.noMore();
    Client.Passkeys settings = enrollments.passkey.settings(caller);
    Account account = store.factors.account(caller.subject());
    Gate gate = admit(request, caller, account);
    var enrolled = enrollments.passkey.enroll(caller, label, settings, gate);
    Map<String, Object> view = view(enrolled.factor(), account);
    var options = new CreationOptions(caller.subject(), account, enrolled.passkey());
    view.put("webauthn", options.view(policies.current().parties().name(), settings));
    return Response.of(201, view);
  }

  private static TotpParameters parameters(JsonObject body) {
    var hash =
        body.optionalParse(
                "algorithm",
                name ->
                    TotpParameters.Hash.ofName(name)
                        .orElseThrow(() ->
                            new IllegalArgumentException("algorithm is SHA1, SHA256 or SHA512")))
            .orElse(TotpParameters.USUAL.hash());
    int digits = body.wholeNumber("digits").orElse(TotpParameters.USUAL.digits());
    if (digits != 6 && digits != 8) {
      throw body.wrong("digits", "is not 6 or 8");
    }
    int period = body.wholeNumber("period").orElse((int) TotpParameters.USUAL.period().toSeconds());
    if (period != 30 && period != 60) {
      throw body.wrong("period", "is not 30 or 60");
    }
    return new TotpParameters(hash, digits, Duration.ofSeconds(period));
  }

  private Response createDestination(Request request, Caller caller, String label, Target target) {
    Account account = store.factors.account(caller.subject());
    Gate gate = admit(request, caller, account);
    var enrolled = enrollments.destination.enroll(caller, account, target, label, gate);
    Map<String, Object> view = view(enrolled.factor(), account);
    var seen = new Account(false, null, 0, List.of(enrolled.factor()));
    Duration pause = policies.current().limits().sends().pause();
    view.put("challenge", Views.challenge(enrolled.challenge(), seen, pause, clock.instant()));
    return Response.of(201, view);
  }

  private Gate admit(Request request, Caller caller, Account account) {
    store.rate.count(caller.subject());
    Admission admission =
        store.gatekeeper.admitBinding(caller, account, request.header("stile-grant").orElse(null));
    if (admission instanceof Admission.Admitted(var gate)) {
      return gate;
    }
    throw Views.insufficient(admission).asException();
  }

  private Response list(Request request) {
    Caller caller = callers.of(request, FIRST_FACTOR, MANAGE);
    Account account = store.factors.account(caller.subject());
    Instant now = clock.instant();
    List<Map<String, Object>> items =
        account.factors().stream()
            .filter(factor -> factor.isActive() || factor.isPending(now))
            .sorted(Comparator.comparing(factor -> factor.times().created()))
            .map(factor -> view(factor, account))
            .toList();
    return Response.of(200, Map.of("items", items));
  }

  private Response show(Request request) {
    Caller caller = callers.of(request, FIRST_FACTOR, MANAGE);
    return shown(caller, request.path("factor_id", FactorId::new));
  }

  private Response shown(Caller caller, FactorId id) {
    Account account = store.factors.account(caller.subject());
    return Response.of(200, view(visible(account, id), account));
  }

  private Factor visible(Account account, FactorId id) {
    Instant now = clock.instant();
    return account
        .factor(id)
        .filter(factor -> factor.isActive() || factor.isPending(now))
        .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).asException());
  }

  private Response change(Request request) {
    Caller caller = callers.of(request, MANAGE);
    FactorId id = request.path("factor_id", FactorId::new);
    JsonObject body = request.body();
    String label = label(body, "");
    boolean preferred = body.flag("preferred").orElse(false);
    if (body.has("preferred") && !preferred) {
      throw body.wrong("preferred", "can only be set; prefer another factor instead");
    }
    body.noMore();
    Factor factor = visible(store.factors.account(caller.subject()), id);
    if (preferred && !factor.isUsable()) {
      throw Problem.of(ProblemCode.NO_FACTOR, "Only an active factor can be preferred.")
          .asException();
    }
    boolean renamed = label.isEmpty() || store.factors.rename(caller.subject(), id, label);
    boolean changed = renamed && (!preferred || store.factors.prefer(caller.subject(), id));
    if (!changed) {
      throw Problem.of(ProblemCode.NOT_FOUND).asException();
    }
    return shown(caller, id);
  }

  private Response remove(Request request) {
    Caller caller = callers.of(request, FIRST_FACTOR, MANAGE);
    request.noBody();
    removeFactor.remove(
        caller,
        request.path("factor_id", FactorId::new),
        request.header("stile-grant").orElse(null));
    return Response.none();
  }

  private Map<String, Object> view(Factor factor, Account account) {
    return Views.factor(factor, policies.current(), account, clock.instant());
  }

  private static String label(JsonObject body, String otherwise) {
    return body.optionalParse("label", EnrollHttp::checkedLabel).orElse(otherwise);
  }

  private static String checkedLabel(String label) {
    if (label.isBlank() || label.length() > MAX_LABEL) {
      throw new IllegalArgumentException("a label has 1 to 64 characters");
    }
    if (label
        .codePoints()
        .anyMatch(c -> Character.getType(c) == Character.FORMAT || Character.isISOControl(c))) {
      throw new IllegalArgumentException("a label has no invisible characters");
    }
    return label.strip();
  }

  /// What enrollment reads and is held to.
  static final class Store {
    private final Factors factors;
    private final EnrollmentRate rate;
    private final Gatekeeper gatekeeper;

    @Inject
    Store(Factors factors, EnrollmentRate rate, Gatekeeper gatekeeper) {
      this.factors = factors;
      this.rate = rate;
      this.gatekeeper = gatekeeper;
    }
  }

  /// The ways to enroll.
  static final class Enrollments {
    private final EnrollPasskey passkey;
    private final EnrollTotp totp;
    private final EnrollDestination destination;
    private final Destinations destinations;
    private final QrCodes qrCodes;

    @Inject
    Enrollments(
        EnrollPasskey passkey,
        EnrollTotp totp,
        EnrollDestination destination,
        Destinations destinations,
        QrCodes qrCodes) {
      this.passkey = passkey;
      this.totp = totp;
      this.destination = destination;
      this.destinations = destinations;
      this.qrCodes = qrCodes;
    }
  }
}
